/// The Sharpe ratio that the best of several trials is expected to reach by luck, from what they would show without
/// skill.
///
/// The bar of ``DeflatedSharpe`` as published takes the variance across trials as they are, skill included: the more they
/// differ in skill the higher it is, up to above the best of them. These two look at noise alone.
///
/// Shapes and units: per bar.
public enum NullBar {
  /// The bar by resampling: what the best of the trials gained by luck on average, in Sharpe ratios of the winner.
  ///
  /// Formula: mean_b(max_j (x̄*ⱼ,b - x̄ⱼ)·√T/ωⱼ)·s, with s the standard error of the winner's Sharpe ratio.
  ///
  /// Reference: the bootstrap is that of White 2000, "A reality check for data snooping".
  public static func byResampling(_ luck: LuckOfTheBest, standardErrorPerBar: Double) -> Double {
    luck.mean * standardErrorPerBar
  }

  /// The bar by the false strategy theorem, with the variance that trials without skill have across each other.
  ///
  /// Formula: √((1-ρ̄)·s̄²)·E[max of N]: N trials that have the variance s̄² and the correlation ρ̄ differ by the part
  /// 1 - ρ̄ of it. A ρ̄ below 0 counts as 0.
  ///
  /// - Parameters:
  ///   - trials: N.
  ///   - averageCorrelation: ρ̄ of the returns.
  ///   - meanSquaredError: s̄², the mean of the squared standard errors of the trials' Sharpe ratios.
  ///
  /// Reference: Bailey & López de Prado 2014, "The deflated Sharpe ratio", equation 1, for E[max]; Owen & Steck 1962,
  /// "Moments of order statistics from the equicorrelated multivariate normal distribution", for 1 - ρ.
  public static func byDependence(trials: Double, averageCorrelation: Double, meanSquaredError: Double)
    -> Double
  {
    let correlation = averageCorrelation.isNaN ? .nan : min(max(averageCorrelation, 0), 1)
    return ((1 - correlation) * meanSquaredError).squareRoot() * ExpectedMaximum.approximate(trials: trials)
  }
}
