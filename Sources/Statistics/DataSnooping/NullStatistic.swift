import Glibc
import Kernels

/// Whose largest value over all strategies is kept for each resample: how a strategy's resampled mean is scaled and
/// what it is centred at, so that it imitates the null hypothesis.
public enum NullStatistic: Int, CaseIterable, Sendable {
  /// √T·(x̄* - x̄): White's, in units of the returns.
  case plain
  /// √T·(x̄* - max(x̄, 0))/ω: losers stay losers, the fewest strategies matter.
  case lower
  /// √T·(x̄* - x̄·[√T·x̄/ω ≥ -√(2·log log T)])/ω: clear losers stay losers.
  case consistent
  /// √T·(x̄* - x̄)/ω: every strategy is as good as the benchmark, the least favourable case.
  case upper

  /// The center and the scale for the resampled sum of a strategy, `nil` if it has no part.
  ///
  /// Everything is in sums, not in means: those of whole numbers are exact, so ties remain ties.
  func term(_ mean: MeanReturn) -> ResampleTerm? {
    guard self == .plain ? mean.isDefined : mean.hasVariance else { return nil }
    let center =
      switch self {
      case .plain, .upper: mean.sum
      case .lower: max(mean.sum, 0)
      case .consistent: mean.statistic >= Self.threshold(bars: mean.bars) ? mean.sum : 0
      }
    return ResampleTerm(center: center, scale: self == .plain ? mean.plainScale : mean.studentisedScale)
  }

  /// What is observed where this is resampled; NaN if the strategy has no part.
  func observed(_ mean: MeanReturn) -> Double {
    self == .plain ? mean.scaledMean : mean.statistic
  }

  /// -√(2·log log T), below which a strategy is a clear loser. Hansen 2005, section 2.
  private static func threshold(bars: Int) -> Double {
    -(2 * log(log(Double(bars)))).squareRoot()
  }
}
