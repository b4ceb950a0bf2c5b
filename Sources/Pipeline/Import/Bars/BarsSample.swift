import Artifacts

/// The first rows of a file of bars, split at one separator.
struct BarsSample {
  /// A row and its line.
  struct Row {
    let line: Int
    var fields: [String]

    var isBlank: Bool { fields.allSatisfy(\.isEmpty) }
  }

  /// As many bytes as are looked at, and rows among them: enough to see a vendor's preface and how numbers are written.
  static let length = 1 << 16
  static let mostRows = 200

  let separator: UInt8
  /// Those that hold anything.
  private(set) var rows: [Row] = []
  /// Whether a line `sep=` names the separator.
  private(set) var isNamed = false

  /// The rows of `head`, which is all of the file or its beginning.
  ///
  /// - Throws: `TableError` if it is no text.
  init(_ head: [UInt8], isWhole: Bool, separator: UInt8? = nil) throws {
    var scanner = try DelimitedScanner(head, separator: separator)
    self.separator = scanner.separator
    var isCut = false
    var isFirst = true
    while rows.count < Self.mostRows {
      do {
        guard try scanner.next() else { break }
        // The line that names the separator is no record.
        if isFirst { isNamed = scanner.line == 2 }
        isFirst = false
        isCut = false
      } catch is TableError {
        // What cannot be split is no row of bars; whether it may be left out is seen later.
        isCut = true
        isFirst = false
        guard try scanner.skipLine() else { break }
      }
      let row = Row(line: scanner.line, fields: scanner.fields.indices.map { scanner.text($0) })
      if !row.isBlank { rows.append(row) }
    }
    // The last row may be cut where the bytes are.
    if !isWhole, !isCut, rows.count < Self.mostRows, rows.count > 1 { rows.removeLast() }
  }
}
