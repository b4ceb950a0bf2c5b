import Kernels

/// The count, mean, variance, skewness and raw kurtosis of one strategy's returns.
///
/// Formula: m₁ = Σx/n, mₖ = Σ(x - m₁)ᵏ/n; variance m₂·n/(n-1), skewness m₃/m₂^(3/2), kurtosis m₄/m₂².
///
/// Shapes and units: n returns, one a bar, as fractions; skewness and kurtosis have no unit.
///
/// Edge cases: without returns everything is NaN; the variance of one return is NaN; returns that are all
/// equal, but for what ``SpreadRounding`` says rounding can make, have variance 0 and no skewness or kurtosis; a return
/// that is NaN makes everything NaN.
///
/// Reference: Joanes & Gill 1998, the coefficients g₁ and g₂ + 3.
public struct ReturnMoments: Equatable, Sendable {
  /// The number of returns, n.
  public let bars: Int
  /// Per bar.
  public let mean: Double
  /// With n: m₂.
  public let populationVariance: Double
  /// γ₃, with the population deviation.
  public let skewness: Double
  /// Raw: 3 for a normal distribution.
  public let kurtosis: Double

  /// The moments of `returns`, in two passes.
  public init(_ returns: [Double]) {
    let n = Double(returns.count)
    bars = returns.count
    let rough = returns.reduce(0, +) / n
    // The second pass also repairs the first one's rounding.
    let mean = rough + returns.reduce(0) { $0 + ($1 - rough) } / n
    self.mean = mean
    guard let first = returns.first, !returns.allSatisfy({ $0 == first }) else {
      populationVariance = returns.isEmpty ? .nan : 0
      skewness = .nan
      kurtosis = .nan
      return
    }
    var second = 0.0
    var third = 0.0
    var fourth = 0.0
    for value in returns {
      let deviation = value - mean
      let square = deviation * deviation
      second += square
      third += square * deviation
      fourth += square * square
    }
    let variance = second / n
    guard !(variance <= (variance + mean * mean) * SpreadRounding.double.part(count: n)) else {
      populationVariance = 0
      skewness = .nan
      kurtosis = .nan
      return
    }
    populationVariance = variance
    skewness = third / n / (variance * variance.squareRoot())
    kurtosis = fourth / n / (variance * variance)
  }

  /// The moments of the net returns of all bars of `tally`, or of `count` of them where the others are 0.
  ///
  /// Power sums cancel: where the mean is k deviations from 0, k² of the digits' precision is lost. A
  /// variance within ``SpreadRounding`` of the mean square counts as 0.
  ///
  /// - Parameter rounding: that of the sums.
  public init(_ tally: Tally, count: Int? = nil, rounding: SpreadRounding = .double) {
    bars = count ?? tally.bars
    let moments = PowerSumMoments(tally, count: Double(bars), rounding: rounding)
    mean = moments.mean
    populationVariance = moments.populationVariance
    skewness = moments.skewness
    kurtosis = moments.kurtosis
  }

  /// With n - 1.
  public var variance: Double {
    bars > 1 ? populationVariance * Double(bars) / Double(bars - 1) : .nan
  }

  /// Mean over standard deviation (n - 1), not annualised; NaN without deviation, or with one beyond all numbers.
  public var sharpePerBar: Double {
    variance > 0 && variance.isFinite ? mean / variance.squareRoot() : .nan
  }
}
