import Pipeline
import Testing

@testable import fluke

/// What is written besides plain text, and where.
@Suite struct TerminalTests {
  private static let person = ["TERM": "xterm-256color"]
  private let lines = [
    "  skill         not shown, by three of four checks that were made of it", "  time  1 s",
  ]

  private func terminal(
    _ isTerminal: Bool = true, columns: Int? = 40, _ variables: [String: String] = person
  ) -> Terminal {
    Terminal(isTerminal: isTerminal, columns: columns, variables: variables)
  }

  @Test func theVerdictIsBoldAndColouredForAPerson() {
    #expect(
      terminal().shown(lines, verdict: (lines[0], .notShown)) == [
        "  \u{1B}[1;31mskill         not shown, by three of\u{1B}[0m",
        "                \u{1B}[1;31mfour checks that were\u{1B}[0m",
        "                \u{1B}[1;31mmade of it\u{1B}[0m", "  time  1 s",
      ])
    for (verdict, colour) in [(Verdict.Outcome.shown, 32), (.undecided, 33)] {
      #expect(
        terminal(columns: 80).shown(["  x"], verdict: ("  x", verdict))
          == ["  \u{1B}[1;\(colour)mx\u{1B}[0m"])
    }
  }

  @Test(arguments: [
    ["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"], ["TERM": ""], [:],
  ])
  func plainWhereThatIsWished(variables: [String: String]) {
    let shown = terminal(true, columns: 80, variables).shown(lines, verdict: (lines[0], .shown))
    #expect(shown == lines)
    #expect(terminal(true, columns: 80, variables).canRewrite == (variables["TERM"] == "xterm"))
  }

  @Test func aPipeGetsEveryLineWhole() {
    let pipe = terminal(false)
    #expect(pipe.shown(lines, verdict: (lines[0], .notShown)) == lines)
    #expect(pipe.width == nil && !pipe.hasColours && !pipe.canRewrite)
  }

  @Test func theWidthIsTheVariablesOrTheSystems() {
    #expect(terminal(columns: 100).width == 100)
    #expect(terminal(columns: nil).width == 80)
    #expect(terminal(columns: 100, ["TERM": "xterm", "COLUMNS": "60"]).width == 60)
    #expect(terminal(columns: 100, ["TERM": "xterm", "COLUMNS": "0"]).width == 100)
  }
}
