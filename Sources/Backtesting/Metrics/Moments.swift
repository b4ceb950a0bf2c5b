import Kernels

/// Mean, deviations and standardised moments of a tally's net returns, of which `count` count.
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
    // Either sum of n terms is off by up to (n + 1)·2⁻⁵³ of itself, the square of the mean by twice that.
    let moments = PowerSumMoments(tally, count: count, rounding: (count + 8) * 0x1p-51)
    let variance = moments.populationVariance
    mean = moments.mean
    populationDeviation = variance.squareRoot()
    sampleDeviation = count > 1 ? (variance * count / (count - 1)).squareRoot() : .nan
    skewness = moments.skewness
    kurtosis = moments.kurtosis
  }
}
