import TestSupport
import Testing

@testable import fluke

/// What files and arguments say reaches a terminal as plain text.
@Suite struct SafeTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("Größe × 2 – ok", "Größe × 2 – ok"), ("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"),
    ("a\nfluke: all is well", "a\u{FFFD}fluke: all is well"), ("tab\there", "tab\u{FFFD}here"),
    ("\u{7F}\u{9B}31m", "\u{FFFD}\u{FFFD}31m"),
    ("a\u{2028}b\u{202E}c\u{2066}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
    ("a\r\nb", "a\u{FFFD}\u{FFFD}b"), ("", ""),
  ])
  func aLine(text: String, line: String) {
    #expect(SafeText.line(text) == line)
  }

  @Test func isCut() {
    let line = SafeText.line(String(repeating: "x", count: 70_000))
    #expect(line.count == SafeText.longest + 1 && line.hasSuffix("x…"))
  }

  @Test func namesAndArgumentsReachTheTerminalAsText() throws {
    let folder = try TemporaryFolder()
    let bars = (0..<60).map {
      "2020-\(1 + $0 / 28 < 10 ? "0" : "")\(1 + $0 / 28)-\(10 + $0 % 18),\(100 + $0 % 7)\n"
    }
    try folder.write("timestamp,close\n" + Set(bars).sorted().joined(), as: "bars.csv")
    try folder.write("strategy,\u{1B}]0;owned\u{07}x\na,1\n", as: "w.csv")
    for line in [
      ["generate", "--data", "bars.csv", "--family", "linear", "--weights", "w.csv"],
      ["data", "--data", "missing\nfluke: fine"], ["sweep", "--family", "x\ny"],
      ["sweep", "--count", "\u{1B}[31m1"], ["sweep", "--no\u{1B}[2Jsuch"], ["\u{1B}[2J"],
    ] {
      let ending = try Program.run(line, in: folder.path)
      #expect([64, 65, 66].contains(ending.status), "\(ending)")
      #expect(ending.error.unicodeScalars.count { $0.properties.generalCategory == .control } == 1)
      #expect(ending.error.hasSuffix("\n") && ending.error.hasPrefix("fluke: "))
    }
  }
}
