import Backtesting
import Kernels

/// Everything that decides the bytes of a run's artifacts; kept in `run.json`, so that every stage can be run again.
public struct Configuration: Codable, Equatable, Sendable {
  /// Which bars.
  public var data = DataOptions()
  /// Which strategies.
  public var strategies = StrategyOptions()
  /// How they are run.
  public var backtest = BacktestOptions()
  /// Which are chosen.
  public var selection = SelectionOptions()
  /// How overfitting is measured.
  public var statistics = StatisticsOptions()
  /// When the winner counts as overfitted.
  public var detection = DetectionOptions()

  public init() {}

  /// The convention in force: as asked for, or per trade for the families whose positions are given bar by bar.
  public var convention: Convention {
    backtest.convention ?? (strategies.isBarByBar ? .perTrade : .portfolio)
  }

  /// The metric that selects: as asked for, or win rate for the families whose positions are given bar by bar.
  public var selectionMetric: Metric {
    selection.metric ?? (strategies.isBarByBar ? .winRate : .sharpeRatio)
  }
}

/// Which bars.
public struct DataOptions: Codable, Equatable, Sendable {
  /// A path, `builtin:NAME` or `synthetic:MODEL`.
  public var source = "builtin:btc-1d"
  /// Whether rows that cannot be used are left out and counted instead of refused.
  public var skipBadRows = false
  /// Of a synthetic market: its seed.
  public var seed: UInt64 = 1
  /// Of a synthetic market: its bars.
  public var bars = 2_694
  /// Of a synthetic market: what momentum over one bar earns a bar in expectation, as a fraction.
  public var edge = 0.0
  /// Of the synthetic model `bootstrap`: the real bars that it resamples, a path or `builtin:NAME`.
  public var resampled = "builtin:btc-1d"

  public init() {}
}

/// Which strategies.
public struct StrategyOptions: Codable, Equatable, Sendable {
  /// How the parameter matrix is filled.
  public var family = Family.coinflip
  /// How many, of the families that are drawn.
  public var count = 500
  /// Of everything that is drawn for strategies.
  public var seed: UInt64 = 1
  /// Of coin flips: the probability of a buy on each bar.
  public var buyProbability = 0.5
  /// The sides of the market that they may take.
  public var direction = Direction.long
  /// Values of the family's parameters as written, by name; those left out have their defaults.
  public var parameters: [String: String] = [:]
  /// Fractions of loss that close a trade, as written; none if `nil`.
  public var stopLoss: String?
  /// Fractions of gain that close a trade, as written; none if `nil`.
  public var takeProfit: String?
  /// Bars after which a trade is closed, as written; none if `nil`.
  public var maximumHolding: String?
  /// A file of signals, for the family of that name.
  public var signals: String?
  /// A file of weights, for `linear`.
  public var weights: String?

  public init() {}

  /// Whether positions are drawn or given bar by bar, as in the classic coin-flip demonstration.
  var isBarByBar: Bool { family == .coinflip || family == .signals }
}

/// How strategies are run.
public struct BacktestOptions: Codable, Equatable, Sendable {
  /// The part of the bars, from the first on, that strategies are chosen on.
  public var train = 0.7
  /// Proportional fee of a change of the position by one.
  public var feeBasisPoints = 0.0
  /// Slippage of a change of the position by one.
  public var slippageBasisPoints = 0.0
  /// When orders fill.
  public var fill = Fill.close
  /// `nil` for the family's own.
  public var convention: Convention?
  /// `nil` for what the timestamps say.
  public var barsPerYear: Double?
  /// Where given signals begin.
  public var signalAlignment = SignalAlignment.segment
  /// Of scores and of arithmetic within a tile.
  public var precision = Precision.single
  /// Which kernel accounts.
  public var kernel = KernelChoice.fused

  public init() {}
}

/// Which strategies are chosen.
public struct SelectionOptions: Codable, Equatable, Sendable {
  /// `nil` for the family's own.
  public var metric: Metric?
  /// Strategies with fewer trades in training do not stand.
  public var minimumTrades = 1
  /// How many are validated.
  public var top = 10

  public init() {}
}

/// When a result counts as overfitted.
public struct DetectionOptions: Codable, Equatable, Sendable {
  /// The win rate may fall by this much from training to validation.
  public var maximumDrop = 0.15
  /// The winner's deflated Sharpe ratio may not be below this.
  public var minimumDeflatedSharpe = 0.95
  /// The probability of backtest overfitting may not be above this.
  public var maximumPBO = 0.5
  /// The p-value of the test of superior predictive ability may not be above this.
  public var maximumSPAPValue = 0.05

  public init() {}
}
