import Kernels
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
  /// Each strategy's own p-value, adjusted for all that were tried, by its number in the whole.
  public let stepdown: StepdownPValues
  /// The winner by itself.
  public let winner: WinnerFinding
  /// Lower bounds of its true Sharpe ratio.
  public let bounds: WinnerBounds
  /// The gain of the best by luck alone.
  public let luck: LuckOfTheBest
  /// Its growth with the number of strategies.
  public let luckCurve: LuckCurve
  /// Among which strategies the best one is, or why that is not known. It counts only those that were tested.
  public let confidenceSet: Result<ModelConfidenceSet, Absence>
  /// The numbers in the whole of the strategies that were tested, ascending; `nil` for all.
  private let numbers: [Int]?

  /// The numbers in the whole of the strategies among which the best one is, with confidence 1 - `level`.
  func members(_ set: ModelConfidenceSet, level: Double) -> [Int] {
    set.members(level: level).map { numbers?[$0] ?? $0 }
  }
}

extension SnoopingFinding {
  /// - Throws: `StatisticsError` where bars do not suffice; what fetching evidence throws.
  init(_ evidence: Evidence, plan: MeasurePlan) throws {
    self = try Self.measureEligible(evidence.tested, evidence, plan)
  }

  /// Strategies that could not be chosen are left out.
  private static func measureEligible(
    _ returns: some ReturnSource, _ evidence: Evidence, _ plan: MeasurePlan
  ) throws -> SnoopingFinding {
    guard let eligible = evidence.eligible else {
      return try measure(returns, packed: returns, evidence, plan)
    }
    return try measure(
      some(eligible, of: returns), packed: PackedReturns(returns, numbers: eligible), evidence, plan)
  }

  private static func some<Returns: ReturnSource>(
    _ eligible: [Int], of returns: Returns
  ) -> SomeReturns<Returns> {
    var stands = Array(repeating: false, count: returns.strategies)
    for number in eligible { stands[number] = true }
    return SomeReturns(returns) { [stands] in stands[$0] }
  }

  /// The figures that decide, alone: a fraction of the work.
  struct Decision: Sendable {
    let superiorAbility: SuperiorAbility
    /// The winner's own p-value, adjusted for all that were tried.
    let winnerPValue: Double

    init(_ evidence: Evidence, plan: MeasurePlan) throws {
      func decision(_ returns: some ReturnSource) throws -> Decision {
        guard let eligible = evidence.eligible else { return try Decision(returns, evidence, plan) }
        return try Decision(SnoopingFinding.some(eligible, of: returns), evidence, plan)
      }
      self = try decision(evidence.tested)
    }

    private init(
      _ returns: some ReturnSource, _ evidence: Evidence, _ plan: MeasurePlan
    ) throws(StatisticsError) {
      let resamples = try plan.resamples(
        of: returns, benchmark: evidence.benchmark, sample: evidence.lengthSample())
      let snooping = try DataSnooping(
        returns, benchmark: evidence.benchmark, resamples: resamples, threads: plan.threads)
      superiorAbility = snooping.superiorAbility
      winnerPValue =
        snooping.stepdown(errors: .corrected, downTo: evidence.winner).pValues[evidence.winner]
    }
  }

  /// What resampling leaves of some tiles of strategies, which are as many as a part has.
  static func part(
    _ tiles: Range<Int>, of returns: some ReturnSource, benchmark: [Double]?, resamples: Resamples,
    drawn: DrawnResamples? = nil, threads: Int
  ) throws(StatisticsError) -> SnoopingPart {
    let part = ReturnPart(returns, tiles: tiles)
    let snooping = try DataSnooping(
      part, benchmark: benchmark, resamples: resamples, threads: threads, firstStrategy: part.firstStrategy,
      drawn: drawn)
    return SnoopingPart(means: snooping.means, maxima: snooping.maxima)
  }

