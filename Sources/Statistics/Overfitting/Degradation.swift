import Kernels

/// How performance in sample carries over: the regression of out-of-sample on in-sample performance of the
/// selected.
///
/// Formula: least squares of R̄ = intercept + slope·R + ε over the splits, and R² = 1 - Σε²/Σ(R̄ - mean)².
///
/// Shapes and units: one pair a split, in the units of the metric; the slope has none.
///
/// Null hypothesis: none is tested. A slope of 1 with no intercept would be no degradation; a negative slope
/// says that those who did better in sample did worse outside.
///
/// Edge cases: pairs with an undefined side are left out; NaN below two pairs, or where all in-sample figures
/// are equal but for rounding; R² is NaN where all out-of-sample figures are.
///
/// Reference: Bailey, Borwein, López de Prado & Zhu 2017, "The probability of backtest overfitting", section
/// 5.2.
public struct Degradation: Equatable, Sendable {
  /// Of out of sample on in sample.
  public let slope: Double
  /// Out of sample where in sample is 0.
  public let intercept: Double
  /// R², in [0, 1].
  public let determination: Double

  /// The regression of `outOfSample` on `inSample`, pair by pair.
  public init(inSample: some Collection<Double>, outOfSample: some Collection<Double>) {
    // Gone through three times rather than kept: there may be millions.
    let pairs = zip(inSample, outOfSample).lazy.filter { !$0.isNaN && !$1.isNaN }
    let count = Double(pairs.reduce(0) { count, _ in count + 1 })
    let meanInside = pairs.reduce(0) { $0 + $1.0 } / count
    let meanOutside = pairs.reduce(0) { $0 + $1.1 } / count
    var varianceInside = 0.0
    var varianceOutside = 0.0
    var covariance = 0.0
    for (inside, outside) in pairs {
      varianceInside += (inside - meanInside) * (inside - meanInside)
      varianceOutside += (outside - meanOutside) * (outside - meanOutside)
      covariance += (inside - meanInside) * (outside - meanOutside)
    }
    let rounding = SpreadRounding.double.part(count: count)
    func varies(_ squares: Double, _ mean: Double) -> Bool {
      // What is not finite is for whoever reads the figures.
      !(squares <= (squares + count * mean * mean) * rounding)
    }
    guard count > 0, varies(varianceInside, meanInside) else {
      slope = .nan
      intercept = .nan
      determination = .nan
      return
    }
    slope = covariance / varianceInside
    intercept = meanOutside - covariance / varianceInside * meanInside
    determination =
      varies(varianceOutside, meanOutside)
      ? covariance * covariance / (varianceInside * varianceOutside) : .nan
  }
}
