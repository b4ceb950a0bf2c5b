import ArgumentParser
import Backtesting
import Pipeline

/// How strategies are run.
struct BacktestArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Share of the bars on which the winner is chosen; the rest is for validation (default: 0.7).",
      valueName: "fraction"))
  var train: Double?

  @Option(
    help: ArgumentHelp(
      "Fee of each purchase and each sale, in basis points: 5 is 0.05 % (default: 0).", valueName: "x"))
  var feeBps: Double?

  @Option(
    help: ArgumentHelp(
      "Slippage of each purchase and each sale, in basis points (default: 0).", valueName: "x"))
  var slippageBps: Double?

  @Option(
    help: ArgumentHelp(
      "close: orders fill at the close that decides them; next-open: at the open after it, where what is still held closes at the last open of training and of validation (default: close).",
      valueName: "when"),
    completion: Completions.names(of: Fill.self))
  var fill: String?

  @Option(
    help: ArgumentHelp(
      "portfolio: metrics count every bar; per-trade: they count the bars in the market, each as a trade (default: per-trade for coinflip, else portfolio).",
      valueName: "name"),
    completion: Completions.names(of: Convention.self))
  var convention: String?

  @Option(
    help: ArgumentHelp("Bars a year, for annual figures (default: from the times, else 252).", valueName: "x")
  )
  var barsPerYear: Double?

  @Option(
    help: ArgumentHelp(
      "signals: where the first one belongs, on the first bar of the file (market) or of each segment (default: by how many there are).",
      valueName: "start"),
    completion: Completions.names(of: SignalAlignment.self))
  var signalsFrom: String?

  @Option(
    help: ArgumentHelp(
      "Arithmetic of the backtest, single or double precision (default: single).", valueName: "name"),
    completion: Completions.names(of: Precision.self))
  var precision: String?

  @Option(
    help: ArgumentHelp(
      "fused, which is fast, or reference, which is slow and simple (default: fused).", valueName: "name"),
    completion: Completions.names(of: KernelChoice.self))
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
      configuration.backtest.signalAlignment = try Choice.of(signalsFrom, "signals-from") as SignalAlignment
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
      "Metric that chooses the winner: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")) (default: win_rate for coinflip and for signals counted per trade, else sharpe_ratio).",
      valueName: "metric"),
    completion: Completions.names(of: Metric.self))
  var metric: String?

  @Option(
    help: ArgumentHelp(
      "Ignore strategies with fewer training trades (default: 1; for signals 20, or a tenth of the training bars if that is less).",
      valueName: "n"))
  var minimumTrades: Int?

  func apply(to configuration: inout Configuration) throws {
    if let metric { configuration.selection.metric = try Choice.of(metric, "select") as Metric }
    if let minimumTrades { configuration.selection.minimumTrades = minimumTrades }
  }
}

/// Which strategies are chosen.
struct SelectionArguments: ParsableArguments {
  @OptionGroup var winner: WinnerArguments

  @Option(help: ArgumentHelp("Number of best strategies to validate (default: 10).", valueName: "n"))
  var top: Int?

  func apply(to configuration: inout Configuration) throws {
    try winner.apply(to: &configuration)
    if let top { configuration.selection.top = top }
  }
}

/// When a result counts as overfitted.
struct DetectionArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Largest fall of the win rate from training to validation that passes, as a fraction (default: 0.15, 15 points).",
      valueName: "fraction"))
  var maximumDrop: Double?

  @OptionGroup var bounds: StatisticsBounds

  func apply(to configuration: inout Configuration) throws {
    if let maximumDrop { configuration.detection.maximumDrop = maximumDrop }
    try bounds.apply(to: &configuration.detection)
  }
}

/// The bounds of statistics, with or without unseen bars.
struct StatisticsBounds: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Smallest deflated Sharpe ratio that passes, a probability (default: 0.95).", valueName: "p"))
  var minimumDeflatedSharpe: Double?

  @Option(
    help: ArgumentHelp(
      "Largest probability of backtest overfitting (PBO) that passes; chance gives about 0.5 (default: 0.5).",
      valueName: "p"))
  var maximumPbo: Double?

  @Option(
    name: .customLong("maximum-spa-p-value"),
    help: ArgumentHelp(
      "Largest p-value of superior predictive ability (SPA) that passes (default: 0.05).", valueName: "p"))
  var maximumSPAPValue: Double?

  @Option(
    help: ArgumentHelp(
      "Chance of a verdict of skill where there is none: the winner's p-value must not be above it (default: 0.05).",
      valueName: "p"))
  var level: Double?

  @Option(
    help: ArgumentHelp(
      "Rule of the verdict: stepdown, by the winner's p-value among all tried and PBO, or classic, by every check (default: stepdown).",
      valueName: "name"),
    completion: Completions.names(of: VerdictRule.self))
  var rule: String?

  func apply(to detection: inout DetectionOptions) throws {
    if let level { detection.level = level }
    if let rule { detection.rule = try Choice.of(rule, "rule") }
    if let minimumDeflatedSharpe { detection.minimumDeflatedSharpe = minimumDeflatedSharpe }
    if let maximumPbo { detection.maximumPBO = maximumPbo }
    if let maximumSPAPValue { detection.maximumSPAPValue = maximumSPAPValue }
  }
}
