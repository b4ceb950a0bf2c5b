import Glibc

/// How many years of data a number of trials needs, so that luck alone is not expected to show a given Sharpe
/// ratio.
public enum MinimumBacktestLength {
  /// The years from which on the expected best of skill-less trials stays below a Sharpe ratio.
  ///
  /// Formula: (E[max of N] / SR)², with the approximate expected maximum.
  ///
  /// Shapes and units: the Sharpe ratio is annualised; in years. A backtest that is shorter proves nothing.
  ///
  /// Null hypothesis: the N trials are independent and have no skill.
  ///
  /// Edge cases: 0 for one trial; NaN where the Sharpe ratio is not positive.
  ///
  /// Reference: Bailey, Borwein, López de Prado & Zhu 2014, "Pseudo-mathematics and financial charlatanism",
  /// equation 6; there SR is the expected maximum that is accepted.
  public static func years(trials: Double, sharpeAnnualized: Double) -> Double {
    guard sharpeAnnualized > 0 else { return .nan }
    let ratio = ExpectedMaximum.approximate(trials: trials) / sharpeAnnualized
    return ratio * ratio
  }

  /// A bound above ``years(trials:sharpeAnnualized:)`` that needs no quantile: 2·log N / SR² (equation 6,
  /// right side).
  public static func upperBoundInYears(trials: Double, sharpeAnnualized: Double) -> Double {
    guard sharpeAnnualized > 0, trials >= 1 else { return .nan }
    return 2 * log(trials) / (sharpeAnnualized * sharpeAnnualized)
  }
}
