/// How much the best of several strategies gains by luck alone, as resampling them together shows it: no number of trials,
/// no variance across them and no independence is assumed.
///
/// Formula: m_b = max_j √T·(x̄*ⱼ,b - x̄ⱼ)/ωⱼ over strategies j, for each resample b; its mean and its quantiles.
///
/// Shapes and units: in standard errors. Times the standard error of a Sharpe ratio (``MeanReturn/sharpeError(deviation:)``)
/// they are Sharpe ratios: "the best of these has x by luck".
///
/// Null hypothesis: no strategy has an expected return other than the benchmark's.
///
/// Edge cases: NaN without any strategy that has variance.
///
/// Reference: Hansen 2005, "A test for superior predictive ability", section 3; Romano & Wolf 2005, "Stepwise multiple
/// testing as formalized data snooping", section 3.
public struct LuckOfTheBest: Equatable, Sendable {
  /// m_b, by resample.
  public let maxima: [Double]
  /// Of all resamples.
  public let mean: Double

  /// The luck of all strategies that went into `maxima`.
  public init(_ maxima: SnoopingMaxima) {
    self.init(maxima: maxima.maxima(.upper))
  }

  /// The luck that such maxima show, a resample each.
  public init(maxima: [Double]) {
    let isDefined = maxima.allSatisfy(\.isFinite)
    self.maxima = maxima
    mean = isDefined ? SampleSummary(maxima).mean : .nan
  }

  /// What the luck of the best does not exceed in a share of `level`, in 0...1, of all resamples.
  public func quantile(_ level: Double) -> Double {
    mean.isNaN ? .nan : SampleSummary(maxima, quantiles: [level]).quantiles[0]
  }

  /// What the luck of the best exceeds with a probability of at most `level`, the resamples being a sample themselves:
  /// whatever is above has a p-value of at most `level`; ∞ with fewer than 1/`level` - 1 resamples.
  public func criticalValue(level: Double) -> Double {
    mean.isNaN ? .nan : SortedMaxima(maxima).criticalValue(level: level)
  }
}
