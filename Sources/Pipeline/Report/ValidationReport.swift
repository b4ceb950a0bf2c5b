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
    if luck.isCompared {
      let isCoin = experiment.configuration.isClassic
      checks.append(Self.luck(luck, winner, of: isCoin ? "luck alone" : "fair coins"))
    }
    checks += figures.checks(detection)
    if winner.validation.trades == 0 { checks.append(Self.noTrade) }
    let decision = SkillDecision(figures, detection, trades: Int(winner.training.trades))
    verdict = Verdict(detection.rule, decision, checks: checks)
  }

  private static func drop(_ winner: Outcome, bound: Double) -> Verdict.Check {
    let drop = winner.drop(of: .winRate)
    let (fall, most) = (points(drop), points(bound))
    let (before, after) = (winner.training.winRate, winner.validation.winRate)
    let fell = "from \(Figures.percent(before)) in training to \(Figures.percent(after)) in validation"
    return Verdict.Check(
      "fall of win rate",
      "\(Figures.decimals(fall, 1, against: most)) points\(fall < 0 ? ", a rise" : "")",
      needs: "≤ \(Figures.short(most)) points", (fell, fell), isDefined: !drop.isNaN, passes: fall <= most,
      reason:
        "The win rate fell by \(Figures.decimals(drop, 4, against: bound)), more than the bound of \(bound).")
  }

  /// A fraction in points: 0.8 less 0.73 is 7 of them, not the 7.000000000000006 that subtraction leaves.
  private static func points(_ fraction: Double) -> Double { (fraction * 1e12).rounded() / 1e10 }

  /// - Parameter coins: who is as lucky; a rule is no coin, and may win more often without knowing anything.
  private static func luck(_ luck: Luck, _ winner: Outcome, of coins: String) -> Verdict.Check {
    let (rate, best) = (winner.training.winRate, luck.best)
    let percents = Figures.apart(rate, best, digits: 1, Figures.percent)
    let shares = Figures.apart(rate, best, digits: 4, Figures.decimals)
    return Verdict.Check(
      "win rate", percents.0, needs: "> \(percents.1)",
      ("above the best by \(coins)", "no better than the best by \(coins)"),
      isDefined: !rate.isNaN && !best.isNaN, passes: rate > best,
      reason: "The winner's training win rate of \(shares.0) is no better than the "
        + "\(shares.1) expected of the best of \(Figures.count(luck.strategies)) by luck.")
  }

  private static let noTrade = Verdict.Check(
    "validation trades", "0", needs: "≥ 1: nothing confirms the winner",
    absentFor: "The winner makes no trade in validation, so nothing confirms it; the bound is 1 trade.")
}
