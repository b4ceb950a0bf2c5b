import Artifacts

/// Reads a matrix of returns, bars × strategies, from delimited text or a NumPy array; the first bytes tell which.
///
/// **Text.** Separator comma, semicolon, tab or runs of blanks (``BlankColumns``); a row a bar, a column a strategy.
/// Numbers have a decimal point; where commas do not separate they may have a decimal comma, and all of them may end with
/// `%`.
///
/// | columns and rows | are recognised by |
/// |---|---|
/// | times | a name that ``MarketReader`` knows, `year` or `month`; or a first cell that is a date or a count since 1970, which no return is. Rows may begin with the newest |
/// | a date in parts | `year` with `month` or `quarter`, perhaps `day`; `date` with `time` |
/// | numbers of rows | whole numbers before the returns under no name, `Unnamed: 0` or `level_0`; a first column of whole numbers that rise or fall by 1 from wherever they start, or under `index`, `row`, `bar` any; without times, a first column of whole numbers that rise in any steps, of three rows and more |
/// | times behind the returns | a last column of dates as `20150101` or of counts since 1970 |
/// | times as numbers | such a column of which every number is a date or a time since 1970, as NumPy's `savetxt` writes `2.0150101e+07` |
/// | names | a first row with a cell that is no number, or of different whole numbers, as pandas names columns without a name |
/// | names that are numbers | rows of numbers above the returns that are written with fewer decimals (``ParameterRows``), or as many rows as somebody says |
/// | names in several rows | rows that begin with a word, up to 8, above the first that begins with a time or a number; the names are joined: `10/50`. A last one with a single word names the times |
/// | a row a strategy | a first row of times, or of numbers from 0 or 1 on above rows that begin with a word; or nothing but rows of a word and returns. Below times that begin in the first cell strategies are numbered. The table is turned |
///
/// - Two strategies of one name are refused: a name is how a benchmark is chosen, and the same column twice is more
///   often a slip than wanted. A column without a name and without a return is left out.
/// - An empty cell, a point, a dash of any length, `nan`, `na`, `n/a`, `#n/a`, `null`, `none` and `missing` in any case
///   are undefined, and words are counted. Blank lines are
///   skipped; with one column they are undefined returns, except at the beginning and the end of the file.
/// - Decimal commas between commas are refused: twice as many fields as names; or, without names, nothing but whole
///   numbers in pairs of one digit and of digits without a sign.
///
/// A header may lack the name of the first column, as R writes it: between commas where row names have quotes.
///
/// **NumPy.** `.npy` of versions 1.0 to 3.0, `<f4` or `<f8`, in C or Fortran order; one dimension is one strategy. NaN
/// is undefined, infinity refused. A first column of times or of row numbers is recognised as in text, and a first row of
/// times above rows of strategies.
public struct ReturnsReader: Sendable {
  /// The longest line, in bytes: with a column a strategy, a million of them written in full take 24 MB.
  public static let maximumRecordLength = 64 << 20
  /// The most returns that are read, 8 bytes of memory each: 200,000 strategies of ten years of days.
  public static let maximumReturns = 500_000_000

  /// What the user says of the times.
  private let settings: TimeSettings
  /// How many rows of names a text has; `nil` to recognise them.
  private let headerRows: Int?

  public init() {
    self.init(settings: TimeSettings())
  }

