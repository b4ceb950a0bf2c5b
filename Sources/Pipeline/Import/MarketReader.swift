import Artifacts
import Backtesting

/// Reads bars from delimited text.
///
/// - Separator comma, semicolon, tab, bar, space or runs of blanks; header names as people and vendors write them (`Open time`,
///   `adj_close`, `price`, …), in any order and in several rows, other columns ignored; what comes before the header is
///   left out. Without a header the values tell the columns. With a close alone, open, high and low are the close. A
///   volume that is missing is unknown (NaN).
/// - Times in one format a file (``RowFault/otherTimeFormat(column:found:needed:)``): dates and times as people and
///   programs write them, counts since 1970, days as spreadsheets count them, or a date and a time column. A time
///   without a zone is UTC. Files that begin with the newest row are turned round. Without times the bars are numbered.
/// - Packed by gzip or not.
public struct MarketReader: Sendable {
  /// The most bars that are read: 48 bytes each, so 9.6 GB, or 190 years of minutes for two instruments.
  public static let maximumBars = 200_000_000

  /// Whether a bad row is left out and reported instead of ending the reading.
  public let skipsBadRows: Bool
  /// What the user says of the times.
  private let settings: TimeSettings
  /// What the user says of the bars.
  private var choices: BarsChoices

  public init(skipBadRows: Bool = false) {
    self.init(skipBadRows: skipBadRows, settings: TimeSettings())
  }

  /// A reader of times as `settings` say, and of bars as `choices` say.
  init(skipBadRows: Bool, settings: TimeSettings, choices: BarsChoices = BarsChoices()) {
    skipsBadRows = skipBadRows
    self.settings = settings
    self.choices = choices
    self.choices.numbersBars = settings.format == .rows
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
    try read(file: file, chunks: InputFile.chunks(of: bytes, file: file))
  }

  private func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> MarketReading {
    do {
      var chunks = try HeadedChunks(chunks, headLength: BarsSample.length)
      try Self.checkFormat(chunks.head, file: file)
      let head = Array(chunks.head.prefix(BarsSample.length))
      let layout = try BarsLayout(
        head: head, isWhole: chunks.head.count < BarsSample.length, file: file, choices: choices)
      var runs = layout.blanks.map { BlankRuns(least: $0) }
      var scanner = try DelimitedScanner(separator: layout.separator) {
        try runs?.next { try chunks.next() } ?? chunks.next()
      }
      for _ in 1..<layout.firstLine { guard try scanner.skipLine() else { break } }
      var table = MarketTable(
        file: file, layout: layout, skipsBadRows: skipsBadRows, settings: settings, choices: choices)
      try table.read(&scanner)
      return try table.reading()
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    }
  }

  /// Refuses arrays and JSON, which other options read.
  private static func checkFormat(_ head: [UInt8], file: String) throws(ImportError) {
    if head.starts(with: NumPyHeader.magic) {
      throw .badBars(
        file,
        .otherFormat(found: "a NumPy array", remedy: "write it with its times as CSV, with pandas to_csv"))
    }
    let first = head.first { $0 > 0x20 && $0 < 0x80 }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      throw .badBars(
        file,
        .otherFormat(
          found: "JSON",
          remedy: "convert it: python3 -c \"import pandas; pandas.read_json('\(file)').to_csv('bars.csv')\""))
    }
  }
}
