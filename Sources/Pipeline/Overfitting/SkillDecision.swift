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

  /// A single strategy was not chosen.
  static let fewestStrategies = 2
  /// Of fewer trades, or returns, no statistic can say anything.
  static let fewestTrades = 10
  /// Resamples of fewer returns know too little of their own error: at 100 the level is 6 % where it should be 5.
  static let fewestReturns = 60

  /// ``maximumPBO`` as a person reads it.
  private var boundOfPBO: String { "\((maximumPBO * 1e4).rounded() / 1e4)" }

  /// The outcome, and why in a few words.
  var outcome: (Verdict.Outcome, String) {
    let p = "p-value \(Figures.probability(winnerPValue, against: level))"
    if strategies < Self.fewestStrategies { return (.undecided, "one strategy: nothing was chosen") }
    if trades < Self.fewestTrades {
      return (.undecided, "\(trades) trades of the winner, \(Self.fewestTrades) are needed")
    }
    if returns < Self.fewestReturns {
      return (.undecided, "\(returns) returns, \(Self.fewestReturns) are needed")
    }
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
    [
      Verdict.Check(
        "winner's p-value", Figures.probability(winnerPValue, against: level), needs: "≤ \(level)",
        ("luck seldom does as well", "luck alone does as well"), isDefined: !winnerPValue.isNaN,
        passes: winnerPValue <= level, reason: nil),
      Verdict.Check(
        "PBO", Figures.probability(pbo, against: maximumPBO), needs: "≤ \(boundOfPBO)",
        ("winners rank high out of sample", "no better than chance out of sample"), isDefined: !pbo.isNaN,
        passes: pbo <= maximumPBO, reason: nil),
    ]
  }
}

extension SkillDecision {
  init(_ figures: OverfittingFigures, _ bounds: DetectionOptions, trades: Int) {
    // The bound is for an even number of strategies, of which chance has a half.
    let byChance = 2 * figures.pboByChance * bounds.maximumPBO
    self.init(
      winnerPValue: figures.winnerPValue, level: bounds.level, pbo: figures.pbo,
      maximumPBO: figures.pboOfShuffles.isNaN ? byChance : figures.pboOfShuffles,
      strategies: figures.deflatedSharpe.trials, trades: trades, returns: figures.deflatedSharpe.returns)
  }
}