  /// A reader of times as `settings` say, and of `headerRows` rows of names in a text.
  init(settings: TimeSettings, headerRows: Int? = nil) {
    self.settings = settings
    self.headerRows = headerRows
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ImportError``.
  public func read(path: String) throws -> ImportedReturns {
    try read(path: path, log: nil)
  }

  /// The same, with the file noted in `log`.
  func read(path: String, log: InputLog?) throws -> ImportedReturns {
    try read(file: InputFile.name(ofPath: path), chunks: InputFile.chunks(ofPath: path, log: log))
  }

  /// Reads `bytes`; `file` is their name in messages.
  ///
  /// - Throws: ``ImportError``.
  public func read(_ bytes: [UInt8], file: String) throws -> ImportedReturns {
    try read(file: file, chunks: InputFile.chunks(of: bytes, file: file))
  }

  /// Reads the returns of a benchmark, one column over the bars of `returns`.
  ///
  /// - Throws: ``ImportError``, also where both have times and these differ.
  public func readBenchmark(path: String, for returns: ImportedReturns) throws -> ImportedReturns {
    try readBenchmark(path: path, for: returns, log: nil)
  }

  /// The same, with the file noted in `log`.
  func readBenchmark(path: String, for returns: ImportedReturns, log: InputLog?) throws -> ImportedReturns {
    let benchmark = try read(path: path, log: log)
    try Self.check(benchmark, for: returns, file: InputFile.name(ofPath: path))
    return benchmark
  }

  /// Reads a benchmark that may have one bar before those of `returns`, from which prices rise or fall to the next.
  func readLevels(path: String, for returns: ImportedReturns, log: InputLog?) throws -> ImportedReturns {
    let benchmark = try read(path: path, log: log)
    try Self.check(benchmark, for: returns, before: 1, file: InputFile.name(ofPath: path))
    return benchmark
  }

  /// Reads the returns of a benchmark from `bytes`; `file` is their name in messages.
  ///
  /// - Throws: ``ImportError``, also where both have times and these differ.
  public func readBenchmark(
    _ bytes: [UInt8], file: String, for returns: ImportedReturns
  ) throws -> ImportedReturns {
    let benchmark = try read(bytes, file: file)
    try Self.check(benchmark, for: returns, file: file)
    return benchmark
  }

  /// - Parameter before: how many bars more it may have at its beginning.
  private static func check(
    _ benchmark: ImportedReturns, for returns: ImportedReturns, before: Int = 0, file: String
  ) throws(ImportError) {
    if benchmark.strategies != 1 {
      throw .badReturns(file, .columns(found: benchmark.strategies, needed: "one, the benchmark's returns"))
    }
    let more = benchmark.bars - returns.bars
    guard more == 0 || more == before else {
      throw .badReturns(file, .barCount(found: benchmark.bars, needed: returns.bars))
    }
    guard let found = benchmark.timestamps, let needed = returns.timestamps else { return }
    if let bar = needed.indices.first(where: { found[$0 + more] != needed[$0] }) {
      throw .badReturns(file, .barTime(bar: bar + more + 1, found: found[bar + more], needed: needed[bar]))
    }
  }

  /// Reads `chunks`, as ``read(_:file:)`` does what it is given in one piece.
  func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> ImportedReturns {
    let kept = KeptText(chunks)
    var chunks = try HeadedChunks({ try kept.next() }, headLength: ArrayFault.headLength)
    do {
      if chunks.head.starts(with: NumPyHeader.magic) {
        if headerRows ?? 0 > 0 { throw ArrayFault.noNames }
        var matrix = try NumPyMatrix(&chunks)
        return try matrix.returns(settings)
      }
      if let fault = ArrayFault(ofHead: chunks.head) { throw fault }
      var text = try BlankColumns(chunks)
      var scanner = try DelimitedScanner(
        separator: text.separator, maximumRecordLength: Self.maximumRecordLength
      ) { try text.next() }
      var table = try ReturnsTable(file: file, settings: settings, headerRows: headerRows, &scanner)
      return try table.returns()
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    } catch let error as ArrayFault {
      throw ImportError.malformedArray(file, error)
    } catch let error as ReturnsFault {
      if let line = error.line, let text = try kept.whole(),
        let table = TableAmongOthers(text, fault: line)
      {
        throw ImportError.badReturns(
          file,
          .severalTables(
            table.lines, other: table.other.line, text: table.other.text, command: table.command(file: file)))
      }
      throw ImportError.badReturns(file, error)
    }
  }
}
