import Artifacts
import Statistics

/// The returns of one delimited file while it is read.
struct ReturnsTable {
  let file: String
  let settings: TimeSettings
  private(set) var header = ReturnsHeader()
  /// The line of the first row, and how many fields every row has.
  private(set) var firstLine = 0
  private(set) var width = 0
  /// The columns before the first strategy's.
  var lead: LeadColumns
  private(set) var values = NumberBlocks()
  private(set) var rows = 0
  /// The lines of the rows.
  private(set) var lines = RowLines()
  private(set) var undefinedCounts: [Int] = []
  /// Blank lines that are undefined returns if another row follows.
  private(set) var blankCount = 0
  /// Whether the first strategy's column has held whole numbers alone, each above the last or all a step apart.
  private(set) var firstColumn = CountingColumn()
  /// Cells in another spelling than a decimal point.
  private(set) var cells = ReturnCells()
  private(set) var hasPoints = false
  /// Points that may set thousands apart.
  private(set) var thousands = ThousandsMarks()
  /// The header of a table whose rows are strategies.
  private(set) var transposed: TransposedHeader?
  private(set) var separator = UInt8(ascii: ",")
  /// Whether rows of numbers were told from returns as names.
  private(set) var hasNumbersForNames = false
  /// Cells with a word for a missing return, and the first such word.
  private var missing: (count: Int, word: String)?

  /// - Parameter headerRows: how many rows of names there are; `nil` to recognise them.
  init(
    file: String, settings: TimeSettings = TimeSettings(), headerRows: Int? = nil,
    _ scanner: inout DelimitedScanner
  ) throws {
    self.file = file
    self.settings = settings
    lead = LeadColumns(hasNamesOfStrategies: true)
    guard try nextRow(&scanner) else { throw ImportError.empty(file) }
    blankCount = 0
    firstLine = scanner.line
    width = scanner.fields.count
    var early: [EarlyRow] = []
    var hasRecord = true
    if let headerRows {
      try readHeader(of: headerRows, &scanner)
    } else {
      if let found = ReturnsHeader(scanner) {
        header = found
        (early, hasRecord) = try readHeader(&scanner)
      }
      if header.isEmpty && transposed == nil || header.isOfNumbers && !header.isCounting {
        (early, hasRecord) = try readParameters(&scanner)
      }
    }
    if transposed == nil {
      if let first = early.first {
        lead = LeadColumns(header, try Self.scanner(of: first), settings: settings)
      } else {
        lead = LeadColumns(header, scanner, settings: settings)
      }
    }
    if width == lead.count { throw ReturnsFault.noColumn(line: firstLine) }
    try checkNames()
    undefinedCounts = Array(repeating: 0, count: width - lead.count)
    separator = scanner.separator
    for row in early { try append(row) }
    if hasRecord { try append(scanner) }
    while try nextRow(&scanner) { try append(scanner) }
  }

  /// A row of a table whose rows are strategies, read before that was known.
  private struct EarlyRow {
    let line: Int
    let cells: [String]
  }

  /// Reads the names, and moves to the first row of returns; gives back rows that turn out to be of returns, and whether
  /// the scanner has another one.
  private mutating func readHeader(
    _ scanner: inout DelimitedScanner
  ) throws -> (early: [EarlyRow], hasRecord: Bool) {
    var first = EarlyRow(line: firstLine, cells: header.rows[0])
    guard try nextRow(&scanner) else {
      guard let found = TransposedHeader(namedRow: first.cells) else { throw ImportError.headerOnly(file) }
      take(found)
      return ([first], false)
    }
    takeRowNames(scanner)
    try checkWidth(scanner, isFirst: true)
    first = EarlyRow(line: firstLine, cells: header.rows[0])
    if scanner.number(0) != nil || ReturnsHeader.isUndefined(scanner, 0),
      let found = TransposedHeader(dates: [""] + first.cells, settings: settings)
    {
      take(found)
      lead = LeadColumns(hasNamesOfStrategies: false)
      return ([], true)
    }
    if let found = TransposedHeader(dates: first.cells, settings: settings) {
      take(found)
      return ([], true)
    }
    var early: [EarlyRow] = []
    while header.isContinued(by: scanner) {
      early.append(EarlyRow(line: scanner.line, cells: ReturnsHeader.cells(scanner)))
      header.append(early[early.count - 1].cells)
      let hasMore = try nextRow(&scanner)
      if hasMore { try checkWidth(scanner) }
      // As long as a row of returns follows, these are names.
      let isEndless =
        hasMore && header.rows.count == ReturnsHeader.mostRows && TransposedHeader.isName(scanner)
      guard !hasMore || isEndless else { continue }
      if let found = TransposedHeader(counting: first.cells) {
        take(found)
        return (early, hasMore)
      }
      if let found = TransposedHeader(namedRow: first.cells) {
        take(found)
        return ([first] + early, hasMore)
      }
      separator = scanner.separator
      header = ReturnsHeader(rows: [first.cells], line: firstLine)
      if let fault = misplaced(early[0].line, early[0].cells) { throw fault }
      throw ReturnsFault.badTime(
        line: early[0].line,
        .unknownTime(
          column: first.cells[0].isEmpty ? "column 1" : ImportText.brief(first.cells[0]),
          found: ImportText.brief(early[0].cells[0])))
    }
    return ([], true)
  }

