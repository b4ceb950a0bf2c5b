import ArgumentParser
import Backtesting
import Kernels
import Pipeline

/// Which strategies.
struct StrategyArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The kind of strategies; `fluke families` lists them (default: coinflip).", valueName: "name"))
  var family: String?

  @Option(help: ArgumentHelp("How many coin flips or random weights (default: 500).", valueName: "n"))
  var count: Int?

  @Option(help: ArgumentHelp("The seed of everything random in strategies (default: 1).", valueName: "n"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Of coin flips: the probability of a buy; rare flips make luckier winners (default: 0.5).",
      valueName: "p"))
  var buyProbability: Double?

  @Option(help: ArgumentHelp("long or long-short (default: long).", valueName: "sides"))
  var direction: String?

  @Option(
    help: ArgumentHelp(
      "A JSON file of signals: id → array of 0/1 or -1/0/1, or a list of {id, signals}.", valueName: "file"))
  var signals: String?

  @Option(help: ArgumentHelp("A CSV file of weights for the family linear.", valueName: "file"))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "Close a trade that has lost this fraction; a value, a list or a range.", valueName: "x"))
  var stopLoss: String?

  @Option(
    help: ArgumentHelp(
      "Close a trade that has gained this fraction; a value, a list or a range.", valueName: "x"))
  var takeProfit: String?

  @Option(
    help: ArgumentHelp("Close a trade after this many bars; a value, a list or a range.", valueName: "n"))
  var maximumHolding: String?

  @OptionGroup(title: "Parameters of families: from:to[:step], a,b,c or one value")
  var parameters: ParameterArguments

  func apply(to configuration: inout Configuration) throws {
    if signals != nil && family == nil { configuration.strategies.family = .signals }
    if let family { configuration.strategies.family = try Choice.of(family, "family") }
    if let count { configuration.strategies.count = count }
    if let seed { configuration.strategies.seed = seed }
    if let buyProbability { configuration.strategies.buyProbability = buyProbability }
    if let direction {
      configuration.strategies.direction = try Choice.of(direction, "direction") as Direction
    }
    if let signals { configuration.strategies.signals = signals }
    if let weights { configuration.strategies.weights = weights }
    if let stopLoss { configuration.strategies.stopLoss = stopLoss }
    if let takeProfit { configuration.strategies.takeProfit = takeProfit }
    if let maximumHolding { configuration.strategies.maximumHolding = maximumHolding }
    configuration.strategies.parameters = parameters.byName
  }
}

/// The parameters that families have, each family some of them.
struct ParameterArguments: ParsableArguments {
  @Option(help: ArgumentHelp("sma-cross, ema-cross, macd: bars of the fast average.", valueName: "values"))
  var fast: String?
  @Option(help: ArgumentHelp("sma-cross, ema-cross, macd: bars of the slow average.", valueName: "values"))
  var slow: String?
  @Option(help: ArgumentHelp("macd: bars of the signal line.", valueName: "values"))
  var signal: String?
  @Option(help: ArgumentHelp("momentum: bars to look back.", valueName: "values"))
  var lookback: String?
  @Option(help: ArgumentHelp("momentum: the rise that enters.", valueName: "values"))
  var threshold: String?
  @Option(help: ArgumentHelp("rsi, bollinger, donchian, stochastic: bars.", valueName: "values"))
  var period: String?
  @Option(help: ArgumentHelp("stochastic: bars of smoothing.", valueName: "values"))
  var smoothing: String?
  @Option(help: ArgumentHelp("bollinger: deviations that enter.", valueName: "values"))
  var width: String?
  @Option(help: ArgumentHelp("rsi, stochastic, linear: the level that enters.", valueName: "values"))
  var entry: String?
  @Option(help: ArgumentHelp("All but the crosses and macd: the level that leaves.", valueName: "values"))
  var exit: String?

  /// Those that were given.
  var byName: [String: String] {
    [
      "fast": fast, "slow": slow, "signal": signal, "lookback": lookback, "threshold": threshold,
      "period": period, "smoothing": smoothing, "width": width, "entry": entry, "exit": exit,
    ].compactMapValues { $0 }
  }
}

/// Names that options take, with the nearest one for a name that is not known.
enum Choice {
  static func of<Value: RawRepresentable & CaseIterable>(
    _ name: String, _ option: String
  ) throws -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: name) else {
      throw ConfigurationError.unknownName(
        option: option, found: name, known: Value.allCases.map(\.rawValue))
    }
    return value
  }
}
