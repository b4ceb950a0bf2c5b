import Kernels

/// Mean, deviations and standardised moments of a tally's net returns, of which `count` count.
struct Moments {
  let mean: Double
  /// With n - 1; undefined below two returns.
  let sampleDeviation: Double
  /// With n; undefined below two returns.
  let populationDeviation: Double
  let skewness: Double
  /// Raw: 3 for a normal distribution.
  let kurtosis: Double

  init(_ tally: Tally, count: Double, rounding: SpreadRounding) {
    let moments = PowerSumMoments(tally, count: count, rounding: rounding)
    let variance = moments.populationVariance
    mean = moments.mean
    populationDeviation = count > 1 ? variance.squareRoot() : .nan
    sampleDeviation = count > 1 ? (variance * count / (count - 1)).squareRoot() : .nan
    skewness = moments.skewness
    kurtosis = moments.kurtosis
  }
}
