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

  /// For a pipe: the first column to the left, the others to the right, however many there are.
  public var text: [String] { [title] + rows(of: header.indices) + notes.map { "  " + $0 } }

  /// For a terminal of so many columns: what is too wide goes on below, with the first column again, and the notes are
  /// one paragraph that is still to be broken.
  public func text(width: Int) -> [String] {
    let widths = header.indices.map(self.width)
    var parts: [Range<Int>] = []
    var start = 1
    while start < header.count {
      var (end, used) = (start, 2 + widths[0])
      while end < header.count, end == start || used + 2 + widths[end] <= width {
        used += 2 + widths[end]
        end += 1
      }
      parts.append(start..<end)
      start = end
    }
    let tables = parts.isEmpty ? [rows(of: [0])] : parts.map { rows(of: [0] + Array($0)) }
    return [title] + tables.joined(separator: [""])
      + (notes.isEmpty ? [] : ["  " + notes.joined(separator: " ")])
  }

  /// The widest cell of a column.
  private func width(of column: Int) -> Int { ([header] + rows).reduce(0) { max($0, $1[column].count) } }

  /// Some columns of the header and of every row.
  private func rows(of columns: some Collection<Int>) -> [String] {
    let widths = columns.map { (column: $0, width: width(of: $0)) }
    return ([header] + rows).map { cells in
      let padded = widths.map { column, width in
        let space = String(repeating: " ", count: width - cells[column].count)
        return column == 0 ? cells[column] + space : space + cells[column]
      }
      let joined = "  " + padded.joined(separator: "  ")
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
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
