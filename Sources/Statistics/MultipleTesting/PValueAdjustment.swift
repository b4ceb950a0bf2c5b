import Glibc

/// How to adjust p-values for the number of tests; the raw value names the way in artifacts.
///
/// Formula: with p₍₁₎ ≤ … ≤ p₍M₎ and c = Σ 1/j over j in 1...M, each bounded by 1: Bonferroni M·p; Šidák 1 -
/// (1-p)^M; Holm max over j ≤ i of (M-j+1)·p₍ⱼ₎; Benjamini–Hochberg min over j ≥ i of M/j·p₍ⱼ₎;
/// Benjamini–Yekutieli min over j ≥ i of M·c/j·p₍ⱼ₎; Harvey–Liu the same with p₍M₎ itself for j = M.
///
/// Null hypothesis: of each test its own. The first three bound the probability of one false discovery or
/// more among all tests (Šidák where they are independent), the others the expected share of false ones among
/// the discoveries (Benjamini–Hochberg where tests are independent or positively dependent,
/// Benjamini–Yekutieli always).
///
/// Reference: Bonferroni 1936; Šidák 1967; Holm 1979; Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001,
/// theorem 1.3; Harvey & Liu 2015, "Backtesting", equation 6 and its appendix, whose largest p-value stays
/// unadjusted.
public enum PValueAdjustment: String, CaseIterable, Codable, Sendable {
  case bonferroni
  case sidak
  case holm
  case benjaminiHochberg = "benjamini_hochberg"
  case benjaminiYekutieli = "benjamini_yekutieli"
  case harveyLiu = "harvey_liu_bhy"

  /// The adjusted p-values, in the order given.
  ///
  /// Shapes and units: probabilities. `tests` is M; by default the number of p-values. The p-values of tests
  /// that are not given count as 1.
  ///
  /// Edge cases: a p-value that is NaN counts as 1 among the tests and stays NaN; none give none.
  ///
  /// Errors: ``StatisticsError/notAProbability(index:value:)`` and
  /// ``StatisticsError/fewerTestsThanPValues(tests:pValues:)``.
  public func adjust(_ pValues: [Double], tests: Int? = nil) throws(StatisticsError) -> [Double] {
    try TestedTogether(pValues, tests: tests).adjusted(by: self)
  }

  /// 1 + 1/2 + … + 1/n, from the smallest term.
  static func harmonicNumber(_ n: Int) -> Double {
    stride(from: n, to: 0, by: -1).reduce(0) { $0 + 1 / Double($1) }
  }
}
