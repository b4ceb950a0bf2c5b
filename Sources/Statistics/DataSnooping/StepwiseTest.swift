/// The stepwise multiple test of Romano and Wolf: which strategies beat the benchmark, all of them together.
///
/// Formula: with c the ⌊α·(B + 1)⌋-th largest of the resamples' maxima over the strategies that are left, every
/// strategy whose statistic exceeds c is rejected; then the same again over those that are left, until no more
/// fall. A statistic exceeds c exactly where (1 + #{b: maximum_b ≥ statistic}) / (B + 1) ≤ α.
///
/// Shapes and units: α is `level`; the statistic of strategy j is √T·x̄ⱼ (``Statistic/plain``) or √T·x̄ⱼ/ωⱼ, and
/// the resampled ones are centred as ``NullStatistic`` says.
///
/// Null hypothesis: for each strategy, that its expected return is not above the benchmark's. The chance of
/// rejecting any strategy wrongly is at most α, whatever the others are (family-wise error rate). Conservative
/// where strategies are worse than the benchmark; ``Statistic/consistent`` is less so.
///
/// Edge cases: all strategies rejected is a legal outcome. With fewer than 1/α - 1 resamples nothing can be
/// rejected. Strategies that ``DataSnooping`` leaves out are not rejected, their p-values NaN.
///
/// Errors: ``StatisticsError/level(_:)``.
///
/// Reference: Romano & Wolf 2005, "Stepwise multiple testing as formalized data snooping", sections 3 and 4; there
/// d̂ is `c` and S is N. Their ω* is estimated again in each resample, here ω is Hansen's and the same for all.
/// ``Statistic/consistent`` is the stepwise SPA test of Hsu, Hsu & Kuan 2010.
public struct StepwiseTest: Equatable, Sendable {
  /// What is compared.
  public enum Statistic: CaseIterable, Sendable {
    /// √T times the mean return.
    case plain
    /// √T times the mean return over ω, all strategies recentred.
    case studentised
    /// The same with clear losers left where they are.
    case consistent

    /// How its resampled counterpart is centred.
    var null: NullStatistic {
      switch self {
      case .plain: .plain
      case .studentised: .upper
      case .consistent: .consistent
      }
    }
  }

  /// α.
  public let level: Double
  /// What was compared.
  public let statistic: Statistic
  /// The strategies that were rejected in each step, ascending, by their numbers in the source of returns; the
  /// last step rejected none unless none was left.
  public let steps: [[Int]]
  /// The bound of each step.
  public let criticalValues: [Double]
  /// For each strategy its p-value among those that were left in the step that rejected it, or in the last one,
  /// and no less than that of a better strategy.
  ///
  /// At or below α for exactly the rejected ones. That of the best strategy is its step-down adjusted p-value;
  /// those of the others are at or above theirs, because strategies that fall in the same step are not taken out
  /// one by one.
  public let pValues: [Double]

  /// The rejected strategies, ascending.
  public var rejected: [Int] { steps.flatMap(\.self).sorted() }
}

extension DataSnooping {
  /// Tests strategies step by step at the level α; the returns are made again for each step after the first.
  ///
  /// - Throws: ``StatisticsError/level(_:)`` unless `level` is between 0 and 1.
  public func stepwise(
    level: Double, _ statistic: StepwiseTest.Statistic = .studentised
  ) throws(StatisticsError) -> StepwiseTest {
    guard level > 0, level < 1 else { throw .level(level) }
    let null = statistic.null
    let observed = means.map { null.term($0) == nil ? .nan : null.observed($0) }
    var isLeft = observed.map { !$0.isNaN }
    var pValues = Array(repeating: Double.nan, count: means.count)
    var steps: [[Int]] = []
    var criticalValues: [Double] = []
    var floor = 0.0
    while isLeft.contains(true) {
      let left = isLeft
      let maxima =
        steps.isEmpty
        ? self.maxima.maxima(null) : sums.maxima([null], means: means) { left[$0] }[0]
      let resampled = SortedMaxima(maxima)
      var rejected: [Int] = []
      for strategy in left.indices where left[strategy] {
        pValues[strategy] = max(floor, resampled.pValue(observed[strategy]))
        if resampled.pValue(observed[strategy]) <= level { rejected.append(strategy) }
      }
      steps.append(rejected)
      criticalValues.append(resampled.criticalValue(level: level))
      if rejected.isEmpty { break }
      for strategy in rejected {
        isLeft[strategy] = false
        floor = max(floor, pValues[strategy])
      }
    }
    return StepwiseTest(
      level: level, statistic: statistic, steps: steps, criticalValues: criticalValues, pValues: pValues)
  }
}

/// The maxima of all resamples in ascending order, to look many statistics up.
private struct SortedMaxima {
  private let ascending: [Double]

  init(_ maxima: [Double]) {
    ascending = maxima.sorted()
  }

  private func pValue(reachedBy count: Int) -> Double {
    Double(1 + count) / Double(ascending.count + 1)
  }

  /// (1 + how many are at or above `observed`) / (B + 1).
  func pValue(_ observed: Double) -> Double {
    var (from, to) = (0, ascending.count)
    while from < to {
      let middle = (from + to) / 2
      if ascending[middle] < observed { from = middle + 1 } else { to = middle }
    }
    return pValue(reachedBy: ascending.count - from)
  }

  /// The largest number that does not have a p-value of at most `level`, though anything above it has.
  func criticalValue(level: Double) -> Double {
    // Counted by the very comparison that rejects, so that rounding in α·(B + 1) makes no difference.
    var place = 0
    while place < ascending.count, pValue(reachedBy: place) <= level { place += 1 }
    return place == 0 ? .infinity : ascending[ascending.count - place]
  }
}
