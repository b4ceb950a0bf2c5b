/// The rule of the verdict.
public enum VerdictRule: String, Codable, CaseIterable, Sendable {
  /// The winner's own step-down p-value, at a level, and PBO: where no strategy has skill, skill is shown in a share of
  /// sweeps of the level at most.
  case stepdown
  /// Every classic check by its own bound, all of which have to pass.
  case classic
}

/// The figures that decide by ``VerdictRule/stepdown``, and what follows from them.
struct SkillDecision: Equatable, Sendable {
  /// The winner's step-down p-value, adjusted for all that were tried; NaN where nothing was resampled.
  let winnerPValue: Double
  /// Up to which it shows skill.
  let level: Double
  /// The probability of backtest overfitting; NaN where nothing was cross-validated.
  let pbo: Double
  /// Up to which choosing was no worse than chance: what it does not exceed on 95 % of shuffled bars, or else a bound.
  let maximumPBO: Double
  /// Strategies that were tried.
  let strategies: Int
  /// Trades of the winner in training, or the returns that count where no trades are known.
  let trades: Int
  /// Returns by which the winner is judged.
  let returns: Int
  /// Whether ``maximumPBO`` is that of shuffled bars.
  var isBoundOfShuffles = false

  /// A single strategy was not chosen.
  static let fewestStrategies = 2
  /// Of fewer trades, or returns, no statistic can say anything.
  static let fewestTrades = 10
  /// Resamples of fewer returns know too little of their own error: at 100 the level is 6 % where it should be 5.
  static let fewestReturns = 60

  /// ``maximumPBO`` as a person reads it.
  private var boundOfPBO: String { "\((maximumPBO * 1e4).rounded() / 1e4)" }

  /// What there is too little of to judge anything; `nil` where there is enough.
  private var tooLittle: String? {
    if strategies < Self.fewestStrategies { return "one strategy: nothing was chosen" }
    if trades < Self.fewestTrades { return "\(trades) trades of the winner, \(Self.fewestTrades) are needed" }
    if returns < Self.fewestReturns { return "\(returns) returns, \(Self.fewestReturns) are needed" }
    return nil
  }

  /// What the outcome means, in a sentence for who knows no statistics.
  var meaning: String {
    let (outcome, explanation) = outcome
    let share = Figures.percent(winnerPValue)
    let luck =
      "among \(Figures.count(strategies, "strategy", "strategies")) without skill the best does as well with a probability "
      + "of \(share)"
    return switch outcome {
    case .shown: "skill shown: \(luck)"
    case .undecided: "cannot be judged: \(explanation)"
    case .notShown:
      winnerPValue > level
        ? "not distinguishable from luck: \(luck); \(Figures.percent(level, 0)) or less is needed"
        : "not distinguishable from luck: what wins on some bars does no better than chance on others"
    }
  }

  /// The outcome, and why in a few words.
  var outcome: (Verdict.Outcome, String) {
    let p = "p-value \(Figures.probability(winnerPValue, against: level))"
    if let tooLittle { return (.undecided, tooLittle) }
    if winnerPValue.isNaN { return (.undecided, "no p-value of the winner") }
    if winnerPValue > level { return (.notShown, "\(p), above \(level)") }
    if pbo.isNaN { return (.undecided, "\(p), but no PBO") }
    let overfitting = Figures.probability(pbo, against: maximumPBO)
    return pbo > maximumPBO
      ? (.notShown, "\(p), but PBO \(overfitting), above \(boundOfPBO)")
      : (.shown, "\(p), PBO \(overfitting)")
  }

  /// The two comparisons that decide.
  var checks: [Verdict.Check] {
    let pValue = Figures.probability(winnerPValue, against: level)
    let overfitting = Figures.probability(pbo, against: maximumPBO)
    let bound = "≤ \(boundOfPBO)" + (isBoundOfShuffles ? ", as on 95 % of shuffles" : "")
    if tooLittle != nil {
      return [
        Verdict.Check("winner's p-value", winnerPValue.isNaN ? "–" : pValue, notCountedFor: "≤ \(level)"),
        Verdict.Check("PBO", pbo.isNaN ? "–" : overfitting, notCountedFor: bound),
      ]
    }
    return [
      Verdict.Check(
        "winner's p-value", pValue, needs: "≤ \(level)",
        ("luck seldom does as well", "luck alone may do as well"), isDefined: !winnerPValue.isNaN,
        passes: winnerPValue <= level, reason: nil),
      Verdict.Check(
        "PBO", overfitting, needs: bound,
        (
          pbo <= Self.lowPBO
            ? "winners rank high out of sample" : "within what chance gives, no evidence by itself",
          "winners rank no better than chance out of sample"
        ), isDefined: !pbo.isNaN, passes: pbo <= maximumPBO, reason: nil),
    ]
  }

  /// Chance alone is below it in few sweeps.
  private static let lowPBO = 0.2
}

extension SkillDecision {
  init(_ figures: OverfittingFigures, _ bounds: DetectionOptions, trades: Int) {
    // The bound is for an even number of strategies, of which chance has a half.
    let byChance = 2 * figures.pboByChance * bounds.maximumPBO
    self.init(
      winnerPValue: figures.winnerPValue, level: bounds.level, pbo: figures.pbo,
      maximumPBO: figures.pboOfShuffles.isNaN ? byChance : figures.pboOfShuffles,
      strategies: figures.deflatedSharpe.trials, trades: trades, returns: figures.deflatedSharpe.returns,
      isBoundOfShuffles: !figures.pboOfShuffles.isNaN)
  }
}
