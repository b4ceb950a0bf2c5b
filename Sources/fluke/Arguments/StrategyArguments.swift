import ArgumentParser
import Backtesting
import Kernels
import Pipeline

/// Which strategies.
struct StrategyArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Kind of strategies; `fluke families` lists them with their parameters (default: coinflip).",
      valueName: "name"),
    completion: Completions.names(of: Family.self))
  var family: String?

  @Option(help: ArgumentHelp("coinflip and linear: number of strategies (default: 500).", valueName: "n"))
  var count: Int?

  @Option(
    help: ArgumentHelp(
      "coinflip: probability of a buy; rare ones make luckier winners (default: 0.025, with --direction long-short 0.5).",
      valueName: "p"))
  var buyProbability: Double?

  @Option(
    help: ArgumentHelp(
      "Sides of the market that are taken, long or long-short (default: long).", valueName: "sides"),
    completion: Completions.names(of: Direction.self))
  var direction: String?

  @Option(
    help: ArgumentHelp(
      "Your own signals, -1, 0 or 1 for every bar: CSV, JSON or .npy, bars × strategies or the other way round; times are checked against the bars.",
      valueName: "file"),
    completion: Completions.signals)
  var signals: String?

  @Option(
    help: ArgumentHelp(
      "signals: what a row of the file is, bars or strategies (default: told by names, times and lengths).",
      valueName: "rows"))
  var signalsAxis: String?

  @Option(
    help: ArgumentHelp(
      "linear: a CSV file of weights, a row a feature and a column a strategy.", valueName: "file"),
    completion: Completions.tables)
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "Close a trade that has lost this fraction, 0.05 for 5 %: a value, a list a,b,c or a range from:to:step.",
      valueName: "values"))
  var stopLoss: String?

  @Option(
    help: ArgumentHelp(
      "Close a trade that has gained this fraction, 0.1 for 10 %: a value, a list or a range.",
      valueName: "values"))
  var takeProfit: String?

  @Option(
    help: ArgumentHelp("Close a trade after this many bars: a value, a list or a range.", valueName: "values")
  )
  var maximumHolding: String?

  @OptionGroup(title: ParameterArguments.title)
  var parameters: ParameterArguments

  func apply(to configuration: inout Configuration) throws {
    if signals != nil && family == nil { configuration.strategies.family = .signals }
    if let family { configuration.strategies.family = try Choice.of(family, "family") }
    if let count { configuration.strategies.count = count }
    if let buyProbability { configuration.strategies.buyProbability = buyProbability }
    if let direction {
      guard !["short", "short-only"].contains(direction) else {
        throw UsageFault(
          "--direction: there is no \"\(direction)\", strategies that are short alone, expected long or long-short; "
            + "choose long-short, whose short trades are those of the opposite signals")
      }
      configuration.strategies.direction = try Choice.of(direction, "direction") as Direction
    }
    if let signals { configuration.strategies.signals = signals }
    if let signalsAxis {
      configuration.strategies.signalsAxis = try Choice.of(signalsAxis, "signals-axis") as SignalsAxis
    }
    if let weights { configuration.strategies.weights = weights }
    if let stopLoss { configuration.strategies.stopLoss = stopLoss }
    if let takeProfit { configuration.strategies.takeProfit = takeProfit }
    if let maximumHolding { configuration.strategies.maximumHolding = maximumHolding }
    configuration.strategies.parameters = parameters.byName
  }
}

/// What is drawn.
struct SeedArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Seed of random strategies, resamples and shuffles; synthetic data have a seed of their own (default: 1).",
      valueName: "n"))
  var seed: UInt64?

  func apply(to configuration: inout Configuration) {
    if let seed { configuration.strategies.seed = seed }
  }
}

/// The parameters that families have, each family some of them.
struct ParameterArguments: ParsableArguments {
  /// Above them in the help.
  static let title = "Parameters of families, each a value, a list a,b,c or a range from:to:step"

  @Option(help: .parameter("fast")) var fast: String?
  @Option(help: .parameter("slow")) var slow: String?
  @Option(help: .parameter("signal")) var signal: String?
  @Option(help: .parameter("lookback")) var lookback: String?
  @Option(help: .parameter("threshold")) var threshold: String?
  @Option(help: .parameter("period")) var period: String?
  @Option(help: .parameter("smoothing")) var smoothing: String?
  @Option(help: .parameter("width")) var width: String?
  @Option(help: .parameter("entry")) var entry: String?
  @Option(help: .parameter("exit")) var exit: String?

  /// All of them.
  static let names = Set(Family.allCases.flatMap(\.axes).map(\.name))

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
