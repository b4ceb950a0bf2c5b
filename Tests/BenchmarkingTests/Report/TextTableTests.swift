import Testing

@testable import Benchmarking

@Suite struct TextTableTests {
  private let table = TextTable(
    title: "Times", header: ["case", "seconds", "MB"],
    rows: [["a", "1.25", ""], ["longer|b", "3", "1,000"]],
    notes: ["Read", "this."])

  @Test func forATerminal() {
    #expect(
      table.text == [
        "Times", "  case      seconds     MB", "  a            1.25", "  longer|b        3  1,000", "  Read",
        "  this.",
      ])
  }

  @Test func asMarkdown() {
    #expect(
      table.markdown == [
        "### Times", "", "| case | seconds | MB |", "|---|---:|---:|", "| a | 1.25 |  |",
        "| longer\\|b | 3 | 1,000 |", "", "Read this.",
      ])
  }
}
