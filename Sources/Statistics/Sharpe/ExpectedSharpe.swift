/// What Sharpe ratio to expect of the winner from here on: its estimate, drawn towards the mean of all by as much of their
/// spread as is noise.
///
/// Formula: m + k·(SR - m) with k = max(0, 1 - s²/V), s² = (1-ρ̄)·s̄²; m and V are the mean and the variance (n - 1) of the
/// estimates, s̄² the mean of their squared standard errors, ρ̄ the average correlation of returns (below 0 it counts as
/// 0): what is common to all trials makes them no different from each other.
///
/// Shapes and units: per bar.
///
/// Null hypothesis: none; the expectation where true Sharpe ratios are normally distributed, so that many are a little
/// good. Where one strategy has all the skill and the others none it falls far short of the truth: of 50 strategies of
/// which one has 2 a year it says about ½.
///
/// Edge cases: estimates that are undefined (NaN) are left out; NaN for fewer than two, and where the variance is 0 the
/// mean.
///
/// Reference: James & Stein 1961, "Estimation with quadratic loss"; Efron & Morris 1973, "Stein's estimation rule and its
/// competitors"; Witzany 2021, "A Bayesian approach to measurement of backtest overfitting", for Sharpe ratios.
public struct ExpectedSharpe: Equatable, Sendable {
  /// m.
  public let meanPerBar: Double
  /// k, the share of a lead that is not noise, in 0...1.
  public let keptShare: Double
  /// Of the winner.
  public let expectedPerBar: Double

  /// - Parameters:
  ///   - winnerPerBar: the winner's estimate.
  ///   - sharpesPerBar: of all trials, the winner included.
  ///   - averageCorrelation: ρ̄.
  ///   - meanSquaredError: s̄².
  public init(
    winnerPerBar: Double, sharpesPerBar: [Double], averageCorrelation: Double, meanSquaredError: Double
  ) {
    let moments = ReturnMoments(sharpesPerBar.filter { !$0.isNaN })
    let correlation = averageCorrelation.isNaN ? .nan : min(max(averageCorrelation, 0), 1)
    let noise = (1 - correlation) * meanSquaredError
    meanPerBar = moments.mean
    if noise.isNaN || moments.variance.isNaN {
      keptShare = .nan
    } else {
      keptShare = moments.variance > noise ? 1 - noise / moments.variance : 0
    }
    expectedPerBar = meanPerBar + keptShare * (winnerPerBar - meanPerBar)
  }
}
