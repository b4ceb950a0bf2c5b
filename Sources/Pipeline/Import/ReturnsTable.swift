import Artifacts
import Statistics

/// The returns of one delimited file while it is read.
struct ReturnsTable {
  private let file: String
  private var header = ReturnsHeader()
  /// The line of the first row, and how many fields every row has.
  private var firstLine = 0
  private var width = 0
  /// The fields before the first strategy's: 1 where there are times.
  private var lead = 0
  private var timestamps: [Int64] = []
  private var timeFormat: Timestamp.Format?
  private var values = NumberBlocks()
  private var rows = 0
  private var undefinedCounts: [Int] = []
  /// Blank lines that are undefined returns if another row follows.
  private var blankCount = 0
  /// The first number of the first strategy's column, as long as the column counts on from it.
  private var countsFrom: Double?

  init(file: String, _ scanner: inout DelimitedScanner) throws {
    self.file = file
    guard try nextRow(&scanner) else { throw ImportError.empty(file) }
    blankCount = 0
    header = ReturnsHeader(scanner)
    firstLine = scanner.line
    width = scanner.fields.count
    if header.names != nil {
      if width == 1, Self.isSpaced(scanner) { throw ReturnsFault.spaces(line: scanner.line) }
      guard try nextRow(&scanner) else { throw ImportError.headerOnly(file) }
      try checkWidth(scanner)
    }
    lead = header.hasTimes(scanner) ? 1 : 0
    if width == lead { throw ReturnsFault.noColumn(line: firstLine) }
    undefinedCounts = Array(repeating: 0, count: width - lead)
    if let first = scanner.number(lead), first == 0 || first == 1 { countsFrom = first }
    try append(scanner)
    while try nextRow(&scanner) { try append(scanner) }
  }

  /// What was read; leaves nothing behind.
  mutating func returns() throws -> ImportedReturns {
    var names = header.names.map { Array($0.dropFirst(lead)) } ?? (lead..<width).map { String($0 - lead) }
    var numbers = values.joined()
    if countsFrom != nil, rows >= 3, names.count > 1 {
      if header.names == nil { names.removeLast() } else { names.removeFirst() }
      undefinedCounts.removeFirst()
      Self.removeFirstColumn(&numbers, rows: rows)
    }
    var seen: Set<String> = []
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        throw ReturnsFault.emptyName(line: firstLine, column: width - names.count + index + 1)
      }
      if !seen.insert(name).inserted {
        throw ImportError.repeatedName(file, kind: "strategy", name: ImportText.brief(name))
      }
    }
    return ImportedReturns(
      names: names, timestamps: lead == 1 && !timesCount ? timestamps : nil,
      matrix: try ReturnMatrix(bars: rows, strategies: names.count, values: numbers),
      undefinedCounts: undefinedCounts)
  }

  /// Whether the times number the rows: seconds 0, 1, 2, … or 1, 2, 3, … since 1970.
  private var timesCount: Bool {
    guard timeFormat == .seconds, timestamps[0] == 0 || timestamps[0] == 1_000_000 else { return false }
    return timestamps.indices.allSatisfy { timestamps[$0] == timestamps[0] + Int64($0) * 1_000_000 }
  }

  private mutating func append(_ scanner: borrowing DelimitedScanner) throws {
    try checkWidth(scanner)
    if width == 1, blankCount > 0 {
      for _ in 0..<blankCount { values.append(.nan) }
      undefinedCounts[0] += blankCount
      rows += blankCount
      countsFrom = nil
    }
    blankCount = 0
    if lead == 1 { timestamps.append(try time(scanner)) }
    for field in lead..<width {
      if let value = scanner.number(field), value.isFinite {
        values.append(value)
      } else if ReturnsHeader.isUndefined(scanner, field) {
        values.append(.nan)
        undefinedCounts[field - lead] += 1
      } else {
        throw ReturnsFault.badReturn(
          line: scanner.line, column: header.column(field), found: ImportText.brief(scanner.text(field)))
      }
    }
    if let start = countsFrom, scanner.number(lead) != start + Double(rows) { countsFrom = nil }
    rows += 1
    if values.count > ReturnsReader.maximumReturns {
      throw ImportError.tooMany(
        file, kind: "returns", found: values.count, limit: ReturnsReader.maximumReturns)
    }
  }

  private func checkWidth(_ scanner: borrowing DelimitedScanner) throws(ReturnsFault) {
    guard scanner.fields.count == width else {
      throw .rowLength(line: scanner.line, found: scanner.fields.count, first: firstLine, needed: width)
    }
  }

  private mutating func time(_ scanner: borrowing DelimitedScanner) throws(ReturnsFault) -> Int64 {
    let place = scanner.fields[0]
    let moment = Timestamp(scanner.bytes.span, from: place.start, to: place.end)
    if let moment, timeFormat == nil || moment.format == timeFormat,
      timestamps.last.map({ moment.microseconds > $0 }) ?? true
    {
      timeFormat = moment.format
      return moment.microseconds
    }
    let column = header.column(0)
    let found = ImportText.brief(scanner.text(0))
    let fault: RowFault =
      if let moment, let timeFormat {
        moment.format != timeFormat
          ? .otherTimeFormat(column: column, found: found, needed: timeFormat.rawValue)
          : moment.microseconds == timestamps.last
            ? .timeRepeated(column: column, found: found) : .timeBackwards(column: column, found: found)
      } else {
        .unknownTime(column: column, found: found)
      }
    throw .badTime(line: scanner.line, fault)
  }

  private static func removeFirstColumn(_ numbers: inout [Double], rows: Int) {
    let width = numbers.count / rows
    // Each number moves to the left, past those that are done with.
    var target = 0
    for row in 0..<rows {
      for index in row * width + 1..<(row + 1) * width {
        numbers[target] = numbers[index]
        target += 1
      }
    }
    numbers.removeLast(rows)
  }

  /// Moves to the next line that is not blank, and counts those that are.
  private mutating func nextRow(_ scanner: inout DelimitedScanner) throws -> Bool {
    while try scanner.next() {
      if !Self.isBlankLine(scanner) { return true }
      blankCount += 1
    }
    return false
  }

  /// Whether nothing stands on the line; `""` is a cell, as pandas writes an undefined one of a single column.
  private static func isBlankLine(_ scanner: borrowing DelimitedScanner) -> Bool {
    guard scanner.fields.count == 1 else { return false }
    let place = scanner.fields[0]
    for index in place.start..<place.end where scanner.bytes[index] != UInt8(ascii: " ") { return false }
    return place.start == 0 || scanner.bytes[place.start - 1] != UInt8(ascii: "\"")
  }

  /// Whether the only field is several numbers with spaces between.
  private static func isSpaced(_ scanner: borrowing DelimitedScanner) -> Bool {
    let parts = scanner.text(0).split(separator: " ")
    return parts.count > 1 && parts.allSatisfy { Double($0) != nil }
  }
}
