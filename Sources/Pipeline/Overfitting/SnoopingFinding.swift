import Statistics

/// Whether the best of all strategies beats the benchmark by more than the best of so many does by luck, by resampling
/// the bars of all of them together.
public struct SnoopingFinding: Sendable {
  /// What the strategies have to beat.
  public let benchmark: String
  /// B.
  public let resamples: Int
  /// The mean length of a block, in bars.
  public let blockLength: Double
  /// White's test.
  public let realityCheck: RealityCheck
  /// Hansen's test.
  public let superiorAbility: SuperiorAbility
  /// Strategies that were tested.
  public let tested: Int
  /// Strategies with an undefined return.
  public let undefined: Int
  /// Strategies that never differ from the benchmark, or always by the same.
  public let withoutVariance: Int
  /// Which strategies beat the benchmark, all of them together.
  public let stepwise: StepwiseTest
  /// Among which strategies the best one is, or why that is not known.
  public let confidenceSet: Result<ModelConfidenceSet, Absence>

  init(_ evidence: Evidence, plan: MeasurePlan) throws(StatisticsError) {
    self = try Self.measure(evidence.tested, evidence, plan)
  }

  /// The test of superior predictive ability alone: a fraction of the work.
  static func superiorAbility(
    _ evidence: Evidence, plan: MeasurePlan
  ) throws(StatisticsError) -> SuperiorAbility {
    try superiorAbility(evidence.tested, evidence, plan)
  }

  private static func superiorAbility(
    _ returns: some ReturnSource, _ evidence: Evidence, _ plan: MeasurePlan
  ) throws(StatisticsError) -> SuperiorAbility {
    try DataSnooping(
      returns, benchmark: evidence.benchmark, resamples: try resamples(returns, evidence, plan),
      threads: plan.threads
    ).superiorAbility
  }

  private static func resamples(
    _ returns: some ReturnSource, _ evidence: Evidence, _ plan: MeasurePlan
  ) throws(StatisticsError) -> Resamples {
    let length =
      plan.blockLength
      ?? BlockLength.ofSweep(returns, benchmark: evidence.benchmark ?? [], threads: plan.threads)
      .stationaryMean
    return try Resamples(
      .stationary(meanBlockLength: length), bars: returns.bars, count: plan.resamples, seed: plan.seed)
  }

  private static func measure(
    _ returns: some ReturnSource, _ evidence: Evidence, _ plan: MeasurePlan
  ) throws(StatisticsError) -> SnoopingFinding {
    let resamples = try resamples(returns, evidence, plan)
    let snooping = try DataSnooping(
      returns, benchmark: evidence.benchmark, resamples: resamples, threads: plan.threads)
    let stepwise = try snooping.stepwise(level: plan.level)
    var confidenceSet: Result<ModelConfidenceSet, Absence>
    if returns.strategies > ModelConfidenceSet.maximumModels {
      confidenceSet = .failure(
        Absence(
          "more than \(Figures.count(ModelConfidenceSet.maximumModels)) strategies, for which it is not made")
      )
    } else {
      do throws(StatisticsError) {
        confidenceSet = .success(
          try ModelConfidenceSet(returns, .maximum, resamples: resamples, threads: plan.threads))
      } catch {
        confidenceSet = .failure(Absence("\(error)"))
      }
    }
    return SnoopingFinding(
      benchmark: evidence.benchmarkName, resamples: plan.resamples, blockLength: resamples.meanBlockLength,
      realityCheck: snooping.realityCheck, superiorAbility: snooping.superiorAbility,
      tested: snooping.maxima.strategies, undefined: snooping.maxima.undefined,
      withoutVariance: snooping.maxima.withoutVariance, stepwise: stepwise, confidenceSet: confidenceSet)
  }

  private init(
    benchmark: String, resamples: Int, blockLength: Double, realityCheck: RealityCheck,
    superiorAbility: SuperiorAbility, tested: Int, undefined: Int, withoutVariance: Int,
    stepwise: StepwiseTest, confidenceSet: Result<ModelConfidenceSet, Absence>
  ) {
    self.benchmark = benchmark
    self.resamples = resamples
    self.blockLength = blockLength
    self.realityCheck = realityCheck
    self.superiorAbility = superiorAbility
    self.tested = tested
    self.undefined = undefined
    self.withoutVariance = withoutVariance
    self.stepwise = stepwise
    self.confidenceSet = confidenceSet
  }
}
