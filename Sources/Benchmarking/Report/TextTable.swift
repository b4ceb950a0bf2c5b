/// A table as text for a terminal, or as Markdown.
public struct TextTable: Equatable, Sendable {
  /// What it shows.
  public let title: String
  /// Names of the columns.
  public let header: [String]
  /// As many cells a row as there are columns.
  public let rows: [[String]]
  /// What the reader has to know, a line each.
  public let notes: [String]

  /// - Precondition: every row has a cell for each column.
  public init(title: String, header: [String], rows: [[String]], notes: [String] = []) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a cell for each column")
    self.title = title
    self.header = header
    self.rows = rows
    self.notes = notes
  }

  /// For a terminal: the first column to the left, the others to the right.
  public var text: [String] {
    let widths = header.indices.map { column in
      ([header] + rows).reduce(0) { max($0, $1[column].count) }
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).enumerated().map { column, pair in
        let space = String(repeating: " ", count: pair.1 - pair.0.count)
        return column == 0 ? pair.0 + space : space + pair.0
      }
      let joined = "  " + padded.joined(separator: "  ")
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
    return [title, line(header)] + rows.map(line) + notes.map { "  " + $0 }
  }

  /// As Markdown, numbers to the right.
  public var markdown: [String] {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let rule = "|---|" + String(repeating: "---:|", count: header.count - 1)
    return ["### " + title, "", line(header), rule] + rows.map(line)
      + (notes.isEmpty ? [] : ["", notes.joined(separator: " ")])
  }
}
