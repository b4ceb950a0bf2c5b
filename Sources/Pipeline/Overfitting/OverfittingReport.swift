import Backtesting
import Kernels
import Statistics

/// How much of the winner is luck: every statistic of overfitting that the evidence allows.
///
/// What could not be had stands as the reason why.
public struct OverfittingReport: Sendable {
  /// The strategies at hand.
  public let strategies: Int
  /// Strategies that were tried, those at hand included.
  public let trials: Int
  /// What the winner is called.
  public let winner: String
  /// What strategies are called, by their numbers.
  let name: @Sendable (Int) -> String
  /// Strategies that could not be chosen, since they never traded or too little: they count as trials, and are left out of
  /// cross-validation, correlations and resampling.
  public let ineligible: Int
  /// Of these, the ones that never traded.
  public let neverTraded: Int
  /// What one of the returns that count is.
  public let unit: String
  /// Returns a year.
  public let periodsPerYear: Double
  /// The winner's Sharpe ratio by itself.
  public let sharpe: SharpeFinding
  /// How alike the strategies are.
  public let dependence: Result<DependenceFinding, Absence>
  /// The winner's Sharpe ratio as the best of many.
  public private(set) var deflation: DeflationFinding
  /// The winner's p-value as one of many.
  public let multiplicity: MultiplicityFinding
  /// What the winner's Sharpe ratio means by assumption, and beside others.
  public let views: WinnerViews
  /// The winner's trades by themselves; `nil` where they are not known.
  public let trades: TradeFinding?
  /// Cross-validation of the selection.
  public let crossValidation: Result<CrossValidationFinding, Absence>
  /// The tests that bootstrap.
  public let snooping: Result<SnoopingFinding, Absence>
  /// The winner under the other fill.
  public var otherFill: Result<OtherFillFinding, Absence> = .failure(
    Absence("a file of returns has no fills", isWanted: false))
  /// Winners chosen anew as time goes on.
  public var walkForward: Result<FoldFinding, Absence> = .failure(
    Absence("a file has no strategies to choose", isWanted: false))
  /// Winners chosen anew on combinations of groups of bars.
  public var combinatorial: Result<FoldFinding, Absence> = .failure(
    Absence("a file has no strategies to choose", isWanted: false))
  /// The best of the sweep on shuffled bars.
  public var permutation: Result<PermutationTest, Absence> = .failure(
    Absence("a file has no bars to shuffle", isWanted: false))
  /// The probability of backtest overfitting on these.
  public var nullBand: Result<OverfittingNullBand, Absence> = .failure(
    Absence("a file has no bars to shuffle", isWanted: false))
}

/// Combinatorially symmetric cross-validation, with what it was made of.
public struct CrossValidationFinding: Sendable {
  /// PBO and all that goes with it.
  public let overfitting: BacktestOverfitting
  /// The metric by which the best was chosen in each split.
  public let metric: String
  /// What has to be known about the metric.
  public let remark: String?
  /// The oldest bars, which no block holds.
  public let droppedBars: Int
  /// The bars of a block.
  public let barsInBlock: Int

  /// Whether the metric's values in the splits are per return, and have to be annualised to be compared with others.
  var isPerReturn: Bool {
    [Metric.sharpeRatio, .sortinoRatio, .volatility, .turnover].contains { $0.rawValue == metric }
  }

  /// The share of splits in which the selected strategy lost out of sample; NaN for a metric that a loss does not make
  /// negative, such as a win rate.
  public var probabilityOfLoss: Double { isSigned ? overfitting.probabilityOfLoss : .nan }

  /// Whether a loss makes the metric negative.
  var isSigned: Bool {
    let signed: [Metric] = [.totalReturn, .sharpeRatio, .cagr, .sortinoRatio, .expectancy]
    return signed.contains { $0.rawValue == metric }
  }
}

/// How much is measured, and with what.
struct MeasurePlan: Sendable {
  /// B; 0 for no bootstrap.
  var resamples = 1_000
  /// In bars; `nil` for what the returns suggest.
  var blockLength: Double?
  /// Of everything that is drawn.
  var seed: UInt64 = 1
  /// Threads at work.
  var threads = 1
  /// The level of tests that reject.
  var level = 0.05
  /// Shows what is measured while it is.
  var show: @Sendable (_ work: String, _ body: () throws -> Void) throws -> Void = { _, body in try body() }
}

extension MeasurePlan {
  /// What `body` finds, with `work` shown meanwhile.
  func showing<Finding>(_ work: String, _ body: () throws -> Finding) throws -> Finding {
    var found: Finding?
    try show(work) { found = try body() }
    guard let found else { preconditionFailure("show runs what it shows") }
    return found
  }

