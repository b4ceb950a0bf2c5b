import Glibc

/// The mean return that the best of many tests has to reach to be significant.
public enum ProfitHurdle {
  /// The least mean return of a bar that is significant.
  ///
  /// Formula: z·σ/√T with 2·P(Z > z) = α', where α' is α/M for Bonferroni and 1 - (1-α)^(1/M) for Šidák.
  ///
  /// Shapes and units: volatility is the standard deviation of the returns of one bar, in the unit of the
  /// result (annual volatility over √12 for months); T bars, M tests, α two-sided.
  ///
  /// Null hypothesis: the mean return is 0. A strategy below the hurdle is not distinguishable from luck.
  ///
  /// Edge cases: NaN without bars or tests.
  ///
  /// Reference: Harvey & Liu 2015, "Backtesting", exhibit 4 and its appendix; the normal distribution, as
  /// there.
  public static func meanReturnPerBar(
    volatilityPerBar: Double, bars: Int, tests: Int = 1, significance: Double = 0.05,
    control: Control = .bonferroni
  ) -> Double {
    guard bars > 0, tests > 0 else { return .nan }
    let level =
      switch control {
      case .bonferroni: significance / Double(tests)
      case .sidak: -expm1(log1p(-significance) / Double(tests))
      }
    return NormalDistribution.quantile(upper: level / 2) * volatilityPerBar / Double(bars).squareRoot()
  }

  /// The adjustments that give one threshold to all tests.
  public enum Control: String, CaseIterable, Codable, Sendable {
    case bonferroni
    case sidak
  }
}
