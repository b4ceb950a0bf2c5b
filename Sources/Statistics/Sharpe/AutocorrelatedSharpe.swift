import Glibc

/// What autocorrelation does to a Sharpe ratio: to its standard error and to its value over a longer period.
public enum AutocorrelatedSharpe {
  /// The standard error of the Sharpe ratio per bar of returns that may be autocorrelated.
  ///
  /// Formula: √(V/T), V = Γ₀ + 2·Σ (1 - j/(m+1))·Γⱼ over j in 1...m, with Γⱼ the autocovariance at lag j of
  /// the influence ψ = (x-μ)/σ - SR/2·((x-μ)²/σ² - 1), moments with n.
  ///
  /// Shapes and units: `returns` one a bar as fractions; per bar, not annualised. `lags` is m; by default
  /// ⌊4·(T/100)^(2/9)⌋. With m = 0 it is the standard error of independent returns with their own skewness
  /// and kurtosis.
  ///
  /// Edge cases: NaN below two returns, without variance and where a return is NaN.
  ///
  /// Reference: Lo 2002, "The statistics of Sharpe ratios", equations 12 to 15 (generalised method of
  /// moments); the weights are those of Newey & West 1987, the default lag is their rule of 1994.
  public static func standardErrorPerBar(_ returns: [Double], lags: Int? = nil) -> Double {
    guard let influence = influences(of: returns)?.values else { return .nan }
    let bars = Double(returns.count)
    let lags = min(lags ?? defaultLags(bars: returns.count), returns.count - 1)
    var variance = autocovariance(influence, lag: 0)
    for lag in stride(from: 1, through: lags, by: 1) {
      variance += 2 * (1 - Double(lag) / Double(lags + 1)) * autocovariance(influence, lag: lag)
    }
    return (variance / bars).squareRoot()
  }

  /// The Sharpe ratio per bar, of moments with n, and how much each return moves it, times T: ψ, which sums to 0; `nil`
  /// without variance and where a return is NaN.
  static func influences(of returns: [Double]) -> (sharpePerBar: Double, values: [Double])? {
    let moments = ReturnMoments(returns)
    guard moments.populationVariance > 0 else { return nil }
    let deviation = moments.populationVariance.squareRoot()
    let sharpe = moments.mean / deviation
    let values = returns.map { value in
      let z = (value - moments.mean) / deviation
      return z - sharpe / 2 * (z * z - 1)
    }
    return (sharpe, values)
  }

  /// ⌊4·(T/100)^(2/9)⌋, the number of lags by the rule of Newey & West 1994.
  public static func defaultLags(bars: Int) -> Int {
    Int(4 * pow(Double(bars) / 100, 2.0 / 9))
  }

  /// The factor from the Sharpe ratio of a bar to that of `bars` bars.
  ///
  /// Formula: η(q) = q / √(q + 2·Σ (q-k)·ρₖ over k in 1..<q); √q without autocorrelation.
  ///
  /// Shapes and units: `autocorrelations` holds ρ₁, ρ₂, …; those that are missing are 0.
  ///
  /// Edge cases: NaN where the autocorrelations leave no positive variance.
  ///
  /// Reference: Lo 2002, equation 20; there q is `bars`.
  public static func aggregationFactor(bars: Int, autocorrelations: [Double]) -> Double {
    let q = Double(bars)
    var variance = q
    for (index, correlation) in autocorrelations.prefix(max(bars - 1, 0)).enumerated() {
      variance += 2 * (q - Double(index + 1)) * correlation
    }
    return variance > 0 ? q / variance.squareRoot() : .nan
  }

  /// The factor from the Sharpe ratio of a bar to that of `bars` bars whose returns follow an AR(1) process.
  ///
  /// Formula: √q·(1 + 2ρ/(1-ρ)·(1 - (1-ρ^q)/(q·(1-ρ))))^(-½).
  ///
  /// Reference: Lo 2002, equation 22; there q is `bars` and ρ is `autocorrelation`, in (-1, 1). Harvey & Liu
  /// 2015 correct Sharpe ratios by it.
  public static func aggregationFactor(bars: Double, autocorrelation r: Double) -> Double {
    let correction = 1 + 2 * r / (1 - r) * (1 - (1 - pow(r, bars)) / (bars * (1 - r)))
    return (bars / correction).squareRoot()
  }

  /// The first autocorrelations of `returns`, at the lags 1...`lags`.
  ///
  /// Formula: ρₖ = Σ (x[t]-μ)(x[t-k]-μ) / Σ (x[t]-μ)².
  ///
  /// Edge cases: NaN without variance and at lags that are not shorter than the series.
  public static func autocorrelations(of returns: [Double], lags: Int) -> [Double] {
    let moments = ReturnMoments(returns)
    let centred = returns.map { $0 - moments.mean }
    return (1...max(lags, 1)).prefix(lags).map { lag in
      guard moments.populationVariance > 0, lag < returns.count else { return .nan }
      return autocovariance(centred, lag: lag) / moments.populationVariance
    }
  }

  /// Σ y[t]·y[t-lag] / n of a series whose mean is 0.
  private static func autocovariance(_ series: [Double], lag: Int) -> Double {
    var sum = 0.0
    for t in lag..<series.count { sum += series[t] * series[t - lag] }
    return sum / Double(series.count)
  }
}
