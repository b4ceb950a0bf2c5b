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
}
