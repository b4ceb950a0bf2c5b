import Pipeline
import Testing

/// Lines for terminals of several widths.
@Suite struct TextLayoutTests {
  @Test func aShortLineIsLeftAsItIs() {
    let lines = ["", "  PBO   0.5   luck is near 0.5", "Fluke sweep: coinflip"]
    #expect(TextLayout(width: 80).lines(lines) == lines)
  }

  @Test func theLastColumnHangsBelowItsBeginning() {
    let line = "  deflated Sharpe  0.0001  probability that it exceeds the best expected of 500 trials"
    #expect(
      TextLayout(width: 50).lines(line) == [
        "  deflated Sharpe  0.0001  probability that it",
        "                           exceeds the best",
        "                           expected of 500 trials",
      ])
  }

  @Test func aLineWithoutColumnsGoesOnFurtherIn() {
    #expect(
      TextLayout(width: 30).lines("Fluke sweep: donchian on GOOG, 2,148 bars from 2004") == [
        "Fluke sweep: donchian on GOOG,", "  2,148 bars from 2004",
      ])
    #expect(
      TextLayout(width: 24).lines("    an indented line of some words") == [
        "    an indented line of", "      some words",
      ])
  }

  @Test func aColumnMayBeGiven() {
    #expect(
      TextLayout(width: 40).lines("  --count <n>    how many strategies are drawn, 10 %: some", hanging: 17)
        == [
          "  --count <n>    how many strategies are", "                 drawn, 10 %: some",
        ])
    #expect(
      TextLayout(width: 20).lines("some words of plain prose", hanging: 0) == [
        "some words of plain", "prose",
      ])
  }

  @Test func aColumnWithoutANameGoesOnWhereItBegins() {
    #expect(
      TextLayout(width: 30).lines("                The win rate fell by a lot") == [
        "                The win rate", "                fell by a lot",
      ])
  }

  /// A column so far to the right that it would leave no room.
  @Test func aFarColumnIsBrokenLikeProse() {
    #expect(
      TextLayout(width: 30).lines("  a long name of something  and another word of it") == [
        "  a long name of something and", "    another word of it",
      ])
  }

  @Test func aWordIsNeverBrokenAndAUnitStaysWithItsNumber() {
    let path = "/" + String(repeating: "x", count: 60)
    #expect(
      TextLayout(width: 40).lines("  artifacts     \(path), 18 files") == [
        "  artifacts     \(path),", "                18 files",
      ])
    #expect(
      TextLayout(width: 24).lines("  costs  a fee of about 10 % of it") == [
        "  costs  a fee of about", "         10 % of it",
      ])
  }

  @Test(arguments: [1, 20, 33, 57, 80, 120]) func noLineIsTooWideAndNoWordIsLost(width: Int) {
    let text = "  years needed          10.1    for this Sharpe ratio to stand out among 500; you have 2.6"
    let lines = TextLayout(width: width).lines(text)
    #expect(lines.allSatisfy { $0.count <= max(width, TextLayout.leastWidth) })
    #expect(lines.flatMap { $0.split(separator: " ") } == text.split(separator: " "))
  }
}
