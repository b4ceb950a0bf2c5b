/// A Sharpe ratio as it was estimated, with what its precision depends on.
///
/// The ratio is per bar; ``annualized(barsPerYear:)`` is for showing it.
public struct SharpeEstimate: Equatable, Sendable {
  /// The number of returns it was estimated from, T.
  public let bars: Int
  /// Mean over standard deviation of the returns of one bar.
  public let sharpePerBar: Double
  /// γ₃ of the returns.
  public let skewness: Double
  /// γ₄ of the returns, raw: 3 for a normal distribution.
  public let kurtosis: Double
  /// The first autocorrelation ρ of the returns.
  public let autocorrelation: Double

  /// An estimate from `bars` returns; those of a normal distribution unless said otherwise.
  public init(
    bars: Int, sharpePerBar: Double, skewness: Double = 0, kurtosis: Double = 3, autocorrelation: Double = 0
  ) {
    self.bars = bars
    self.sharpePerBar = sharpePerBar
    self.skewness = skewness
    self.kurtosis = kurtosis
    self.autocorrelation = autocorrelation
  }

  /// The estimate that `moments` make.
  public init(_ moments: ReturnMoments, autocorrelation: Double = 0) {
    self.init(
      bars: moments.bars, sharpePerBar: moments.sharpePerBar, skewness: moments.skewness,
      kurtosis: moments.kurtosis, autocorrelation: autocorrelation)
  }

  /// The Sharpe ratio of a year, as if returns had no autocorrelation: √q times that of a bar, q bars a year.
  public func annualized(barsPerYear: Double) -> Double {
    sharpePerBar * barsPerYear.squareRoot()
  }

  /// The standard error of ``sharpePerBar``, returns being independent of each other.
  ///
  /// Formula: √((1 - γ₃·SR + (γ₄ - 1)/4·SR²) / T); for normal returns √((1 + SR²/2) / T).
  ///
  /// Edge cases: NaN without bars or where a moment is undefined.
  ///
  /// Reference: Lo 2002, "The statistics of Sharpe ratios", equation 9, for the normal; Mertens 2002 for the
  /// moments.
  public var standardErrorPerBar: Double {
    (varianceTerm(at: sharpePerBar, autocorrelation: 0) / Double(bars)).squareRoot()
  }

  /// T times the variance of the estimator when the true Sharpe ratio is `sharpe`.
  ///
  /// Formula: (1+ρ)/(1-ρ) - (1 + ρ/(1-ρ) + ρ²/(1-ρ²))·γ₃·SR + (1+ρ²)/(1-ρ²)·(γ₄-1)/4·SR².
  ///
  /// Reference: López de Prado, Lipton & Zoonekynd 2025, "How to use the Sharpe ratio"; with ρ = 0 Mertens
  /// 2002.
  func varianceTerm(at sharpe: Double, autocorrelation r: Double) -> Double {
    let square = r * r / (1 - r * r)
    let constant = 1 + 2 * r / (1 - r)
    let linear = 1 + r / (1 - r) + square
    let quadratic = 1 + 2 * square
    return constant - linear * skewness * sharpe + quadratic * (kurtosis - 1) / 4 * sharpe * sharpe
  }
}
