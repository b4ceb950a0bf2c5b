/// Hansen's test for superior predictive ability: the Reality Check, studentised, and without letting clear losers
/// blur the picture.
///
/// Formula: V = max(0, max √T·x̄ⱼ/ωⱼ) over strategies j; the p-value is (1 + #{b: V*_b ≥ V}) / (B + 1) with V*_b =
/// max(0, max √T·(x̄*ⱼ,b - gⱼ)/ωⱼ). Three choices of g give three p-values: x̄ⱼ (`upper`); x̄ⱼ unless √T·x̄ⱼ/ωⱼ <
/// -√(2·log log T), then 0 (`consistent`); max(x̄ⱼ, 0) (`lower`). `lower` ≤ `consistent` ≤ `upper`.
///
/// Shapes and units: ``SnoopingMaxima`` of any number of strategies over T ≥ 3 bars and B resamples; V has no
/// unit. ω is that of ``MeanReturn``, the same for all resamples.
///
/// Null hypothesis: no strategy has an expected return above the benchmark's. A small p-value speaks against it;
/// the one to report is `consistent`. `upper` is conservative where strategies are worse than the benchmark;
/// `lower` is liberal where they are only slightly worse. In short histories all are somewhat liberal, since ω is
/// not estimated again in each resample.
///
/// Edge cases: strategies with an undefined return or without variance are left out and counted. If no strategy
/// beats the benchmark, V is 0 and all p-values are 1. Undefined (NaN) without any strategy.
///
/// Reference: Hansen 2005, "A test for superior predictive ability", sections 2 and 3; there n is T, d̄ is x̄,
/// and the p-values are those of SPA_l, SPA_c and SPA_u. He counts strictly above and without the observed one.
public struct SuperiorAbility: Equatable, Sendable {
  /// The strategy with the largest studentised mean; `nil` without any.
  public let best: Int?
  /// V.
  public let statistic: Double
  /// The p-value to which only the strategies that beat the benchmark contribute fully: a lower bound.
  public let lower: Double
  /// The p-value that is right in the limit.
  public let consistent: Double
  /// The p-value in the least favourable case: an upper bound.
  public let upper: Double

  /// The test over all strategies that went into `maxima`.
  public init(_ maxima: SnoopingMaxima) {
    best = maxima.bestStudentised?.strategy
    let statistic = maxima.bestStudentised.map { max(0, $0.statistic) } ?? .nan
    // At 0 every resample's max(0, ·) is as large; above it, taking that maximum changes no comparison.
    func pValue(_ null: NullStatistic) -> Double {
      statistic == 0 ? 1 : maxima.pValue(null, observed: statistic)
    }
    self.statistic = statistic
    lower = pValue(.lower)
    consistent = pValue(.consistent)
    upper = pValue(.upper)
  }
}
