/// Mean, variance and standardised moments of net returns, from the power sums of their tally.
///
/// With n returns: m₁ = Σx/n, mₖ = Σ(x - m₁)ᵏ/n; skewness m₃/m₂^(3/2), kurtosis m₄/m₂². Without returns everything
/// is NaN; without variance there is no skewness and no kurtosis.
public struct PowerSumMoments: Sendable {
  /// m₁.
  public let mean: Double
  /// m₂, with n.
  public let populationVariance: Double
  /// m₃/m₂^(3/2).
  public let skewness: Double
  /// m₄/m₂², raw: 3 for a normal distribution.
  public let kurtosis: Double

  /// The part of the mean square of `count` returns below which a variance from power sums is the rounding of its terms,
  /// and counts as 0: (n + 8)·2⁻⁵¹.
  ///
  /// With u = 2⁻⁵³: each square is off by u of itself, the n - 1 additions of Σx² by (n - 1)u of the sum and the
  /// division by u, so the mean square is off by (n + 1)u of itself. Likewise m₁ is off by n·u of the mean
  /// magnitude, which is at most the root of the mean square; so m₁², itself rounded, is off by (2n + 1)u of the
  /// mean square, and the difference by u. That is 3(n + 1)u, and terms of u²; (n + 8)·4u is above it, however the
  /// sums were grouped.
  public static func rounding(count: Double) -> Double { (count + 8) * 0x1p-51 }

  /// The moments of `count` returns of `tally`; those that do not count have returned zero.
  ///
  /// Power sums cancel: where the mean is k deviations from 0, k² of the digits' precision is lost.
  public init(_ tally: Tally, count: Double) {
    guard count > 0 else {
      mean = .nan
      populationVariance = .nan
      skewness = .nan
      kurtosis = .nan
      return
    }
    let mean = tally.sum / count
    let raw2 = tally.sumOfSquares / count
    let raw3 = tally.sumOfCubes / count
    let raw4 = tally.sumOfFourths / count
    let spread = raw2 - mean * mean
    let variance = spread <= raw2 * Self.rounding(count: count) ? 0 : spread
    self.mean = mean
    populationVariance = variance
    guard variance > 0 else {
      skewness = .nan
      kurtosis = .nan
      return
    }
    let third = raw3 - 3 * mean * raw2 + 2 * mean * mean * mean
    let fourth = raw4 - 4 * mean * raw3 + 6 * mean * mean * raw2 - 3 * mean * mean * mean * mean
    skewness = third / (variance * variance.squareRoot())
    kurtosis = fourth / (variance * variance)
  }
}
