import Glibc

/// A distribution over the integers with one peak, such as the number of wins among some trades.
///
/// Tails are sums of positive terms that start at their largest, so they are as sharp as the mass itself, and only
/// the larger of the two tails is ever had by subtraction from 1.
public protocol CountDistribution: Sendable {
  /// The mean, at which the mass has its peak (to within one).
  var mean: Double { get }
  /// The variance.
  var variance: Double { get }
  /// The largest value that can be.
  var largest: Int { get }
  /// The logarithm of the probability of exactly `x`; -∞ where `x` cannot be.
  func logMass(_ x: Int) -> Double
  /// The probability of `x - 1` over that of `x`, for an `x` of at least 1 that can be.
  func ratioBelow(_ x: Int) -> Double
}

extension CountDistribution {
  /// The probability of exactly `x`.
  public func mass(_ x: Int) -> Double { exp(logMass(x)) }

  /// The probability of at most `x`.
  public func cumulative(_ x: Int) -> Double {
    Double(x) <= mean ? lowerTail(x) : 1 - upperTail(x + 1)
  }

  /// The probability of more than `x`, sharp where `1 - cumulative(x)` is not.
  public func survival(_ x: Int) -> Double {
    Double(x + 1) > mean ? upperTail(x + 1) : 1 - lowerTail(x)
  }

  /// P(X ≤ x) for x up to the mean.
  private func lowerTail(_ x: Int) -> Double {
    guard x >= 0 else { return 0 }
    var term = mass(x)
    var sum = term
    for lower in stride(from: x, to: 0, by: -1) where term > 0 {
      term *= ratioBelow(lower)
      sum += term
      if term < sum * Double.ulpOfOne / 64 { break }
    }
    return min(sum, 1)
  }

  /// P(X ≥ x) for x from the mean on.
  private func upperTail(_ x: Int) -> Double {
    guard x <= largest else { return 0 }
    var term = mass(x)
    var sum = term
    var upper = x + 1
    while upper <= largest, term > sum * Double.ulpOfOne / 64 {
      term /= ratioBelow(upper)
      sum += term
      upper += 1
    }
    return min(sum, 1)
  }
}
