/// The deflated Sharpe ratio: how confident one may be in the best of many trials, given how many were made.
///
/// Formula: PSR(SR*) with SR* = SR₀ + √V·E[max of N], the Sharpe ratio that the best of N trials is expected to show whose
/// true one is SR₀, 0 for none of skill.
///
/// Shapes and units: everything per bar; V is the variance (n - 1) of the Sharpe ratios across the trials, copies once
/// (``DistinctSharpes``), never that of the estimator, and N counts every trial, rejected ones and duplicates included.
///
/// Null hypothesis: no trial has skill. Above 0.95 speaks against it.
///
/// Edge cases: with one trial it is the probabilistic Sharpe ratio against 0, whatever V, which one trial does not have;
/// NaN where that is, and with more trials where V is.
///
/// Reference: Bailey & López de Prado 2014, "The deflated Sharpe ratio", equation 2.
public struct DeflatedSharpe: Equatable, Sendable {
  /// N, whole or an effective number of independent trials.
  public let trials: Double
  /// V, per bar.
  public let varianceAcrossTrials: Double
  /// SR*, per bar.
  public let benchmarkPerBar: Double
  /// The deflated Sharpe ratio, a probability.
  public let probability: Double
  /// Of the probabilistic Sharpe ratio within.
  public let convention: ProbabilisticSharpeConvention

  /// Deflates the estimate of the best trial.
  ///
  /// - Parameter thresholdPerBar: SR₀.
  public init(
    best: SharpeEstimate, trials: Double, varianceAcrossTrials: Double, thresholdPerBar: Double = 0,
    convention: ProbabilisticSharpeConvention = .bailey2012
  ) {
    self.trials = trials
    self.varianceAcrossTrials = varianceAcrossTrials
    self.convention = convention
    let expected = ExpectedMaximum.approximate(trials: trials)
    // One trial has no variance across trials, and needs none.
    benchmarkPerBar =
      thresholdPerBar + (expected == 0 ? 0 : varianceAcrossTrials.squareRoot() * expected)
    probability = best.probability(above: benchmarkPerBar, convention: convention)
  }

  /// Compares the estimate of the best trial with a bar that was found otherwise, such as ``NullBar``; the variance across
  /// trials has no part in it (NaN).
  public init(
    best: SharpeEstimate, trials: Double, benchmarkPerBar: Double,
    convention: ProbabilisticSharpeConvention = .bailey2012
  ) {
    self.trials = trials
    self.convention = convention
    self.benchmarkPerBar = benchmarkPerBar
    varianceAcrossTrials = .nan
    probability = best.probability(above: benchmarkPerBar, convention: convention)
  }

  /// The variance (n - 1) of the Sharpe ratios of all trials, copies once, and how many of them are undefined and so left
  /// out.
  ///
  /// Edge cases: NaN with fewer than two that are defined; 0 where all are copies of one.
  public static func varianceAcrossTrials(_ sharpesPerBar: [Double]) -> (variance: Double, undefined: Int) {
    let distinct = DistinctSharpes(sharpesPerBar)
    return (
      distinct.variance(of: sharpesPerBar), sharpesPerBar.count - distinct.numbers.count - distinct.copies
    )
  }
}
