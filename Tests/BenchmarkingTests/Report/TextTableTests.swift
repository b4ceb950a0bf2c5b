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

  @Test func forANarrowTerminal() {
    #expect(
      table.text(width: 20) == [
        "Times", "  case      seconds", "  a            1.25", "  longer|b        3", "", "  case         MB",
        "  a", "  longer|b  1,000", "  Read this.",
      ])
    #expect(table.text(width: 80) == table.text.dropLast(2) + ["  Read this."])
  }

  @Test func asMarkdown() {
    #expect(
      table.markdown == [
        "### Times", "", "| case | seconds | MB |", "|---|---:|---:|", "| a | 1.25 |  |",
        "| longer\\|b | 3 | 1,000 |", "", "Read this.",
      ])
  }
}
