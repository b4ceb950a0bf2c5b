import Glibc

/// A normal distribution of which only what lies between two bounds is left.
///
/// Shapes and units: bounds may be infinite, `lower` < `upper`.
///
/// Edge cases: accurate far out in either tail, where all of the distribution that is left lies beyond 40 deviations, as
/// ratios are made of logarithms.
public struct TruncatedNormal: Equatable, Sendable {
  /// Of the normal distribution, not of what is left.
  public let mean: Double
  /// Of the normal distribution, above 0.
  public let deviation: Double
  /// The least value that is left.
  public let lower: Double
  /// The largest value that is left.
  public let upper: Double

  /// See the properties of the same names.
  public init(mean: Double, deviation: Double, lower: Double, upper: Double) {
    precondition(deviation > 0 && lower <= upper, "a deviation, and bounds in their order")
    self.mean = mean
    self.deviation = deviation
    self.lower = lower
    self.upper = upper
  }

  /// The probability of `value` or more: (Φ(u) - Φ(z)) / (Φ(u) - Φ(l)), all standardised; 1 at the lower bound.
  public func survival(_ value: Double) -> Double {
    if value <= lower { return 1 }
    if value >= upper { return 0 }
    let (l, z, u) = ((lower - mean) / deviation, (value - mean) / deviation, (upper - mean) / deviation)
    return exp(Self.logMass(z, u) - Self.logMass(l, u))
  }

  /// log(Φ(q) - Φ(p)) for p < q.
  private static func logMass(_ p: Double, _ q: Double) -> Double {
    if p >= 0 {
      let from = logSurvival(p)
      return from + log1p(-exp(logSurvival(q) - from))
    }
    if q <= 0 { return logMass(-q, -p) }
    return log1p(-(NormalDistribution.cumulative(p) + NormalDistribution.survival(q)))
  }

  /// log(1 - Φ(z)).
  private static func logSurvival(_ z: Double) -> Double {
    if z == .infinity { return -.infinity }
    // Up to here erfc has its digits; from here on five terms of Mills's ratio have eleven.
    if z < 25 { return log(NormalDistribution.survival(z)) }
    let r = 1 / (z * z)
    let series = 1 - r * (1 - 3 * r * (1 - 5 * r * (1 - 7 * r)))
    return -0.5 * z * z - log(z * (2 * Double.pi).squareRoot()) + log(series)
  }
}