  /// That of a sweep.
  ///
  /// - Parameter resamples: in place of what the options say.
  init(_ configuration: Configuration, resamples: Int? = nil, threads: Int) {
    self.init(
      resamples: resamples ?? configuration.statistics.resamples,
      blockLength: configuration.statistics.blockLength, seed: configuration.strategies.seed,
      threads: threads, level: configuration.detection.level)
  }
}

extension OverfittingReport {
  /// Measures everything that `evidence` allows.
  ///
  /// - Throws: `Interrupted` from `check`, which is called between the parts; what fetching evidence throws.
  init(_ evidence: Evidence, plan: MeasurePlan, check: () throws -> Void) throws {
    strategies = evidence.strategies
    trials = evidence.trials
    winner = evidence.name(evidence.winner)
    name = evidence.name
    ineligible = evidence.ineligible
    neverTraded = evidence.neverTraded
    unit = evidence.unit
    periodsPerYear = evidence.periodsPerYear
    // First, as it looks at all strategies and others need what it sees.
    snooping =
      plan.resamples > 0
      ? try plan.showing("bootstrap") { try Self.result { try SnoopingFinding(evidence, plan: plan) } }
      : .failure(Absence("switched off by --bootstrap 0"))
    try check()
    let tested = TestedSample(evidence, threads: plan.threads)
    let sharpe = SharpeFinding(evidence, tested)
    self.sharpe = sharpe
    views = WinnerViews(evidence, sharpe: sharpe)
    trades = evidence.tradeResults.map { TradeFinding($0) }
    try check()
    // Cross-validation fills any number of threads and takes the longest; much of the rest is done on one.
    let (threads, ofOthers) = Workers.halves(of: plan.threads)
    let (crossValidation, (dependence, deflation, multiplicity)) = try plan.showing(
      "cross-validation and clusters"
    ) {
      try Workers.both(threads: plan.threads) {
        Result { try Self.crossValidation(evidence, threads: threads) }
      } _: {
        try Self.moreThanOne(evidence, tested, sharpe, seed: plan.seed, threads: ofOthers, check: check)
      }
    }
    self.dependence = dependence
    self.deflation = deflation
    self.multiplicity = multiplicity
    self.crossValidation = try crossValidation.get()
    if case .success(let found) = snooping { self.deflation.add(found, sharpe: sharpe, trials: trials) }
    try check()
  }

  /// What it means for the winner that there were others, and how far they were others.
  private static func moreThanOne(
    _ evidence: Evidence, _ tested: TestedSample, _ sharpe: SharpeFinding, seed: UInt64, threads: Int,
    check: () throws -> Void
  ) throws -> (Result<DependenceFinding, Absence>, DeflationFinding, MultiplicityFinding) {
    let dependence = try result {
      try DependenceFinding(evidence, seed: seed, threads: threads)
    }
    try check()
    let found = try? dependence.get()
    let deflation = DeflationFinding(
      evidence, tested, sharpe: sharpe,
      averageCorrelation: found?.dependence.averageCorrelationOfDistinct)
    let multiplicity = try MultiplicityFinding(
      evidence, tested, correlation: found?.dependence.averageCorrelation, seed: seed, threads: threads)
    try check()
    return (dependence, deflation, multiplicity)
  }

  /// Ranks that are all ties of what is undefined would say that every split is overfit.
  static func crossValidation(
    _ evidence: Evidence, threads: Int
  ) throws -> Result<CrossValidationFinding, Absence> {
    let blocks: Evidence.CrossValidated
    switch evidence.blocks {
    case .failure(let absence): return .failure(absence)
    case .success(let found): blocks = found
    }
    let overfitting = try BacktestOverfitting(
      blocks.shape, metric: blocks.metric, threads: threads, forEachPart: blocks.forEachPart)
    guard overfitting.undefined < overfitting.splits.count * overfitting.strategies else {
      return .failure(Absence("\(blocks.metricName) is undefined for every strategy in every split"))
    }
    return .success(
      CrossValidationFinding(
        overfitting: overfitting, metric: blocks.metricName, remark: blocks.remark,
        droppedBars: blocks.droppedBars, barsInBlock: blocks.shape.barsInBlock.first ?? 0))
  }

  /// What `body` finds, or what it has to say against it.
  ///
  /// - Throws: what is no objection of a statistic.
  private static func result<Finding>(_ body: () throws -> Finding) throws -> Result<Finding, Absence> {
    do {
      return .success(try body())
    } catch let error as StatisticsError {
      return .failure(Absence("\(error)"))
    }
  }
}
