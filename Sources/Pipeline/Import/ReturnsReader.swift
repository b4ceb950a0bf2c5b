import Artifacts

/// Reads a matrix of returns, bars × strategies, from delimited text or a NumPy array; the first bytes tell which.
///
/// **Text.** Separator comma, semicolon or tab; a row a bar, a column a strategy; decimal point.
/// - A first column gives the times if its name is one that ``MarketReader`` knows or is missing, or if its first cell
///   is a date or a time since 1970 (of at least 10⁸ seconds, which no return is). Formats as there; increasing.
/// - The first row gives the names if a cell of it is no number, or if all are different whole numbers, as pandas
///   names columns that have no name. Two strategies of one name are refused: a name is how a benchmark is
///   chosen, and the same column twice is more often a slip than wanted.
/// - A first column that counts 0, 1, 2, … or 1, 2, 3, … numbers the rows and is left out.
/// - An empty cell, `nan`, `na`, `n/a`, `null` and `none` in any case are undefined. Blank lines are skipped; with one
///   column they are undefined returns, except at the beginning and the end of the file.
///
/// **NumPy.** `.npy` of versions 1.0 to 3.0, `<f4` or `<f8`, in C or Fortran order; one dimension is one strategy. NaN
/// is undefined, infinity refused.
public struct ReturnsReader: Sendable {
  /// The longest line, in bytes: with a column a strategy, a million of them written in full take 24 MB.
  public static let maximumRecordLength = 64 << 20
  /// The most returns that are read, 8 bytes of memory each: 200,000 strategies of ten years of days.
  public static let maximumReturns = 500_000_000

  public init() {}

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
    var rest: [UInt8]? = bytes
    return try read(file: file) {
      defer { rest = nil }
      return rest ?? []
    }
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

  private static func check(
    _ benchmark: ImportedReturns, for returns: ImportedReturns, file: String
  ) throws(ImportError) {
    if benchmark.strategies != 1 {
      throw .badReturns(file, .columns(found: benchmark.strategies, needed: "one, the benchmark's returns"))
    }
    if benchmark.bars != returns.bars {
      throw .badReturns(file, .barCount(found: benchmark.bars, needed: returns.bars))
    }
    guard let found = benchmark.timestamps, let needed = returns.timestamps else { return }
    if let bar = found.indices.first(where: { found[$0] != needed[$0] }) {
      throw .badReturns(file, .barTime(bar: bar + 1, found: found[bar], needed: needed[bar]))
    }
  }

  /// Reads `chunks`, as ``read(_:file:)`` does what it is given in one piece.
  func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> ImportedReturns {
    var chunks = try HeadedChunks(chunks, headLength: NumPyHeader.magic.count)
    do {
      if chunks.head.starts(with: NumPyHeader.magic) {
        var matrix = try NumPyMatrix(&chunks)
        return try matrix.returns()
      }
      if chunks.head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw ArrayFault.archive }
      // Pickles of protocol 2 on begin with its number.
      if chunks.head.count > 1, chunks.head[0] == 0x80, chunks.head[1] < 10 { throw ArrayFault.pickle }
      var scanner = try DelimitedScanner(maximumRecordLength: Self.maximumRecordLength) { try chunks.next() }
      var table = try ReturnsTable(file: file, &scanner)
      return try table.returns()
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    } catch let error as ArrayFault {
      throw ImportError.malformedArray(file, error)
    } catch let error as ReturnsFault {
      throw ImportError.badReturns(file, error)
    }
  }
}
