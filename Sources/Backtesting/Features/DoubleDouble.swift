/// An unevaluated sum of two doubles, `high + low` with `abs(low) <= ulp(high) / 2`: 106 bits of precision.
///
/// Sums of prices need it so that a difference of two long sums still holds every bit of a short window.
///
/// Reference: Dekker 1971, "A floating-point technique for extending the available precision"; the error-free
/// sum is Knuth's (The Art of Computer Programming 2, section 4.2.2, theorem B).
struct DoubleDouble: Sendable, Equatable {
  let high: Double
  let low: Double

  static let zero = DoubleDouble(high: 0, low: 0)

  @inline(__always)
  static func + (sum: DoubleDouble, term: Double) -> DoubleDouble {
    let (high, error) = exactSum(sum.high, term)
    return renormalized(high, error + sum.low)
  }

  @inline(__always)
  static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let (high, highError) = exactSum(left.high, -right.high)
    let (low, lowError) = exactSum(left.low, -right.low)
    let partial = renormalized(high, highError + low)
    return renormalized(partial.high, partial.low + lowError)
  }

  /// The quotient by `divisor`, rounded to a double once, after the division.
  ///
  /// The remainder of the first quotient is exact thanks to the fused multiplication, so the two quotients
  /// together are good to about 2⁻¹⁰⁴.
  @inline(__always)
  func divided(by divisor: Double) -> Double {
    let quotient = high / divisor
    let remainder = high.addingProduct(-quotient, divisor) + low
    return quotient + remainder / divisor
  }

  /// The rounded sum and exactly what the rounding lost, whatever the order of magnitudes.
  @inline(__always)
  private static func exactSum(_ first: Double, _ second: Double) -> (sum: Double, error: Double) {
    let sum = first + second
    let secondPart = sum - first
    let firstPart = sum - secondPart
    return (sum, (first - firstPart) + (second - secondPart))
  }

  /// The same value with the parts no longer overlapping; needs `abs(low) <= abs(high)` or `high == 0`.
  @inline(__always)
  private static func renormalized(_ high: Double, _ low: Double) -> DoubleDouble {
    let sum = high + low
    return DoubleDouble(high: sum, low: low - (sum - high))
  }
}
