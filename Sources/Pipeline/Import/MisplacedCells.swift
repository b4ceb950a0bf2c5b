import Artifacts

/// Why the first row of returns has cells that are none: names of strategies in a column of their own, or times behind
/// the returns.
struct MisplacedCells {
  let file: String
  let separator: UInt8
  /// The names of the columns; `nil` without a header.
  private let names: [String]?
  private let line: Int
  private let cells: [String]

  /// - Parameter above: the cells above the row, which may be a row of the table itself.
  init(file: String, separator: UInt8, above: [String]?, line: Int, cells: [String]) {
    self.file = file
    self.separator = separator
    self.line = line
    self.cells = cells
    names = above.flatMap { $0.contains(where: SignalLabels.isTime) ? nil : $0 }
  }

  /// The fault; `nil` if neither shows.
  var fault: ReturnsFault? {
    guard let time = cells.firstIndex(where: { SignalLabels.isTime($0) }) else { return nil }
    let words = cells.indices.filter { $0 != time && isWord(cells[$0]) }
    let numbers = cells.indices.filter { $0 != time && Double(cells[$0]) != nil }
    guard let value = numbers.last else { return nil }
    if let word = words.first, words.count == 1 {
      let pivot = "pivot(index=\(key(time)), columns=\(key(word)), values=\(key(value)))"
      return .longTable(
        line: line, column: column(word), found: ImportText.brief(cells[word]),
        remedy: remedy("", pivot) ?? "pivot it, so that each strategy has a column")
    }
    guard words.isEmpty, time > 0 else { return nil }
    return .timesBehind(
      line: line, column: column(time), found: ImportText.brief(cells[time]),
      remedy: remedy(", index_col=\(time)", nil) ?? "move them there")
  }

  private func isWord(_ cell: String) -> Bool {
    let bytes = Array(cell.utf8)
    return Double(cell) == nil && !ReturnsHeader.isUndefined(bytes.span, from: 0, to: bytes.count)
  }

  private func column(_ field: Int) -> String {
    names.map { ImportText.brief($0[field]) }.flatMap { $0.isEmpty ? nil : $0 } ?? "column \(field + 1)"
  }

  /// The column as pandas knows it.
  private func key(_ field: Int) -> String { names.map { "'\($0[field])'" } ?? "\(field)" }

  /// What makes a table of it that can be read, as a command; `nil` where names take more than quotes around them.
  private func remedy(_ options: String, _ change: String?) -> String? {
    guard ([file] + (names ?? [])).allSatisfy({ !$0.contains { "'\"\\$`!".contains($0) } }) else {
      return nil
    }
    let mark = separator == UInt8(ascii: "\t") ? "\\t" : String(UnicodeScalar(separator))
    let apart = mark == "," ? "" : ", sep='\(mark)'"
    let header = names == nil ? ", header=None" : ""
    let output = file == "wide.csv" ? "returns.csv" : "wide.csv"
    let steps = [
      "pandas.read_csv('\(file)'\(apart)\(header)\(options))", change, "to_csv('\(output)')",
    ]
    return "write: python3 -c \"import pandas; \(steps.compactMap { $0 }.joined(separator: "."))\""
  }
}
