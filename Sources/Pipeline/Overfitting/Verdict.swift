/// Whether the winner shows skill: every check with its figure and bound, and what follows from those that decide.
public struct Verdict: Equatable, Sendable {
  /// What follows from the checks.
  public enum Outcome: String, Sendable {
    /// What decides was measured, and passes.
    case shown
    /// Something that decides fails.
    case notShown = "not shown"
    /// What there is does not suffice to speak of skill.
    case undecided = "cannot be judged"
  }

  /// One comparison of a figure with its bound.
  public struct Check: Equatable, Sendable {
    /// How the comparison went.
    public enum Result: String, Sendable {
      case passes
      case fails
      /// The figure is undefined or was not asked for.
      case absent = "none"
    }

    /// The figure's name.
    public let name: String
    /// The figure as a person reads it.
    public let figure: String
    /// What it takes to pass, and what it means that it does or does not.
    public let requirement: String
    /// How the comparison went.
    public let result: Result
    /// Why the winner counts as overfitted by this check, a sentence; `nil` if it does not.
    let reason: String?
  }

  /// By what it was given.
  public let rule: VerdictRule
  /// The chance of a verdict of skill where there is none; `nil` by the classic rule, of which it is not known.
  public let level: Double?
  /// The checks that decide where not all do.
  public let deciding: [Check]
  /// All classic checks, in the order in which they are shown.
  public let checks: [Check]
  /// What follows from them.
  public let outcome: Outcome
  /// Why it follows, in a few words.
  public let explanation: String
  /// What it means, in a sentence.
  public let meaning: String

  /// Whether skill is shown.
  public var isShown: Bool { outcome == .shown }

  /// The outcome and why, such as `not shown (3 of 4 checks fail)`.
  public var text: String { "\(words) (\(explanation))" }

  /// The outcome as its rule has it: that a p-value is large is no evidence against the winner.
  var words: String {
    rule == .stepdown && outcome == .notShown ? "not distinguishable from luck" : outcome.rawValue
  }

  /// Why the winner counts as overfitted, each a sentence with its figure and its bound.
  var reasons: [String] { checks.compactMap(\.reason) }
}

extension Verdict {
  /// The verdict by `rule`, of what decides and of the classic checks.
  init(_ rule: VerdictRule, _ decision: SkillDecision, checks: [Check]) {
    switch rule {
    case .classic: self.init(checks, strategies: decision.strategies, trades: decision.trades)
    case .stepdown:
      let (outcome, explanation) = decision.outcome
      self.init(
        rule: rule, level: decision.level, deciding: decision.checks, checks: checks, outcome: outcome,
        explanation: explanation, meaning: decision.meaning)
    }
  }

  /// Weighs `checks` by the classic rule.
  ///
  /// - Parameters:
  ///   - strategies: that were tried; a single one was not chosen, so that nothing could be overfitted by choosing.
  ///   - trades: of the winner in training, or the returns that count where no trades are known.
  init(_ checks: [Check], strategies: Int, trades: Int) {
    rule = .classic
    level = nil
    deciding = []
    self.checks = checks
    let failed = checks.count { $0.result == .fails }
    let absent = checks.filter { $0.result == .absent }
    (outcome, explanation) =
      if strategies < SkillDecision.fewestStrategies {
        (.undecided, "one strategy: nothing was chosen")
      } else if failed > 0 {
        (.notShown, "\(failed) of \(checks.count) checks \(failed == 1 ? "fails" : "fail")")
      } else if trades < SkillDecision.fewestTrades {
        (.undecided, "\(trades) trades of the winner, \(SkillDecision.fewestTrades) are needed")
      } else if !absent.isEmpty {
        (.undecided, "no " + absent.map(\.name).joined(separator: ", no "))
      } else {
        (.shown, "all \(checks.count) checks pass")
      }
    meaning =
      (outcome == .undecided ? "" : "skill ") + "\(outcome.rawValue) by the classic checks: \(explanation)"
  }

  /// The line at the head of a report.
  var headline: String { Figures.entry("verdict", meaning) }

  /// The line of a report that says the outcome.
  public var line: String { Figures.entry("skill", text) }

  /// The verdict for a terminal: the outcome, and a line a check, first of those that decide.
  public var lines: [String] {
    let names = (deciding + checks).map(\.name.count).max() ?? 0
    let figures = (deciding + checks).map(\.figure.count).max() ?? 0
    func line(_ check: Check) -> String {
      "    \(check.result.rawValue.padded(to: 6))  \(check.name.padded(to: names))  "
        + "\(check.figure.padded(to: figures))  \(check.requirement)"
    }
    let beside = deciding.isEmpty || checks.isEmpty ? [] : ["  The classic checks, which do not decide:"]
    return [self.line] + deciding.map(line) + beside + checks.map(line)
  }
}

extension Verdict.Check {
  /// A check whose figure has to be at least, or at most, its bound.
  ///
  /// - Parameters:
  ///   - claims: what it means where the check passes and where it fails.
  ///   - isDefined: whether there is a figure.
  ///   - reason: the sentence to say where it fails.
  init(
    _ name: String, _ figure: String, needs bound: String, _ claims: (passing: String, failing: String),
    isDefined: Bool = true, passes: Bool, reason: String?
  ) {
    self.name = name
    self.figure = isDefined ? figure : "–"
    requirement = "needs \(bound)" + (isDefined ? ": \(passes ? claims.passing : claims.failing)" : "")
    result = !isDefined ? .absent : passes ? .passes : .fails
    self.reason = isDefined && !passes ? reason : nil
  }

  /// A check that says nothing, as there is too little to judge by.
  init(_ name: String, _ figure: String, notCountedFor bound: String) {
    self.name = name
    self.figure = figure
    requirement = "needs \(bound): not counted, as there is too little to judge by"
    result = .absent
    reason = nil
  }

  /// A check that cannot be made, which speaks against the winner all the same.
  init(_ name: String, _ figure: String, needs requirement: String, absentFor reason: String) {
    self.name = name
    self.figure = figure
    self.requirement = "needs \(requirement)"
    result = .absent
    self.reason = reason
  }
}

extension OverfittingReport {
  /// The verdict of the statistics alone, without unseen bars.
  public func verdict(_ bounds: DetectionOptions) -> Verdict { OverfittingFigures(self).verdict(bounds) }
}
