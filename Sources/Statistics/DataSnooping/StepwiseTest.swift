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
    let part = SnoopingPart(means: means, maxima: maxima)
    return try StepwiseTest([part], level: level, statistic) { _, null, isLeft in
      resampled.maxima(null, means: means, isIncluded: isLeft)
    }
  }
}

/// What the first look leaves of strategies that stand side by side: with all parts of a sweep the tests go on as if
/// there had been one.
public struct SnoopingPart: Sendable {
  /// Of each strategy.
  public let means: [MeanReturn]
  /// Over all of them.
  public let maxima: SnoopingMaxima

  /// See the properties of the same names.
  public init(means: [MeanReturn], maxima: SnoopingMaxima) {
    self.means = means
    self.maxima = maxima
  }
}

extension SnoopingPart {
  /// What one look at all strategies of parts that follow each other would have left; `nil` of no parts.
  ///
  /// - Throws: ``StatisticsError/differentResamples``.
  public static func merged(_ parts: [SnoopingPart]) throws(StatisticsError) -> SnoopingPart? {
    guard var maxima = parts.first?.maxima else { return nil }
    for part in parts.dropFirst() { maxima = try maxima.merged(with: part.maxima) }
    return SnoopingPart(means: parts.flatMap(\.means), maxima: maxima)
  }
}

extension StepwiseTest {
  /// Tests the strategies of `parts`, which follow each other, step by step at the level α.
  ///
  /// A step after the first looks again at those parts alone of which a strategy has been rejected: the maxima of the
  /// others are what they were.
  ///
  /// - Parameter again: the maxima of each resample over the strategies of a part that are left, which are counted from
  ///   the first of the part.
  /// - Throws: ``StatisticsError/level(_:)`` unless `level` is between 0 and 1.
  public init(
    _ parts: [SnoopingPart], level: Double, _ statistic: Statistic = .studentised,
    again: (_ part: Int, _ null: NullStatistic, _ isLeft: @Sendable (Int) -> Bool) -> [Double]
  ) throws(StatisticsError) {
    guard level > 0, level < 1 else { throw .level(level) }
    let null = statistic.null
    let observed = parts.flatMap { $0.means.map { null.term($0) == nil ? .nan : null.observed($0) } }
    var isLeft = observed.map { !$0.isNaN }
    var maximaOfParts = parts.map { $0.maxima.maxima(null) }
    var pValues = Array(repeating: Double.nan, count: observed.count)
    var steps: [[Int]] = []
    var criticalValues: [Double] = []
    var floor = 0.0
    while isLeft.contains(true) {
      let resampled = SortedMaxima(Self.largest(maximaOfParts))
      var rejected: [Int] = []
      for strategy in isLeft.indices where isLeft[strategy] {
        let pValue = resampled.pValue(observed[strategy])
        pValues[strategy] = max(floor, pValue)
        if pValue <= level { rejected.append(strategy) }
      }
      steps.append(rejected)
      criticalValues.append(resampled.criticalValue(level: level))
      if rejected.isEmpty { break }
      for strategy in rejected {
        isLeft[strategy] = false
        floor = max(floor, pValues[strategy])
      }
      for (number, strategies) in Self.touched(parts, by: rejected) {
        let left = Array(isLeft[strategies])
        maximaOfParts[number] =
          left.contains(true)
          ? again(number, null) { left[$0] } : maximaOfParts[number].map { _ in -Double.infinity }
      }
    }
    self.init(
      level: level, statistic: statistic, steps: steps, criticalValues: criticalValues, pValues: pValues)
  }

  /// The parts that hold any of `rejected`, which ascend, each with its strategies.
  private static func touched(_ parts: [SnoopingPart], by rejected: [Int]) -> [(Int, Range<Int>)] {
    var touched: [(Int, Range<Int>)] = []
    var first = 0
    var place = 0
    for (number, part) in parts.enumerated() {
      let strategies = first..<first + part.means.count
      first = strategies.upperBound
      if place < rejected.count, strategies.contains(rejected[place]) { touched.append((number, strategies)) }
      while place < rejected.count, rejected[place] < first { place += 1 }
    }
    return touched
  }

  /// The largest value of any part, for each resample.
  private static func largest(_ parts: [[Double]]) -> [Double] {
    guard let first = parts.first else { return [] }
    return parts.dropFirst().reduce(first) { zip($0, $1).map { max($0, $1) } }
  }
}
