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

  /// The convention in force: as asked for, or per trade for coin flips.
  public var convention: Convention {
    backtest.convention ?? (strategies.family == .coinflip ? .perTrade : .portfolio)
  }

  /// The metric that selects: as asked for, or win rate for coin flips and for signals that are judged as these are.
  public var selectionMetric: Metric { selection.metric ?? (isClassic ? .winRate : .sharpeRatio) }

  /// Whether positions are drawn or given bar by bar, and judged as in the classic coin-flip demonstration.
  var isClassic: Bool { strategies.isBarByBar && convention == .perTrade }

  /// Trades that given signals need to be chosen, unless asked for otherwise: a Sharpe ratio of fewer tells little.
  static let minimumTradesOfSignals = 20
  /// Of fewer bars than this times the trades, so many trades are too much to ask.
  private static let barsATrade = 10

  /// The same options with those numbers filled in that depend on the bars.
  func resolved(trainingBars: Int) -> Configuration {
    var resolved = self
    if strategies.family == .signals, !isClassic, selection.askedMinimumTrades == nil {
      resolved.selection.minimumTrades = min(
        Self.minimumTradesOfSignals, max(1, trainingBars / Self.barsATrade))
    }
    return resolved
  }
}

/// Which bars.
public struct DataOptions: Codable, Equatable, Sendable {
  /// A path, `builtin:NAME` or `synthetic:MODEL`.
  public var source = "builtin:btc-1d"
  /// Whether rows that cannot be used are left out and counted instead of refused.
  public var skipBadRows = false
  /// Which columns of the file hold what, as written; `nil` for what the file shows.
  public var columns: String?
  /// Whose bars, of several instruments in the file.
  public var symbol: String?
  /// Whether prices are scaled to the adjusted close.
  public var adjusted = false
  /// The first day or time that is used, as written; `nil` for all.
  public var from: String?
  /// The last day or time that is used, as written; `nil` for all.
  public var to: String?
  /// How the file's times are written: a name or a pattern; `nil` for what the file shows.
  public var timeFormat: String?
  /// The zone of clocks that name none; `nil` for UTC.
  public var timeZone: String?
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
  /// Of coin flips: the probability of a buy on each bar; `nil` for the direction's own.
  public var buyProbability: Double?
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
  /// What the rows of that file are; `nil` for what it tells.
  public var signalsAxis: SignalsAxis?
  /// A file of weights, for `linear`.
  public var weights: String?

  public init() {}

  /// One bar in forty: rare enough that the luckiest of 500 wins three quarters of its bars, and often enough that all of
  /// them trade.
  public static let rareBuyProbability = 0.025

  /// The probability of a buy in force: a coin that is short wherever it does not buy is fair by default.
  var coin: Double { buyProbability ?? (direction == .long ? Self.rareBuyProbability : 0.5) }

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
  /// Where given signals begin; `nil` for what their number tells.
  public var signalAlignment: SignalAlignment?
  /// Of scores and of arithmetic within a tile.
  public var precision = Precision.single
  /// Which kernel accounts.
  public var kernel = KernelChoice.fused

  public init() {}

  /// How many of the first bars of a market are for training.
  func trainingBars(of bars: Int) -> Int { Int(Double(bars) * train) }
}

/// Which strategies are chosen.
public struct SelectionOptions: Codable, Equatable, Sendable {
  /// `nil` for the family's own.
  public var metric: Metric?
  /// Strategies with fewer trades in training do not stand; 1 unless asked for, and see ``Configuration`` for signals.
  public var minimumTrades: Int {
    get { askedMinimumTrades ?? 1 }
    set { askedMinimumTrades = newValue }
  }
  /// As asked for; `nil` for the family's own.
  private(set) var askedMinimumTrades: Int?
  /// How many are validated.
  public var top = 10

  enum CodingKeys: String, CodingKey {
    case metric, top
    case askedMinimumTrades = "minimumTrades"
  }

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
  /// The chance of a verdict of skill where there is none; 0.05 unless asked for.
  public var level: Double {
    get { askedLevel ?? 0.05 }
    set { askedLevel = newValue }
  }
  /// By what the verdict is given.
  public var rule: VerdictRule {
    get { askedRule ?? .stepdown }
    set { askedRule = newValue }
  }
  /// As asked for; `nil` in records of before there was a choice.
  private var askedLevel: Double?
  private var askedRule: VerdictRule?

  enum CodingKeys: String, CodingKey {
    case maximumDrop, minimumDeflatedSharpe, maximumPBO, maximumSPAPValue
    case askedLevel = "level"
    case askedRule = "rule"
  }

  public init() {}
}
