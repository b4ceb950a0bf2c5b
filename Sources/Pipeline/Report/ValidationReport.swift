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

extension Outcome {
  /// The outcome of strategy `strategy` along its path.
  ///
  /// - Precondition: bars are left for validation.
  init(_ strategy: Int, path: ReferenceKernel.Path, of experiment: Experiment) {
    self.strategy = strategy
    name = experiment.strategies.name(of: strategy)
    training = experiment.performance(experiment.tally(path, segment: 0))
    validation = experiment.performance(experiment.tally(path, segment: 1))
  }
}

/// What validation says about the selected strategies.
public struct ValidationReport: Sendable {
  /// The winner first.
  public let outcomes: [Outcome]
  /// What luck alone gives the best win rate.
  public let luck: Luck
  /// What the statistics of overfitting say.
  let figures: OverfittingFigures
  /// Why the winner counts as overfitted, each a sentence with its figure and its bound.
  public let reasons: [String]

  /// The winner.
  public var winner: Outcome { outcomes[0] }

  init(outcomes: [Outcome], luck: Luck, figures: OverfittingFigures, experiment: Experiment) {
    self.outcomes = outcomes
    self.luck = luck
    self.figures = figures
    self.reasons = Self.reasons(winner: outcomes[0], luck: luck, figures: figures, experiment: experiment)
  }

  private static func reasons(
    winner: Outcome, luck: Luck, figures: OverfittingFigures, experiment: Experiment
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
    reasons += figures.reasons(experiment.configuration.detection)
    if winner.validation.trades == 0 {
      reasons.append("The winner makes no trade in validation, so nothing confirms it; the bound is 1 trade.")
    }
    return reasons
  }
}