  /// - Parameter packed: the same strategies without those that are left out.
  private static func measure(
    _ returns: some ReturnSource, packed: some ReturnSource, _ evidence: Evidence, _ plan: MeasurePlan
  ) throws -> SnoopingFinding {
    let resamples = try plan.resamples(
      of: returns, benchmark: evidence.benchmark, sample: evidence.lengthSample())
    let tiles = ReturnTile.tiles(strategies: returns.strategies)
    // Every look draws the same bars.
    let drawn = DrawnResamples(resamples, threads: plan.threads)
    let parts =
      try evidence.resampled?(resamples) ?? [
        try part(
          0..<tiles, of: returns, benchmark: evidence.benchmark, resamples: resamples, drawn: drawn,
          threads: plan.threads)
      ]
    // There is one at least.
    let whole = try SnoopingPart.merged(parts)!
    let (means, maxima) = (whole.means, whole.maxima)
    var firstTiles = [0]
    for part in parts { firstTiles.append(firstTiles.last! + ReturnTile.tiles(strategies: part.means.count)) }
    // The curve is of one tile, which few threads share.
    let (curve, (stepwise, stepdown, set)) = try Workers.both(threads: drawn.areKept ? plan.threads : 1) {
      Result { () throws(StatisticsError) in
        try LuckCurve(
          [whole], of: returns, benchmark: evidence.benchmark, drawn: drawn, threads: plan.threads)
      }
    } _: {
      let stepwise = try StepwiseTest(parts, level: plan.level) { number, null, isLeft in
        DataSnooping.maxima(
          null, of: ReturnPart(returns, tiles: firstTiles[number]..<firstTiles[number + 1]),
          benchmark: evidence.benchmark, resamples: resamples, means: parts[number].means, drawn: drawn,
          threads: plan.threads, isIncluded: isLeft)
      }
      let stepdown = try StepdownPValues(
        [whole], of: returns, benchmark: evidence.benchmark, errors: .corrected, drawn: drawn,
        threads: plan.threads)
      return (stepwise, stepdown, confidenceSet(packed, drawn, threads: plan.threads))
    }
    let luck = LuckOfTheBest(maxima)
    let winner = WinnerFinding(
      evidence, mean: means[evidence.winner], pValue: stepdown.pValues[evidence.winner])
    return SnoopingFinding(
      benchmark: evidence.benchmarkName, resamples: plan.resamples, blockLength: resamples.meanBlockLength,
      realityCheck: RealityCheck(maxima), superiorAbility: SuperiorAbility(maxima),
      tested: packed.strategies, undefined: maxima.undefined - (returns.strategies - packed.strategies),
      withoutVariance: maxima.withoutVariance, stepwise: stepwise, stepdown: stepdown,
      winner: winner,
      bounds: WinnerBounds(
        evidence, winner: winner, leaders: stepdown.leaders, means: means, luck: luck,
        meanBlockLength: resamples.meanBlockLength, plan: plan),
      luck: luck,
      luckCurve: try curve.get(), confidenceSet: set, numbers: evidence.eligible)
  }

  private static func confidenceSet(
    _ returns: some ReturnSource, _ drawn: DrawnResamples, threads: Int
  ) -> Result<ModelConfidenceSet, Absence> {
    guard returns.strategies <= ModelConfidenceSet.maximumModels else {
      return .failure(
        Absence(
          "more than \(Figures.count(ModelConfidenceSet.maximumModels)) strategies, for which it is not made")
      )
    }
    do throws(StatisticsError) {
      return .success(
        try ModelConfidenceSet(
          returns, .maximum, resamples: drawn.resamples, drawn: drawn, threads: threads))
    } catch {
      return .failure(Absence("\(error)"))
    }
  }
}

extension MeasurePlan {
  /// The resamples of strategies with these returns: a function of a fixed sample of them, so that every part of a sweep
  /// has the same.
  ///
  /// - Parameter sample: the numbers of these strategies, ascending; `nil` for what their number says.
  func resamples(
    of returns: some ReturnSource, benchmark: [Double]?, sample: @autoclosure () -> [Int]?
  ) throws(StatisticsError) -> Resamples {
    let length =
      blockLength
      ?? BlockLength.ofSweep(
        returns, sample: sample(), benchmark: benchmark ?? [], threads: threads
      ).stationaryMean
    return try Resamples(
      .stationary(meanBlockLength: length), bars: returns.bars, count: resamples, seed: seed)
  }
}
