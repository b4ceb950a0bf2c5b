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
  /// How many blanks separate cells at least, where runs of them do and ``separator`` stands for each.
  private(set) var blanks: Int?
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

  /// The rows of text whose columns are apart by runs of blanks, as pandas' `to_string` leaves it: by two blanks and more,
  /// so that single ones are part of cells, and by any; first the one by which more rows, and so the names above them,
  /// have as many cells as the last. None where something else separates.
  ///
  /// - Parameter spaced: the same text, split at every single blank.
  static func aligned(_ head: [UInt8], isWhole: Bool, spaced: BarsSample) throws -> [BarsSample] {
    // An empty cell looks like a run, but then every row has as many cells, and all columns have names.
    let width = spaced.rows.first?.fields.count ?? 0
    let isTable = spaced.rows.allSatisfy { $0.fields.count == width } && !spaced.hasGaps(in: 0)
    if isTable || !spaced.rows.indices.contains(where: { spaced.hasGaps(in: $0) }) { return [] }
    if head.contains(UInt8(ascii: "\t")) || head.contains(0) { return [] }
    let samples = try [2, 1].compactMap { least -> (sample: BarsSample, fitting: Int)? in
      var runs = BlankRuns(least: least)
      var sample = try BarsSample(
        runs.tabbed(head) + runs.rest(), isWhole: isWhole, separator: UInt8(ascii: "\t"))
      sample.blanks = least
      // What comes before the table is in the first half at most.
      let rows = sample.rows.dropFirst(sample.rows.count / 2)
      let cells = rows.last?.fields.count ?? 0
      let isUniform =
        cells > 1 && rows.count { $0.fields.count == cells } * 10 >= rows.count * 9
        && !rows.contains { $0.fields.contains { $0.hasSuffix(",") || $0.contains(";") || $0.contains("|") } }
      return isUniform ? (sample, sample.rows.count { $0.fields.count == cells }) : nil
    }
    let isTurned = samples.count == 2 && samples[1].fitting > samples[0].fitting
    return (isTurned ? samples.reversed() : samples).map(\.sample)
  }

  /// Whether a row has an empty cell between others.
  private func hasGaps(in row: Int) -> Bool {
    rows[row].fields.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).contains("")
  }
}
