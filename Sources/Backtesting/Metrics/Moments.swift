import Kernels

/// Mean, deviations and standardised moments of a tally's net returns, of which `count` count.
///
/// Bars that do not count have returned zero, so power sums need no correction for them.
struct Moments {
  let mean: Double
  /// With n - 1; undefined below two returns.
  let sampleDeviation: Double
  /// With n.
  let populationDeviation: Double
  let skewness: Double
  /// Raw: 3 for a normal distribution.
  let kurtosis: Double

  init(_ tally: Tally, count: Double) {
    guard count > 0 else {
      mean = .nan
      sampleDeviation = .nan
      populationDeviation = .nan
      skewness = .nan
      kurtosis = .nan
      return
    }
    let mean = tally.sum / count
    let raw2 = tally.sumOfSquares / count
    let raw3 = tally.sumOfCubes / count
    let raw4 = tally.sumOfFourths / count
    // What is below the rounding of its terms is no variance: a constant return has none. Either sum of n terms is off by
    // up to (n + 1)·2⁻⁵³ of itself, the square of the mean by twice that.
    let spread = raw2 - mean * mean
    let variance = spread > raw2 * (count + 8) * 0x1p-51 ? spread : 0
    self.mean = mean
    populationDeviation = variance.squareRoot()
    sampleDeviation = count > 1 ? (variance * count / (count - 1)).squareRoot() : .nan
    let third = raw3 - 3 * mean * raw2 + 2 * mean * mean * mean
    let fourth = raw4 - 4 * mean * raw3 + 6 * mean * mean * raw2 - 3 * mean * mean * mean * mean
    skewness = variance > 0 ? third / (variance * variance.squareRoot()) : .nan
    kurtosis = variance > 0 ? fourth / (variance * variance) : .nan
  }
}
