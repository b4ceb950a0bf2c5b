import Backtesting
import Statistics

/// How much of the winner's Sharpe ratio is left once it is known that it is the best of many.
///
/// Everything is per return, by the run's convention: per bar under `portfolio`, per bar in the market under `per-trade`.
public struct Deflation: Sendable {
  /// The winner's Sharpe ratio in training, not annualised.
  public let sharpePerReturn: Double
  /// The returns it was estimated from.
  public let returns: Int
  /// The probability that the winner's true Sharpe ratio is above 0, were it the only strategy (convention 2012).
  public let probabilisticSharpe: Double
  /// The same above what the best of all strategies is expected to show without skill.
  public let deflated: DeflatedSharpe
  /// Strategies whose Sharpe ratio is undefined: they count as trials, but have no say in the variance across trials.
  public let undefined: Int

  /// - Parameter winner: the winner's performance in training.
  init(_ winner: Performance, training: TrainingColumns, experiment: Experiment) {
    let annual = experiment.barsPerYear.squareRoot()
    let (variance, undefined) = DeflatedSharpe.varianceAcrossTrials(
      training.sharpeRatios.map { $0 / annual })
    let isPerTrade = experiment.configuration.convention == .perTrade
    returns = isPerTrade ? Int(winner.trades) : experiment.training.bars.count
    let estimate = SharpeEstimate(
      bars: returns, sharpePerBar: winner.sharpeRatio / annual, skewness: winner.skewness,
      kurtosis: winner.kurtosis)
    sharpePerReturn = estimate.sharpePerBar
    probabilisticSharpe = estimate.probability(above: 0, convention: .bailey2012)
    deflated = DeflatedSharpe(
      best: estimate, trials: Double(training.sharpeRatios.count), varianceAcrossTrials: variance)
    self.undefined = undefined
  }
}
