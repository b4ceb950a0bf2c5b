import Kernels

/// What is left of a Sharpe ratio once its p-value is adjusted for the number of tests.
///
/// Formula: t = SR·√T, p = 2·P(tₜ₋₁ > |t|); with the adjusted p' the haircut Sharpe ratio is t'/√T, where
/// 2·P(tₜ₋₁ > t') = p', with the sign of SR; the haircut is 1 - t'/|t|.
///
/// Shapes and units: Sharpe ratios per bar, T bars; the haircut is a fraction, the same per bar and
/// annualised.
///
/// Null hypothesis: the mean return is 0, two-sided. A small adjusted p-value speaks against it.
///
/// Edge cases: NaN for an undefined Sharpe ratio and below two bars; a Sharpe ratio of 0 has no haircut
/// (NaN); a p-value so small that it is 0 is not cut.
///
/// Reference: Harvey & Liu 2015, "Backtesting", equations 1 to 4. There M is the number of tests.
public struct HaircutSharpe: Equatable, Sendable {
  /// As it was estimated.
  public let sharpePerBar: Double
  /// Two-sided, of this test alone.
  public let pValue: Double
  /// The p-value after the adjustment.
  public let adjustedPValue: Double
  /// The Sharpe ratio, per bar, whose single test would have that p-value.
  public let haircutSharpePerBar: Double
  /// The part of the Sharpe ratio that is lost, in 0...1.
  public let haircut: Double

  /// The haircut that goes with an adjusted p-value.
  public init(sharpePerBar: Double, bars: Int, adjustedPValue: Double) {
    self.sharpePerBar = sharpePerBar
    self.adjustedPValue = adjustedPValue
    pValue = Self.pValue(sharpePerBar: sharpePerBar, bars: bars)
    guard bars > 1, !sharpePerBar.isNaN, !adjustedPValue.isNaN else {
      haircutSharpePerBar = .nan
      haircut = .nan
      return
    }
    let student = StudentDistribution(degreesOfFreedom: Double(bars - 1))
    let magnitude = student.quantile(upper: adjustedPValue / 2) / Double(bars).squareRoot()
    // No adjustment raises a Sharpe ratio; equality may be missed by rounding.
    let left = min(magnitude, abs(sharpePerBar))
    haircutSharpePerBar = sharpePerBar < 0 ? -left : left
    haircut = sharpePerBar == 0 ? .nan : 1 - left / abs(sharpePerBar)
  }

  /// The haircut of one Sharpe ratio among `tests` tests whose other results are unknown.
  ///
  /// - Parameter adjustment: one that needs no other p-value: ``PValueAdjustment/bonferroni`` or
  ///   ``PValueAdjustment/sidak``; under the others the unknown tests count as failed.
  /// - Throws: ``StatisticsError/fewerTestsThanPValues(tests:pValues:)`` without a test.
  public init(
    sharpePerBar: Double, bars: Int, tests: Int, adjustment: PValueAdjustment = .bonferroni
  ) throws(StatisticsError) {
    let pValue = Self.pValue(sharpePerBar: sharpePerBar, bars: bars)
    let adjusted = try adjustment.adjust([pValue], tests: tests)[0]
    self.init(sharpePerBar: sharpePerBar, bars: bars, adjustedPValue: adjusted)
  }

  /// The haircuts of all Sharpe ratios of one sweep, each adjusted among the others.
  ///
  /// - Parameter tests: when more were made than are given.
  /// - Throws: ``StatisticsError/fewerTestsThanPValues(tests:pValues:)``.
  public static func all(
    sharpesPerBar: [Double], bars: Int, adjustment: PValueAdjustment, tests: Int? = nil
  ) throws(StatisticsError) -> [HaircutSharpe] {
    let pValues = sharpesPerBar.map { pValue(sharpePerBar: $0, bars: bars) }
    let adjusted = try adjustment.adjust(pValues, tests: tests)
    return zip(sharpesPerBar, adjusted).map {
      HaircutSharpe(sharpePerBar: $0, bars: bars, adjustedPValue: $1)
    }
  }

  /// The two-sided p-value of the hypothesis that the mean return is 0.
  public static func pValue(sharpePerBar: Double, bars: Int) -> Double {
    guard bars > 1, !sharpePerBar.isNaN else { return .nan }
    let student = StudentDistribution(degreesOfFreedom: Double(bars - 1))
    return min(1, 2 * student.survival(abs(sharpePerBar) * Double(bars).squareRoot()))
  }
  /// The same of many tests, side by side.
  ///
  /// - Precondition: as many numbers of bars as Sharpe ratios.
  public static func pValues(sharpesPerBar: [Double], bars: [Int], threads: Int) -> [Double] {
    precondition(sharpesPerBar.count == bars.count, "bars for each Sharpe ratio")
    let count = sharpesPerBar.count
    return DisjointSlots.fill(count: count, repeating: Double.nan) { slots in
      Workers.forEach(items: (count + testsAtATime - 1) / testsAtATime, threads: threads) {
        0
      } body: { _, item in
        for test in item * testsAtATime..<min((item + 1) * testsAtATime, count) {
          slots.write(pValue(sharpePerBar: sharpesPerBar[test], bars: bars[test]), at: test)
        }
      }
    }
  }

  /// Enough that handing them out costs nothing beside them.
  private static let testsAtATime = 1_024
}
