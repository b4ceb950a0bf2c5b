import ArgumentParser
import Backtesting
import Pipeline

/// How strategies are run.
struct BacktestArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The part of the bars to choose on; the rest stays unseen (default: 0.7).", valueName: "fraction"))
  var train: Double?

  @Option(help: ArgumentHelp("Fee of a change of position, in basis points (default: 0).", valueName: "x"))
  var feeBps: Double?

  @Option(
    help: ArgumentHelp("Slippage of a change of position, in basis points (default: 0).", valueName: "x"))
  var slippageBps: Double?

  @Option(help: ArgumentHelp("close or next-open: where an order fills (default: close).", valueName: "when"))
  var fill: String?

  @Option(
    help: ArgumentHelp(
      "portfolio (every bar counts) or per-trade (every bar in the market is a trade; the default for coinflip and signals).",
      valueName: "name"))
  var convention: String?

  @Option(help: ArgumentHelp("Bars a year, to annualise (default: by the timestamps).", valueName: "x"))
  var barsPerYear: Double?

  @Option(
    help: ArgumentHelp(
      "segment or market: whether given signals begin anew with each segment (default: segment).",
      valueName: "start"))
  var signalsFrom: String?

  @Option(help: ArgumentHelp("single or double (default: single).", valueName: "name"))
  var precision: String?

  @Option(help: ArgumentHelp("fused or reference (default: fused).", valueName: "name"))
  var kernel: String?

  func apply(to configuration: inout Configuration) throws {
    if let train { configuration.backtest.train = train }
    if let feeBps { configuration.backtest.feeBasisPoints = feeBps }
    if let slippageBps { configuration.backtest.slippageBasisPoints = slippageBps }
    if let fill { configuration.backtest.fill = try Choice.of(fill, "fill") }
    if let convention {
      configuration.backtest.convention = try Choice.of(convention, "convention") as Convention
    }
    if let barsPerYear { configuration.backtest.barsPerYear = barsPerYear }
    if let signalsFrom {
      configuration.backtest.signalAlignment = try Choice.of(signalsFrom, "signals-from")
    }
    if let precision { configuration.backtest.precision = try Choice.of(precision, "precision") }
    if let kernel { configuration.backtest.kernel = try Choice.of(kernel, "kernel") }
  }
}

/// Which strategy is chosen.
struct WinnerArguments: ParsableArguments {
  @Option(
    name: .customLong("select"),
    help: ArgumentHelp(
      "The metric that chooses (default: win_rate for coinflip and signals, else sharpe_ratio).",
      valueName: "metric"))
  var metric: String?

  @Option(
    help: ArgumentHelp("Strategies with fewer trades in training do not stand (default: 1).", valueName: "n"))
  var minimumTrades: Int?

  func apply(to configuration: inout Configuration) throws {
    if let metric { configuration.selection.metric = try Choice.of(metric, "select") as Metric }
    if let minimumTrades { configuration.selection.minimumTrades = minimumTrades }
  }
}

/// Which strategies are chosen.
struct SelectionArguments: ParsableArguments {
  @OptionGroup var winner: WinnerArguments

  @Option(help: ArgumentHelp("How many of the best are validated (default: 10).", valueName: "n"))
  var top: Int?

  func apply(to configuration: inout Configuration) throws {
    try winner.apply(to: &configuration)
    if let top { configuration.selection.top = top }
  }
}

/// When a result counts as overfitted.
struct DetectionArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The win rate may fall by this much (default: 0.15).", valueName: "x"))
  var maximumDrop: Double?

  @OptionGroup var bounds: StatisticsBounds

  func apply(to configuration: inout Configuration) {
    if let maximumDrop { configuration.detection.maximumDrop = maximumDrop }
    bounds.apply(to: &configuration.detection)
  }
}

/// The bounds of statistics, with or without unseen bars.
struct StatisticsBounds: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The winner's deflated Sharpe ratio may not be below this (default: 0.95).", valueName: "p"))
  var minimumDeflatedSharpe: Double?

  @Option(
    help: ArgumentHelp(
      "The probability of backtest overfitting may not be above this (default: 0.5).", valueName: "p"))
  var maximumPbo: Double?

  @Option(
    name: .customLong("maximum-spa-p-value"),
    help: ArgumentHelp(
      "The p-value of superior predictive ability may not be above this (default: 0.05).", valueName: "p"))
  var maximumSPAPValue: Double?

  func apply(to detection: inout DetectionOptions) {
    if let minimumDeflatedSharpe { detection.minimumDeflatedSharpe = minimumDeflatedSharpe }
    if let maximumPbo { detection.maximumPBO = maximumPbo }
    if let maximumSPAPValue { detection.maximumSPAPValue = maximumSPAPValue }
  }
}
