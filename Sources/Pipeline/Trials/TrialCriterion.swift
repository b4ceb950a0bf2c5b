import Backtesting
import Statistics

/// A sign by which a winner passes for skilled; its raw value names it in artifacts.
public enum TrialCriterion: String, CaseIterable, Sendable {
  /// The verdict by the step-down rule: skill is shown.
  case skill = "skill_shown"
  /// The winner's own step-down p-value is not above the level.
  case stepdown = "stepdown_p_value"
  /// The deflated Sharpe ratio is not below its bound.
  case deflatedSharpe = "deflated_sharpe_ratio"
  /// The p-value after Bonferroni is not above 0.05.
  case bonferroni = "bonferroni_p_value"
  /// The p-value of superior predictive ability is not above its bound.
  case spa = "spa_p_value"
  /// The probability of backtest overfitting is not above its bound.
  case pbo = "probability_of_backtest_overfitting"
  /// The winner earned more than nothing on bars it had not seen.
  case validationSharpe = "validation_sharpe_ratio_above_0"
  /// There is no reason to call it overfitted.
  case noReason = "no_overfitting_reason"

  /// What the criterion looks at.
  var figure: TrialFigure {
    switch self {
    case .skill: .skill
    case .stepdown: .winnerPValue
    case .deflatedSharpe: .deflatedSharpe
    case .bonferroni: .bonferroniPValue
    case .spa: .spaPValue
    case .pbo: .pbo
    case .validationSharpe: .validationSharpe
    case .noReason: .reasons
    }
  }

  /// Whether a winner with this value of the figure passes; the same bounds as for the reasons of a sweep.
  func passes(_ value: Double, _ bounds: DetectionOptions) -> Bool {
    switch self {
    case .skill: value == 1
    case .stepdown: value <= bounds.level
    case .deflatedSharpe: value >= bounds.minimumDeflatedSharpe
    case .bonferroni: value <= MultiplicityFinding.level
    case .spa: value <= bounds.maximumSPAPValue
    case .pbo: value <= bounds.maximumPBO
    case .validationSharpe: value > 0
    case .noReason: value == 0
    }
  }

  /// What it is called in short.
  var name: String {
    switch self {
    case .skill: "verdict"
    case .stepdown: "step-down"
    case .deflatedSharpe: "DSR"
    case .bonferroni: "Bonferroni"
    case .spa: "SPA"
    case .pbo: "PBO"
    case .validationSharpe: "validation"
    case .noReason: "all"
    }
  }

  /// How tables and pictures call it.
  func title(_ bounds: DetectionOptions) -> String {
    switch self {
    case .skill: "verdict: skill shown"
    case .stepdown: "step-down p ≤ \(bounds.level)"
    case .deflatedSharpe: "DSR ≥ \(bounds.minimumDeflatedSharpe)"
    case .bonferroni: "Bonferroni p ≤ \(MultiplicityFinding.level)"
    case .spa: "SPA p ≤ \(bounds.maximumSPAPValue)"
    case .pbo: "PBO ≤ \(bounds.maximumPBO)"
    case .validationSharpe: "validation Sharpe > 0"
    case .noReason: "passes all checks"
    }
  }
}

/// What is known of strategies in advance, and so what it means that a winner passes for skilled.
public enum TrialTruth: String, Sendable {
  /// No strategy knows anything of the next bar: who passes is a false positive, unless it is for the market's own rise.
  case noSkill = "no_skill"
  /// Some strategy can know something of the next bar: who passes was found, and the share is the power.
  case plantedEdge = "planted_edge"
  /// Whether the market has anything to know is not known.
  case unknown

  init(_ configuration: TrialsConfiguration, edge: Double) {
    if configuration.sweep.strategies.family == .coinflip {
      self = .noSkill
    } else if edge != 0 {
      self = .plantedEdge
    } else {
      let model = configuration.sweep.data.source.dropFirst(DataOptions.syntheticPrefix.count)
      let isMartingale = model.hasPrefix("random-walk") || model.hasPrefix("garch")
      let isDrawn = configuration.market != .bootstrap && configuration.sweep.data.isSynthetic
      self = configuration.market == .permutation || isDrawn && isMartingale ? .noSkill : .unknown
    }
  }

  /// What the share of those who pass is called; who is long only also passes by the market's own rise.
  func title(isLongOnly: Bool) -> String {
    switch self {
    case .noSkill: isLongOnly ? "false positives, or the market's own rise" : "false positives"
    case .plantedEdge: "power"
    case .unknown: "passing"
    }
  }

  /// What it means that a winner passes, in a few words.
  func meaning(isLongOnly: Bool) -> String {
    switch self {
    case .noSkill:
      "false positives, as no strategy here has skill"
        + (isLongOnly ? ": it is luck, or the market's own rise" : "")
    case .plantedEdge: "found rightly, as the bars hold an edge: the share is the power"
    case .unknown: "nobody knows whether these bars hold an edge"
    }
  }
}
