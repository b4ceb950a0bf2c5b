import Artifacts
import Backtesting
import Kernels

/// One selected strategy in training and on bars it had not seen, both by the reference kernel.
public struct Outcome: Sendable {
  /// Its number.
  public let strategy: Int
  /// What it is called in artifacts.
  public let name: String
  /// Its parameters by their names.
  public var parameters: [String: Measure] = [:]
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
    parameters = experiment.parameters(of: strategy)
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
  /// Whether the winner shows skill.
  public let verdict: Verdict

  /// Why the winner counts as overfitted, each a sentence with its figure and its bound.
  public var reasons: [String] { verdict.reasons }

  /// The winner.
  public var winner: Outcome { outcomes[0] }

  init(outcomes: [Outcome], luck: Luck, figures: OverfittingFigures, experiment: Experiment) {
    self.outcomes = outcomes
    self.luck = luck
    self.figures = figures
    let winner = outcomes[0]
    let detection = experiment.configuration.detection
    var checks = [Self.drop(winner, bound: detection.maximumDrop)]
    if experiment.configuration.selectionMetric == .winRate { checks.append(Self.luck(luck, winner)) }
    checks += figures.checks(detection)
    if winner.validation.trades == 0 { checks.append(Self.noTrade) }
    verdict = Verdict(
      checks, strategies: figures.deflatedSharpe.trials, trades: Int(winner.training.trades))
  }

  private static func drop(_ winner: Outcome, bound: Double) -> Verdict.Check {
    let drop = winner.drop(of: .winRate)
    return Verdict.Check(
      "fall of win rate", "\(Figures.decimals(100 * drop, 1)) points",
      needs: "≤ \(Figures.short((1_000 * bound).rounded() / 10)): from training to validation",
      isDefined: !drop.isNaN, passes: drop <= bound,
      reason: "The win rate fell by \(Figures.decimals(drop, 4)), more than the bound of \(bound).")
  }

  private static func luck(_ luck: Luck, _ winner: Outcome) -> Verdict.Check {
    let (rate, best) = (winner.training.winRate, luck.best)
    return Verdict.Check(
      "win rate", Figures.percent(rate), needs: "> \(Figures.percent(best)): the best by luck alone",
      isDefined: !rate.isNaN && !best.isNaN, passes: rate > best,
      reason: "The winner's training win rate of \(Figures.decimals(rate, 4)) is no better than the "
        + "\(Figures.decimals(best, 4)) expected of the best of \(Figures.count(luck.strategies)) by luck.")
  }

  private static let noTrade = Verdict.Check(
    "validation trades", "0", needs: "≥ 1: something to confirm it",
    absentFor: "The winner makes no trade in validation, so nothing confirms it; the bound is 1 trade.")
}
