import Artifacts
import Backtesting

/// Reads bars from delimited text.
///
/// - Separator comma, semicolon or tab; header names as people write them (`Open time`, `adj_close`, `price`,
///   …), in any order, other columns ignored. With a close alone, open, high and low are the close; without a
///   volume it is 0.
/// - Times in one format a file (``RowFault/otherTimeFormat(column:found:needed:)``): ISO 8601 with or
///   without time and zone, `dd.MM.yyyy HH:mm:ss`, `yyyyMMdd`, counts of seconds to nanoseconds since 1970,
///   or a date and a time column. A time without a zone is UTC.
/// - Binance kline files, which have twelve columns and no header.
public struct MarketReader: Sendable {
  /// The most bars that are read: 48 bytes each, so 9.6 GB, or 190 years of minutes for two instruments.
  public static let maximumBars = 200_000_000

  /// Whether a bad row is left out and reported instead of ending the reading.
  public let skipsBadRows: Bool

  public init(skipBadRows: Bool = false) {
    skipsBadRows = skipBadRows
  }

  /// Reads the file at `path`, whose name without extension becomes the market's name.
  ///
  /// - Throws: ``ImportError``.
  public func read(path: String) throws -> MarketReading {
    try read(path: path, log: nil)
  }

  /// The same, with the file noted in `log`.
  func read(path: String, log: InputLog?) throws -> MarketReading {
    let chunks = try InputFile.chunks(ofPath: path, log: log)
    return try read(file: InputFile.name(ofPath: path), chunks: chunks)
  }

  /// Reads `bytes`; `file` is the name of their file, for messages and the market's name.
  ///
  /// - Throws: ``ImportError``.
  public func read(_ bytes: [UInt8], file: String) throws -> MarketReading {
    var rest: [UInt8]? = bytes
    return try read(file: file) {
      defer { rest = nil }
      return rest ?? []
    }
  }

  private func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> MarketReading {
    do {
      var scanner = try DelimitedScanner(refill: chunks)
      var table = MarketTable(file: file, skipsBadRows: skipsBadRows)
      try table.read(&scanner)
      return try table.reading()
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    }
  }
}

/// The bars of one file while it is read.
private struct MarketTable {
  let file: String
  let skipsBadRows: Bool
  private var timestamps: [Int64] = []
  private var open: [Double] = []
  private var high: [Double] = []
  private var low: [Double] = []
  private var close: [Double] = []
  private var volume: [Double] = []
  private var rows = 0
  private var firstFault: (line: Int, fault: RowFault)?
  private var skipped: [RowFault.Reason: (rows: Int, firstLine: Int)] = [:]
  /// Blank lines are part of the end of a file until another row shows that they are not.
  private var firstBlankLine = 0
  private var blankCount = 0

  init(file: String, skipsBadRows: Bool) {
    self.file = file
    self.skipsBadRows = skipsBadRows
  }

  mutating func read(_ scanner: inout DelimitedScanner) throws {
    guard try scanner.next() else { throw ImportError.empty(file) }
    while scanner.isBlank { guard try scanner.next() else { throw ImportError.empty(file) } }
    var context = MarketRow.Context()
    let columns: MarketColumns
    if Self.isBinance(scanner) {
      columns = .binance
      try append(scanner, columns, &context)
    } else {
      let header = scanner.fields.indices.map { scanner.text($0) }
      guard let named = MarketColumns(header: header) else {
        throw ImportError.unknownColumns(
          file, found: header.map { ImportText.brief($0) }, needed: MarketColumns.needed)
      }
      columns = named
    }
    while try scanner.next() {
      if scanner.isBlank {
        if blankCount == 0 { firstBlankLine = scanner.line }
        blankCount += 1
        continue
      }
      if blankCount > 0 {
        rows += blankCount
        try note(.blankLine, line: firstBlankLine, rows: blankCount)
        blankCount = 0
      }
      try append(scanner, columns, &context)
    }
  }

  private mutating func append(
    _ scanner: borrowing DelimitedScanner, _ columns: borrowing MarketColumns,
    _ context: inout MarketRow.Context
  ) throws {
    rows += 1
    do throws(RowFault) {
      let row = try MarketRow(scanner, columns: columns, context: &context)
      timestamps.append(row.timestamp)
      open.append(row.open)
      high.append(row.high)
      low.append(row.low)
      close.append(row.close)
      volume.append(row.volume)
    } catch {
      try note(error, line: scanner.line, rows: 1)
    }
    if close.count > MarketReader.maximumBars {
      throw ImportError.tooMany(file, kind: "bars", found: close.count, limit: MarketReader.maximumBars)
    }
  }

  /// Counts bad rows, or ends the reading.
  private mutating func note(_ fault: RowFault, line: Int, rows: Int) throws(ImportError) {
    guard skipsBadRows else { throw .badRow(file, line: line, fault) }
    if firstFault == nil { firstFault = (line, fault) }
    skipped[fault.reason, default: (0, line)].rows += rows
  }

  func reading() throws(ImportError) -> MarketReading {
    if rows == 0 { throw .headerOnly(file) }
    if close.isEmpty, let firstFault {
      throw .noGoodRow(file, rows: rows, line: firstFault.line, firstFault.fault)
    }
    let reasons = skipped.map { ImportReport.Skipped(reason: $0, rows: $1.rows, firstLine: $1.firstLine) }
    return MarketReading(
      market: Market(
        name: InputFile.stem(ofPath: file), timestamps: timestamps, open: open, high: high, low: low,
        close: close, volume: volume),
      report: ImportReport(
        rowsRead: rows,
        skipped: reasons.sorted { ($0.firstLine, $0.reason.rawValue) < ($1.firstLine, $1.reason.rawValue) }))
  }

  /// Whether the first record is a kline and no header: as many columns as Binance has, all of them numbers.
  private static func isBinance(_ scanner: borrowing DelimitedScanner) -> Bool {
    guard scanner.fields.count == MarketColumns.binanceCount else { return false }
    for field in scanner.fields.indices where scanner.number(field) == nil { return false }
    return true
  }
}
