import Artifacts
import Backtesting
import Kernels

/// One selected strategy in training and on bars it had not seen, both by the reference kernel.
public struct Outcome: Sendable {
  /// Its number.
  public let strategy: Int
  /// What it is called in artifacts.
  public let name: String
  /// On the bars that it was chosen on.
  public let training: Performance
  /// On the bars that it had not seen.
  public let validation: Performance

  /// How much `metric` fell from training to validation.
  public func drop(of metric: Metric) -> Double { training[metric] - validation[metric] }
}

/// What validation says about the selected strategies.
public struct ValidationReport: Sendable {
  /// The winner first.
  public let outcomes: [Outcome]
  /// What luck alone gives the best win rate.
  public let luck: Luck
  /// What is left of the winner's Sharpe ratio among so many.
  public let deflation: Deflation
  /// Why the winner counts as overfitted, each a sentence with its figure and its bound.
  public let reasons: [String]

  /// The winner.
  public var winner: Outcome { outcomes[0] }

  init(outcomes: [Outcome], luck: Luck, deflation: Deflation, experiment: Experiment) {
    self.outcomes = outcomes
    self.luck = luck
    self.deflation = deflation
    self.reasons = Self.reasons(
      winner: outcomes[0], luck: luck, deflation: deflation, experiment: experiment)
  }

  private static func reasons(
    winner: Outcome, luck: Luck, deflation: Deflation, experiment: Experiment
  ) -> [String] {
    let maximumDrop = experiment.configuration.detection.maximumDrop
    var reasons: [String] = []
    let drop = winner.drop(of: .winRate)
    if drop > maximumDrop {
      reasons.append(
        "The win rate fell by \(Figures.decimals(drop, 4)), more than the bound of \(maximumDrop).")
    }
    if experiment.configuration.selectionMetric == .winRate, winner.training.winRate <= luck.expectedBest {
      reasons.append(
        "The winner's training win rate of \(Figures.decimals(winner.training.winRate, 4)) is no better than the "
          + "\(Figures.decimals(luck.expectedBest, 4)) expected of the best of \(Figures.count(luck.strategies)) by luck."
      )
    }
    let bound = experiment.configuration.detection.minimumDeflatedSharpe
    if deflation.deflated.probability < bound {
      reasons.append(
        "The deflated Sharpe ratio of \(Figures.decimals(deflation.deflated.probability, 4)), over "
          + "\(Figures.count(Int(deflation.deflated.trials))) trials, is below the bound of \(bound).")
    }
    if winner.validation.trades == 0 {
      reasons.append("The winner makes no trade in validation, so nothing confirms it; the bound is 1 trade.")
    }
    return reasons
  }
}
