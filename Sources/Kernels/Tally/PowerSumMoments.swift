/// Mean, variance and standardised moments of net returns, from the power sums of their tally.
///
/// With n returns: m₁ = Σx/n, mₖ = Σ(x - m₁)ᵏ/n; skewness m₃/m₂^(3/2), kurtosis m₄/m₂². Without returns everything
/// is NaN; one return has no variance, and without variance there is no skewness and no kurtosis.
public struct PowerSumMoments: Sendable {
  /// m₁.
  public let mean: Double
  /// m₂, with n.
  public let populationVariance: Double
  /// m₃/m₂^(3/2).
  public let skewness: Double
  /// m₄/m₂², raw: 3 for a normal distribution.
  public let kurtosis: Double

  /// The moments of `count` returns of `tally`; those that do not count have returned zero.
  ///
  /// Power sums cancel: where the mean is k deviations from 0, k² of the digits' precision is lost.
  ///
  /// - Parameter rounding: what decides up to where a variance is none.
  public init(_ tally: Tally, count: Double, rounding: SpreadRounding = .double) {
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
    let variance = count <= 1 || spread <= raw2 * rounding.part(count: count) ? 0 : spread
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