  /// Reads as many rows of names as somebody says there are, and moves to the row below.
  private mutating func readHeader(of count: Int, _ scanner: inout DelimitedScanner) throws {
    var rows: [[String]] = []
    for _ in 0..<count {
      rows.append(ReturnsHeader.cells(scanner))
      guard try nextRow(&scanner) else { throw ImportError.headerOnly(file) }
      header = ReturnsHeader(rows: rows, line: firstLine)
      if rows.count == count { takeRowNames(scanner) }
      try checkWidth(scanner)
    }
  }

  /// Reads rows of numbers that may be names, and moves to the row below; gives back those that are returns, and whether
  /// the scanner has another row.
  private mutating func readParameters(
    _ scanner: inout DelimitedScanner
  ) throws -> (early: [EarlyRow], hasRecord: Bool) {
    var rows: [EarlyRow] = []
    var hasRecord = true
    while hasRecord, header.rows.count + rows.count <= ReturnsHeader.mostRows, ParameterRows.mayBe(scanner) {
      rows.append(EarlyRow(line: scanner.line, cells: ReturnsHeader.cells(scanner)))
      hasRecord = try nextRow(&scanner)
      if hasRecord { try checkWidth(scanner) }
    }
    let cells = rows.map(\.cells) + (hasRecord ? [ReturnsHeader.cells(scanner)] : [])
    let count = ParameterRows.count(in: cells, under: header.rows)
    guard count > 0 else { return (rows, hasRecord) }
    hasNumbersForNames = true
    header = ReturnsHeader(
      rows: header.rows + cells[..<count].map(ParameterRows.names), line: firstLine)
    return (Array(rows.dropFirst(count)), hasRecord)
  }

  /// Makes room for the names of rows where the names above have no cell for them, as R writes them: between commas in
  /// quotes alone, as there a decimal comma makes one cell more too.
  private mutating func takeRowNames(_ scanner: borrowing DelimitedScanner) {
    let start = scanner.fields[0].start
    guard scanner.fields.count == width + 1,
      scanner.separator != UInt8(ascii: ",") || start > 0 && scanner.bytes[start - 1] == UInt8(ascii: "\"")
    else { return }
    header.insertFirst()
    width += 1
  }

  private mutating func take(_ found: TransposedHeader) {
    transposed = found
    header = ReturnsHeader()
  }

  /// A column of names without any is refused before all rows are read, unless its cells are empty as well.
  private func checkNames() throws(ReturnsFault) {
    guard let names = header.names() else { return }
    let months = Set(names.dropFirst(lead.count).map { $0.lowercased().prefix(3) })
    if lead.count == 1, width - 1 >= 12, months.isSuperset(of: Self.months) {
      throw .calendar(line: firstLine)
    }
  }

