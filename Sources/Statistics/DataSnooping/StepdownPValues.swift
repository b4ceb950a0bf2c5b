import Kernels

/// What each strategy's own p-value is, adjusted for all that were tried: the stepwise multiple test of Romano and Wolf
/// without a level.
///
/// Formula: strategies in the order of their statistics t₍₁₎ ≥ t₍₂₎ ≥ …, the adjusted p-value of the i-th is the largest
/// over j ≤ i of (1 + #{b: max over k ≥ j of t*₍ₖ₎,b ≥ t₍ⱼ₎}) / (B + 1): each is compared with the best of those that are
/// not better. Of equal ones each is among the others' rivals.
///
/// Shapes and units: t is √T·x̄/ω of ``MeanReturn``, t* the same of B resamples, centred as
/// ``NullStatistic/consistent``. By ``Errors/corrected`` the ω of t, but not that of t*, is that of ``LongRunVariance``
/// where it is larger, since resampled blocks see less dependence than there is; and t becomes the normal number whose
/// tail is that of Student's t with T - 1 degrees of freedom, since ω is not estimated again in each resample. ``StepwiseTest`` at the level α by ``StepwiseTest/Statistic/consistent`` rejects those
/// whose p-value is at or below α, or fewer, as it takes out in one step all that fall in it (``Errors/resampled``).
///
/// Null hypothesis: of each strategy, that its expected return is not above the benchmark's. Rejecting at or below α
/// keeps the chance of any wrong rejection at α, whatever the other strategies are, in the limit. The p-value is the
/// strategy's own: that of ``SuperiorAbility`` belongs to the one with the largest statistic.
///
/// Edge cases: NaN for a strategy that is left out (``DataSnooping``). Exact for ``leaders``, those of the largest
/// statistics, ``mostLeaders`` at most, or all where there are no more. Of the others it is an upper bound: some that are
/// better, though by less than a quarter of a standard error, count among their rivals.
///
/// Reference: Romano & Wolf 2005, "Stepwise multiple testing as formalized data snooping", algorithm 4.1; Romano & Wolf
/// 2016, "Efficient computation of adjusted p-values for resampling-based stepdown multiple testing", equations 8 to 10,
/// there M is B. The centring is that of Hsu, Hsu & Kuan 2010.
public struct StepdownPValues: Equatable, Sendable {
  /// By what the observed statistics are divided.
  public enum Errors: CaseIterable, Sendable {
    /// By what resampled ones are divided by.
    case resampled
    /// Of ``leaders`` by the larger one of that and ``LongRunVariance``, with regard to its own error.
    case corrected
  }

  /// Strategies whose statistic in every resample is made.
  public static let mostLeaders = 256
  /// Of these statistics so many may be kept: 32 MB.
  private static let mostValues = 1 << 22

  /// For each strategy.
  public let pValues: [Double]
  /// The strategies whose p-values are exact, the best first.
  public let leaders: [Int]

  /// The p-values of strategies that follow each other in `parts`, in one more look at the leaders alone.
  ///
  /// - Parameters:
  ///   - returns: those of all parts, by the same numbers.
  ///   - benchmark: as in the first look.
  ///   - drawn: the draws of the first look, where they are still there.
  ///   - strategy: the one that alone is asked for; then it and those that are better lead, and no others need to.
  /// - Precondition: all parts were resampled alike, and there are as many strategies in all.
  /// - Throws: ``StatisticsError/differentResamples``.
  public init(
    _ parts: [SnoopingPart], of returns: some ReturnSource, benchmark: [Double]? = nil,
    errors: Errors = .resampled, drawn: DrawnResamples? = nil, downTo strategy: Int? = nil, threads: Int = 1
  ) throws(StatisticsError) {
    let merged = try SnoopingPart.merged(parts)
    let means = merged?.means ?? []
    precondition(means.count == returns.strategies, "a mean for each strategy")
    guard let whole = merged?.maxima else {
      self.init(pValues: [], leaders: [])
      return
    }
    var observed = means.map(\.statistic)
    let ranking = Ranking(observed)
    let most = max(1, min(Self.mostLeaders, Self.mostValues / whole.resamples.count))
    // No error that is corrected makes a statistic larger: who is below stays below.
    let least = strategy.map { strategy in
      errors == .resampled
        ? observed[strategy]
        : Self.corrected(
          PackedReturns(returns, numbers: [strategy]), benchmark, [means[strategy]], threads: threads)[0]
    }
    let (count, rest) = Self.cut(ranking, whole, most: most, least: least)
    let numbers = ranking.order.prefix(count).sorted()
    // Looked at twice.
    let packed = KeptReturns(PackedReturns(returns, numbers: numbers), threads: threads)
    if errors == .corrected {
      let corrected = Self.corrected(
        packed, benchmark, numbers.map { means[$0] }, threads: threads)
      for (number, statistic) in zip(numbers, corrected) { observed[number] = statistic }
    }
    let values = ResampledMaxima(
      returns: packed, benchmark: benchmark ?? [],
      drawn: drawn ?? DrawnResamples(whole.resamples, threads: threads), threads: threads
    ).values(.consistent, means: numbers.map { means[$0] })
    let b = whole.resamples.count
    // The better one first, as the observed statistics now are.
    let places = Ranking(numbers.map { observed[$0] }).order
    let ofLeaders = Self.pValues(observed: places.map { observed[numbers[$0]] }, rest: rest) {
      values[places[$0] * b..<(places[$0] + 1) * b]
    }
    let leaders = places.map { numbers[$0] }
    var exact: [Int: Double] = [:]
    for (leader, pValue) in zip(leaders, ofLeaders) { exact[leader] = pValue }
    self.init(pValues: Self.all(Ranking(observed), exact, whole), leaders: leaders)
  }

