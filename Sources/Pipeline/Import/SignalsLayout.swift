import Artifacts

/// What the first rows of a table of signals say: whether there are names above and labels before the signals.
struct SignalsLayout {
  /// Rows that are looked at: a header, and enough to see that a column counts.
  static let headLength = 4

  /// A record as text.
  struct Record {
    let cells: [String]
    let line: Int

    init(_ scanner: borrowing DelimitedScanner) {
      cells = scanner.fields.indices.map { ImportText.trimmed(scanner.text($0)) }
      line = scanner.line
    }
  }

  let hasHeader: Bool
  /// Fields before the first signal of a row: 1 where rows have labels, 2 for a date and a time.
  let lead: Int
  /// Whether the first column's name says that it holds times.
  let rowsAreTimes: Bool
  /// What messages call the first column.
  let leadName: String
  /// The cells of the header; empty without one.
  let names: [String]

  /// - Parameter head: at least one record, all of one length.
  init(_ head: [Record]) {
    let first = head[0].cells
    // The sign of a comment that NumPy's `savetxt` puts before a header.
    let name = ImportText.trimmed(String(first[0].drop { $0 == "#" }))
    hasHeader = Self.isHeader(first, name: name)
    let column = head.dropFirst(hasHeader ? 1 : 0).map { $0.cells[0] }
    let isNamed = hasHeader && (Self.isLabelName(name) || FieldName.isTime(name))
    let hasClock =
      hasHeader && first.count > 2 && FieldName.isTime(name) && first[1].lowercased() == "time"
      && head.dropFirst().allSatisfy { $0.cells[1].contains(":") }
    lead = hasClock ? 2 : first.count > 1 && (isNamed || Self.areLabels(column)) ? 1 : 0
    rowsAreTimes = hasHeader && FieldName.isTime(name)
    leadName = hasHeader && !name.isEmpty ? ImportText.brief(name) : "column 1"
    names = hasHeader ? [name] + first.dropFirst() : []
  }

  private static func isHeader(_ cells: [String], name: String) -> Bool {
    if cells.dropFirst().contains(where: { SignalText.signal($0) == SignalText.none && !isUndefined($0) }) {
      return true
    }
    if cells.count == 1 { return SignalText.signal(cells[0]) == SignalText.none && !isNumber(cells[0]) }
    return isLabelName(name) || FieldName.isTime(name)
  }

  /// Whether a column of this name labels the rows.
  private static func isLabelName(_ name: String) -> Bool {
    let names = ["", "index", "bar", "id", "strategy", "strategy_id", "name"]
    return names.contains(name.lowercased()) || name.hasPrefix("Unnamed: 0")
  }

  /// Whether the first cells of the first rows label them: none can be a signal that is merely wrong.
  private static func areLabels(_ cells: [String]) -> Bool {
    guard let first = cells.first else { return false }
    let numbers = cells.compactMap { Int($0) }
    if numbers.count == cells.count, cells.count >= 2 {
      let counts = numbers.indices.allSatisfy { numbers[$0] == numbers[0] + $0 }
      // 0 and 1 in the two rows of a file are rather signals.
      if counts, cells.contains(where: { SignalText.signal($0) == SignalText.none }) { return true }
    }
    if SignalLabels.isTime(first) { return true }
    return cells.contains {
      SignalText.signal($0) == SignalText.none && !isNumber($0) && !isUndefined($0)
    }
  }

  private static func isNumber(_ text: String) -> Bool { Double(text) != nil }

  private static func isUndefined(_ text: String) -> Bool {
    ["", "nan", "-nan", "na", "n/a", "null", "none", "<na>"].contains(text.lowercased())
  }
}