  private static let months: Set<Substring> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private mutating func append(_ scanner: borrowing DelimitedScanner) throws {
    try checkWidth(scanner)
    if width == 1, blankCount > 0 {
      for blank in 0..<blankCount {
        values.append(.nan)
        lines.append(scanner.line - blankCount + blank)
      }
      undefinedCounts[0] += blankCount
      rows += blankCount
      firstColumn.stop()
    }
    blankCount = 0
    let first = lead.count
    try lead.append(scanner)
    for field in first..<width {
      if let value = scanner.number(field), value.isFinite {
        values.append(value)
        if abs(value) >= 1 { thousands.append(scanner, field, column: field - first) }
        if !hasPoints, value != value.rounded() { try notePoint(scanner, field) }
      } else if ReturnsHeader.isUndefined(scanner, field) {
        values.append(.nan)
        undefinedCounts[field - first] += 1
        if scanner.fields[field].start < scanner.fields[field].end { noteMissing(scanner, field) }
      } else {
        values.append(try unusual(scanner, field))
      }
    }
    if firstColumn.isCounting { firstColumn.append(scanner.number(first)) }
    rows += 1
    lines.append(scanner.line)
    if values.count > ReturnsReader.maximumReturns {
      throw ImportError.tooMany(
        file, kind: "returns", found: values.count, limit: ReturnsReader.maximumReturns)
    }
  }

  /// A row that was read before it was known to be one of returns.
  private mutating func append(_ row: EarlyRow) throws { try append(Self.scanner(of: row)) }

  /// A scanner whose current record is the row.
  private static func scanner(of row: EarlyRow) throws -> DelimitedScanner {
    let cells = row.cells.map { cell in
      "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    // Blank lines before it give it the number of its line.
    let text = String(repeating: "\n", count: row.line - 1) + cells.joined(separator: ",")
    var scanner = try DelimitedScanner(
      Array(text.utf8), separator: UInt8(ascii: ","), maximumRecordLength: ReturnsReader.maximumRecordLength)
    for _ in 0..<row.line { _ = try scanner.next() }
    return scanner
  }

  private mutating func noteMissing(_ scanner: borrowing DelimitedScanner, _ field: Int) {
    missing = (
      (missing?.count ?? 0) + 1, missing?.word ?? ImportText.brief(ImportText.trimmed(scanner.text(field)))
    )
  }

  /// How many cells hold a word for a missing return, in words.
  var missingCells: String? {
    missing.map { "\(Figures.count($0)) cell\($0 == 1 ? " with" : "s such as") \"\($1)\" taken as missing" }
  }

  private mutating func notePoint(_ scanner: borrowing DelimitedScanner, _ field: Int) throws(ReturnsFault) {
    hasPoints = true
    if !cells.isEmpty { throw mixed(scanner, field) }
  }

  /// The number of a cell in another spelling.
  private mutating func unusual(
    _ scanner: borrowing DelimitedScanner, _ field: Int
  ) throws(ReturnsFault) -> Double {
    guard let value = cells.value(scanner, field) else {
      if rows == 0, transposed == nil, let fault = misplaced(scanner.line, ReturnsHeader.cells(scanner)) {
        throw fault
      }
      throw .badReturn(
        line: scanner.line, column: header.column(field), found: ImportText.brief(scanner.text(field)))
    }
    if hasPoints { throw mixed(scanner, field) }
    return value
  }

  /// What a first row shows that does not begin with times and go on with returns.
  private func misplaced(_ line: Int, _ row: [String]) -> ReturnsFault? {
    guard header.rows.count < 2 else { return nil }
    return MisplacedCells(
      file: file, separator: separator, above: header.rows.first, line: line, cells: row
    ).fault
  }

  private func mixed(_ scanner: borrowing DelimitedScanner, _ field: Int) -> ReturnsFault {
    .mixedSpellings(
      line: scanner.line, column: header.column(field), found: ImportText.brief(scanner.text(field)))
  }

  private func checkWidth(
    _ scanner: borrowing DelimitedScanner, isFirst: Bool = false
  ) throws(ReturnsFault) {
    let found = scanner.fields.count
    guard found != width else { return }
    // Times keep their one field while returns fall into two.
    if isFirst, scanner.separator == UInt8(ascii: ","), found == 2 * width || found == 2 * width - 1,
      found > 2
    {
      throw .decimalCommas(line: scanner.line, fields: found, needed: width)
    }
    throw .rowLength(line: scanner.line, found: found, first: firstLine, needed: width)
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

  /// The returns, row by row; leaves none behind.
  mutating func takeValues() -> [Double] { values.joined() }
}
