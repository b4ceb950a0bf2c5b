import Testing

@testable import Pipeline

@Suite struct VerdictTests {
  private static func check(_ name: String, _ value: Double, passes: Bool = true) -> Verdict.Check {
    Verdict.Check(
      name, "\(value)", needs: "≤ 1", ("it is small", "it is large"), isDefined: !value.isNaN, passes: passes,
      reason: "The \(name) of \(value) is above the bound of 1.")
  }

  private static let passing = check("a", 0.5)
  private static let failing = check("b", 2, passes: false)
  private static let absent = check("c", .nan, passes: false)

  @Test(arguments: [
    ([passing, passing], 500, 40, Verdict.Outcome.shown, "shown (all 2 checks pass)"),
    ([passing, failing], 500, 40, .notShown, "not shown (1 of 2 checks fails)"),
    ([failing, failing, absent], 500, 40, .notShown, "not shown (2 of 3 checks fail)"),
    ([passing, absent], 500, 40, .undecided, "cannot be judged (no c)"),
    ([absent, absent], 500, 40, .undecided, "cannot be judged (no c, no c)"),
    ([failing], 1, 40, .undecided, "cannot be judged (one strategy: nothing was chosen)"),
    ([passing], 2, 9, .undecided, "cannot be judged (9 trades of the winner, 10 are needed)"),
    ([failing], 2, 9, .notShown, "not shown (1 of 1 checks fails)"),
  ])
  func followsFromAllChecks(
    checks: [Verdict.Check], strategies: Int, trades: Int, outcome: Verdict.Outcome, text: String
  ) {
    let verdict = Verdict(checks, strategies: strategies, trades: trades)
    #expect(verdict.outcome == outcome)
    #expect(verdict.isShown == (outcome == .shown))
    #expect(verdict.text == text)
  }

  @Test func everyCheckHasALineWithItsFigureAndItsBound() {
    let verdict = Verdict([Self.passing, Self.failing, Self.absent], strategies: 9, trades: 40)
    #expect(
      verdict.lines == [
        "  skill         not shown (1 of 3 checks fails)",
        "    passes  a  0.5  needs ≤ 1: it is small",
        "    fails   b  2.0  needs ≤ 1: it is large",
        "    none    c  –    needs ≤ 1",
      ])
    #expect(verdict.reasons == ["The b of 2.0 is above the bound of 1."])
  }

  private static func decision(
    _ pValue: Double = 0.01, pbo: Double = 0.2, strategies: Int = 500, trades: Int = 40, returns: Int = 900,
    level: Double = 0.05
  ) -> SkillDecision {
    SkillDecision(
      winnerPValue: pValue, level: level, pbo: pbo, maximumPBO: 0.5, strategies: strategies, trades: trades,
      returns: returns)
  }

  @Test(arguments: [
    (decision(), Verdict.Outcome.shown, "shown (p-value 0.0100, PBO 0.2000)"),
    (decision(0.05), .shown, "shown (p-value 0.0500, PBO 0.2000)"),
    (decision(0.0501), .notShown, "not distinguishable from luck (p-value 0.0501, above 0.05)"),
    (decision(0.0501, level: 0.1), .shown, "shown (p-value 0.0501, PBO 0.2000)"),
    (decision(pbo: 0.5), .shown, "shown (p-value 0.0100, PBO 0.5000)"),
    (
      decision(pbo: 0.6), .notShown,
      "not distinguishable from luck (p-value 0.0100, but PBO 0.6000, above 0.5)"
    ),
    (decision(.nan), .undecided, "cannot be judged (no p-value of the winner)"),
    (decision(pbo: .nan), .undecided, "cannot be judged (p-value 0.0100, but no PBO)"),
    (decision(0.2, pbo: .nan), .notShown, "not distinguishable from luck (p-value 0.2000, above 0.05)"),
    (decision(strategies: 1), .undecided, "cannot be judged (one strategy: nothing was chosen)"),
    (decision(trades: 9), .undecided, "cannot be judged (9 trades of the winner, 10 are needed)"),
    (decision(0.5, trades: 9), .undecided, "cannot be judged (9 trades of the winner, 10 are needed)"),
    (decision(returns: 59), .undecided, "cannot be judged (59 returns, 60 are needed)"),
  ])
  func followsFromWhatDecides(decision: SkillDecision, outcome: Verdict.Outcome, text: String) {
    // Whatever the classic checks say.
    for checks in [[Self.passing], [Self.failing, Self.absent]] {
      let verdict = Verdict(.stepdown, decision, checks: checks)
      #expect(verdict.outcome == outcome && verdict.text == text, "\(verdict.text)")
      #expect(verdict.isShown == (outcome == .shown) && verdict.level == decision.level)
      #expect(verdict.reasons == checks.compactMap(\.reason))
    }
    let classic = Verdict(.classic, decision, checks: [Self.passing, Self.failing])
    #expect(
      classic
        == Verdict(
          [Self.passing, Self.failing], strategies: decision.strategies, trades: decision.trades))
    #expect(classic.level == nil && classic.deciding.isEmpty)
  }

  /// The sentence at the head of a report.
  @Test(arguments: [
    (
      decision(),
      "skill shown: among 500 strategies without skill the best does as well with a probability of 1.0 %"
    ),
    (
      decision(0.2),
      "not distinguishable from luck: among 500 strategies without skill the best does as well with a probability of "
        + "20.0 %; 5 % or less is needed"
    ),
    (
      decision(pbo: 0.6),
      "not distinguishable from luck: what wins on some bars does no better than chance on others"
    ),
    (decision(trades: 9), "cannot be judged: 9 trades of the winner, 10 are needed"),
  ])
  func isSaidInASentence(decision: SkillDecision, words: String) {
    let verdict = Verdict(.stepdown, decision, checks: [Self.passing])
    #expect(verdict.meaning == words)
    #expect(verdict.headline == "  verdict       " + words)
    let classic = Verdict(.classic, decision, checks: [Self.passing, Self.failing])
    #expect(classic.meaning == "skill not shown by the classic checks: 1 of 2 checks fails")
  }

  /// Of too little nothing is said to pass.
  @Test(arguments: [decision(strategies: 1), decision(trades: 9), decision(0.2, returns: 59)])
  func tooLittleIsNotCounted(decision: SkillDecision) {
    #expect(decision.checks.allSatisfy { $0.result == .absent && $0.requirement.contains("not counted") })
  }

  @Test(arguments: [
    (0.2, "winners rank high"), (0.21, "within what chance gives"), (0.51, "winners rank no better"),
  ])
  func thePBOIsReadAgainstChance(pbo: Double, words: String) {
    #expect(Self.decision(pbo: pbo).checks[1].requirement.hasPrefix("needs ≤ 0.5: \(words)"))
  }

  @Test func whatDecidesComesFirst() {
    let verdict = Verdict(.stepdown, Self.decision(0.2), checks: [Self.passing])
    #expect(
      verdict.lines == [
        "  skill         not distinguishable from luck (p-value 0.2000, above 0.05)",
        "    fails   winner's p-value  0.2000  needs ≤ 0.05: luck alone may do as well",
        "    passes  PBO               0.2000  needs ≤ 0.5: winners rank high out of sample",
        "  The classic checks, which do not decide:",
        "    passes  a                 0.5     needs ≤ 1: it is small",
      ])
    let document = VerdictDocument(verdict)
    #expect(document.skill == "not distinguishable from luck" && document.rule == .stepdown)
    #expect(document.level == 0.05)
  }
}
