import Glibc

/// The expected largest of N independent standard normal numbers: what the best of N skill-less trials looks
/// like.
public enum ExpectedMaximum {
  /// The expected maximum as it enters the deflated Sharpe ratio.
  ///
  /// Formula: (1-γ)·Φ⁻¹(1 - 1/N) + γ·Φ⁻¹(1 - 1/(N·e)), γ the Euler constant; quantiles by their upper tails.
  ///
  /// Shapes and units: `trials` is N, whole or not, as effective numbers of trials are; in standard
  /// deviations.
  ///
  /// Edge cases: 0 for one trial, and where the formula is negative, which it is below 1.8 trials; NaN below
  /// 1.
  ///
  /// Reference: Bailey & López de Prado 2014, "The deflated Sharpe ratio", equation 1, the false strategy
  /// theorem.
  public static func approximate(trials: Double) -> Double {
    guard trials >= 1 else { return .nan }
    guard trials > 1 else { return 0 }
    let first = NormalDistribution.quantile(upper: 1 / trials)
    let second = NormalDistribution.quantile(upper: 1 / (trials * M_E))
    return max(0, (1 - eulerConstant) * first + eulerConstant * second)
  }

  /// The expected maximum itself.
  ///
  /// Formula: ∫ z·N·φ(z)·Φ(z)^(N-1) dz, by the trapezoidal rule, which converges exponentially here.
  ///
  /// Shapes and units: as ``approximate(trials:)``; within 10⁻¹³ for up to 10¹⁸ trials.
  ///
  /// Edge cases: 0 for one trial, NaN below 1.
  ///
  /// Reference: David & Nagaraja 2003, "Order statistics", section 3.1.
  public static func exact(trials: Double) -> Double {
    guard trials >= 1 else { return .nan }
    guard trials > 1 else { return 0 }
    let stepsPerUnit = 64
    var sum = 0.0
    for step in (-10 * stepsPerUnit)...(38 * stepsPerUnit) {
      let z = Double(step) / Double(stepsPerUnit)
      let logBelow = z > 0 ? log1p(-NormalDistribution.survival(z)) : log(NormalDistribution.cumulative(z))
      sum += z * NormalDistribution.density(z) * exp((trials - 1) * logBelow)
    }
    return trials * sum / Double(stepsPerUnit)
  }

  static let eulerConstant = 0.577_215_664_901_532_9
}