  /// The statistics of strategies with regard to what their errors leave out.
  private static func corrected(
    _ returns: some ReturnSource, _ benchmark: [Double]?, _ means: [MeanReturn], threads: Int
  ) -> [Double] {
    let student = StudentDistribution(degreesOfFreedom: Double(returns.bars - 1))
    return DisjointSlots.fill(count: means.count, repeating: .nan) { slots in
      returns.forEachTile(threads: threads, makeState: {}) { _, tile in
        Workers.forEach(items: tile.count, threads: threads, makeState: {}) { _, lane in
          let column = tile.column(lane)
          let excess = benchmark.map { zip(column, $0).map { $0 - $1 } } ?? column
          let statistic = means[tile.firstStrategy + lane].corrected(by: excess).statistic
          let size = statistic.magnitude
          let tail = student.survival(size)
          // Beyond the tails that have a number the two are as good as each other.
          let normal = tail > 1e-300 ? NormalDistribution.quantile(upper: tail) : size
          slots.write(statistic < 0 ? -normal : normal, at: tile.firstStrategy + lane)
        }
      }
    }
  }

  private init(pValues: [Double], leaders: [Int]) {
    self.pValues = pValues
    self.leaders = leaders
  }

  /// Strategies by their statistics.
  private struct Ranking {
    /// Of each strategy; NaN without.
    let observed: [Double]
    /// Those with a statistic, the largest first.
    let order: [Int]

    init(_ observed: [Double]) {
      self.observed = observed
      order = observed.indices.filter { !observed[$0].isNaN }
        .sorted { (observed[$1], $0) < (observed[$0], $1) }
    }

    /// How many are above `bound`.
    func count(above bound: Double) -> Int { order.count { observed[$0] > bound } }
  }

  /// How many lead, and the maxima over the others.
  private static func cut(
    _ ranking: Ranking, _ maxima: SnoopingMaxima, most: Int, least: Double?
  ) -> (leaders: Int, rest: [Double]) {
    if let least, let (bound, row) = bounds(maxima).last(where: { $0.bound < least }) {
      let above = ranking.count(above: bound)
      if above <= most { return (above, row) }
    }
    if ranking.order.count <= most {
      return (ranking.order.count, Array(repeating: -.infinity, count: maxima.resamples.count))
    }
    for (bound, row) in bounds(maxima) {
      let above = ranking.count(above: bound)
      if above <= most { return (above, row) }
    }
    return (0, maxima.maxima(.consistent))
  }

  /// The rows over strategies up to a bound, ascending, and that over all.
  private static func bounds(_ maxima: SnoopingMaxima) -> [(bound: Double, maxima: [Double])] {
    let rows = maxima.subsets.compactMap { row -> (bound: Double, maxima: [Double])? in
      if case .upTo(let bound) = row.subset { (bound, row.maxima) } else { nil }
    }
    return rows + [(.infinity, maxima.maxima(.consistent))]
  }

  /// The p-values of leaders, the best first, before they are made to ascend.
  ///
  /// - Parameters:
  ///   - observed: their statistics, descending.
  ///   - rest: the largest of the others, for each resample.
  ///   - resampled: the statistics of a leader.
  static func pValues(
    observed: [Double], rest: [Double], resampled: (Int) -> ArraySlice<Double>
  ) -> [Double] {
    var maxima = rest
    var pValues = observed
    var end = observed.count
    // From the worst, so that each sees the largest of itself and those below it; equal ones at once.
    while end > 0 {
      let statistic = observed[end - 1]
      var first = end
      while first > 0, observed[first - 1] == statistic {
        first -= 1
        for (index, value) in zip(maxima.indices, resampled(first)) where value > maxima[index] {
          maxima[index] = value
        }
      }
      let pValue = Double(1 + maxima.count { $0 >= statistic }) / Double(maxima.count + 1)
      for leader in first..<end { pValues[leader] = pValue }
      end = first
    }
    return pValues
  }

  /// The p-values of leaders and bounds of the others, none below that of a better strategy.
  private static func all(
    _ ranking: Ranking, _ ofLeaders: [Int: Double], _ maxima: SnoopingMaxima
  ) -> [Double] {
    let rows = bounds(maxima).map { (bound: $0.bound, maxima: SortedMaxima($0.maxima)) }
    var pValues = ranking.observed.map { _ in Double.nan }
    var highest = 0.0
    var row = rows.count - 1
    for strategy in ranking.order {
      let statistic = ranking.observed[strategy]
      while row > 0, rows[row - 1].bound >= statistic { row -= 1 }
      highest = max(highest, ofLeaders[strategy] ?? rows[row].maxima.pValue(statistic))
      pValues[strategy] = highest
    }
    return pValues
  }
}

extension DataSnooping {
  /// The adjusted p-value of every strategy, or exactly that of `strategy` and those that are better.
  public func stepdown(
    errors: StepdownPValues.Errors = .resampled, downTo strategy: Int? = nil
  ) -> StepdownPValues {
    do {
      return try StepdownPValues(
        [SnoopingPart(means: means, maxima: maxima)], of: resampled.returns,
        benchmark: resampled.benchmark.isEmpty ? nil : resampled.benchmark, errors: errors,
        drawn: resampled.drawn, downTo: strategy, threads: resampled.threads)
    } catch {
      preconditionFailure("one part was resampled in one way: \(error)")
    }
  }
}
