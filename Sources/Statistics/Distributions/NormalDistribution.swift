import Glibc
import Kernels

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability that a standard normal number is at most `z`: Φ(z) = erfc(-z/√2)/2.
  ///
  /// The relative error stays near 10⁻¹⁵ in the lower tail as well, down to z = -37.5, where the result leaves
  /// the normal numbers.
  public static func cumulative(_ z: Double) -> Double {
    0.5 * erfc(-z * 0.5.squareRoot())
  }

  /// The probability that a standard normal number exceeds `z`, sharp where `1 - cumulative(z)` is not.
  public static func survival(_ z: Double) -> Double {
    cumulative(-z)
  }

  /// The density at `z`: exp(-z²/2)/√(2π).
  public static func density(_ z: Double) -> Double {
    exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
  }

  /// The `z` with Φ(z) = `probability`; ±∞ at 1 and 0, NaN outside of [0, 1].
  ///
  /// Reference: Wichura 1988, algorithm AS 241.
  public static func quantile(_ probability: Double) -> Double {
    NormalQuantile.value(at: probability)
  }

  /// The `z` that is exceeded with probability `upper`: the form to use for small `upper`, such as 1/N for large N.
  public static func quantile(upper: Double) -> Double {
    -NormalQuantile.value(at: upper)
  }
}
