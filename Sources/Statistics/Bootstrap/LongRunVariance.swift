import Glibc

/// The variance of the mean of a series that depends on what was before, by a kernel over what is left once the nearest
/// dependence is taken out.
///
/// Formula: e[t] = y[t] - ρ·y[t-1] with y the series less its mean and ρ its regression on the bar before, within ±0.97;
/// ω² = (γ₀ + 2·Σ k(i/S)·γᵢ)/(1-ρ)², γ the autocovariances of e divided by the number of bars, k the quadratic spectral
/// kernel 25/(12π²x²)·(sin(6πx/5)/(6πx/5) - cos(6πx/5)). S = 1.3221·(4a²/(1-a)⁴·n)^⅕ with a the regression of e on its
/// own last bar.
///
/// Shapes and units: ω² of one bar, as in ``MeanReturn``: the mean has the variance ω²/n. The resampled blocks of the
/// bootstrap see less of the dependence than there is, as each begins anew; this does not.
///
/// Null hypothesis: none.
///
/// Edge cases: NaN below four bars and where a value is not finite; 0 without variance. Lags of more than 64·S, whose
/// weights are below 10⁻⁴, are left out.
///
/// Reference: Andrews & Monahan 1992, "An improved heteroskedasticity and autocorrelation consistent covariance matrix
/// estimator", section 3; Andrews 1991, "Heteroskedasticity and autocorrelation consistent covariance matrix
/// estimation", equations 2.7, 6.2 and 6.4, there S is S_T and a is ρ̂.
public enum LongRunVariance {
  private static let fewestBars = 4
  /// Beyond it the recolouring would be by more than 1,000.
  private static let mostPersistent = 0.97

  /// ω² of `series`.
  public static func prewhitened(_ series: [Double]) -> Double {
    let moments = ReturnMoments(series)
    guard series.count >= fewestBars, moments.populationVariance.isFinite else { return .nan }
    guard moments.populationVariance > 0 else { return 0 }
    var residuals = series.map { $0 - moments.mean }
    let persistence = regression(residuals)
    // In their place: long series are made once.
    for bar in 1..<residuals.count { residuals[bar - 1] = residuals[bar] - persistence * residuals[bar - 1] }
    residuals.removeLast()
    var variance = product(residuals, lag: 0)
    let own = regression(residuals)
    let reduced = 1 - own
    let bandwidth =
      1.3221 * pow(4 * own * own / (reduced * reduced * reduced * reduced) * Double(residuals.count), 0.2)
    let lags = min(residuals.count - 1, Int((64 * bandwidth).rounded(.up)))
    for lag in stride(from: 1, through: lags, by: 1) {
      variance += 2 * kernel(Double(lag) / bandwidth) * product(residuals, lag: lag)
    }
    return variance / Double(residuals.count) / ((1 - persistence) * (1 - persistence))
  }

  /// Of a series on its own last bar.
  private static func regression(_ series: [Double]) -> Double {
    let square = product(series, lag: 0) - series[series.count - 1] * series[series.count - 1]
    guard square > 0 else { return 0 }
    return min(max(product(series, lag: 1) / square, -mostPersistent), mostPersistent)
  }

  /// In four sums, which do not wait for each other.
  private static func product(_ series: [Double], lag: Int) -> Double {
    var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
    var bar = lag
    while bar + 4 <= series.count {
      first += series[bar] * series[bar - lag]
      second += series[bar + 1] * series[bar + 1 - lag]
      third += series[bar + 2] * series[bar + 2 - lag]
      fourth += series[bar + 3] * series[bar + 3 - lag]
      bar += 4
    }
    while bar < series.count {
      first += series[bar] * series[bar - lag]
      bar += 1
    }
    return first + second + (third + fourth)
  }

  /// The quadratic spectral kernel, for x > 0: no estimate by it is negative.
  private static func kernel(_ x: Double) -> Double {
    let z = 6 * Double.pi * x / 5
    return 3 / (z * z) * (sin(z) / z - cos(z))
  }
}
