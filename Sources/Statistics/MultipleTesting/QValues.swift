/// The q-values of tests that were made together: of those that are at least as convincing, the share that is expected to
/// be false.
///
/// Formula: π₀ = min(1, (1 + #{p > λ})/((1-λ)·M)) is the share of true null hypotheses; with p₍₁₎ ≤ … ≤ p₍M₎ the q-value of
/// the i-th is the least over j ≥ i of π₀·M·p₍ⱼ₎/j: Benjamini and Hochberg's, times π₀.
///
/// Shapes and units: one-sided p-values of M tests, λ in [0, 1).
///
/// Null hypothesis: of each test its own. Rejecting all with q ≤ γ keeps the expected share of false ones among the rejected
/// at γ or below, where tests are independent or weakly dependent; positively dependent ones make π₀ vary much.
///
/// Edge cases: a test without a p-value (NaN) counts as one of p > λ and stays NaN; without tests π₀ is NaN.
///
/// Reference: Storey 2002, "A direct approach to false discovery rates"; Storey, Taylor & Siegmund 2004, "Strong control,
/// conservative point estimation and simultaneous conservative consistency of false discovery rates", equation 6, for the
/// 1 and the control.
public struct QValues: Equatable, Sendable {
  /// π₀.
  public let nullShare: Double
  /// In the order of the tests.
  public let qValues: [Double]

  /// - Precondition: λ in [0, 1).
  public init(_ tests: TestedTogether, lambda: Double = 0.5) {
    precondition(lambda >= 0 && lambda < 1, "a share below 1")
    let count = tests.tests - tests.pValues.count { $0 <= lambda }
    nullShare =
      tests.tests > 0 ? min(1, Double(1 + count) / ((1 - lambda) * Double(tests.tests))) : .nan
    let share = nullShare
    qValues = tests.adjusted(by: .benjaminiHochberg).map { share * $0 }
  }
}
