import Artifacts

/// Reads the signals of strategies that were made elsewhere. The first bytes tell the format.
///
/// **JSON.** An object of id → array, a list of objects with `id` and `signals`, or what `to_json` of pandas writes of
/// a table of bars × strategies: `columns`, `index`, `split`, `records` or `values`. The order of an object's members
/// has no meaning in JSON, so strategies that are members are sorted by name, numbers within names by their value
/// (`strategy_2` before `strategy_10`); a list keeps its order.
///
/// **Text.** Separator comma, semicolon or tab. A row a bar and a column a strategy, with names in the first row and
/// perhaps times or row numbers in the first column; or a row a strategy, with names in the first column and perhaps
/// times or numbers in the first row.
///
/// **NumPy.** `.npy` of booleans, whole or floating-point numbers in one or two dimensions.
///
/// Packed by gzip or not. A signal is -1, 0 or 1; `true` and `false` and decimals such as `1.0` are understood.
public struct SignalsReader: Sendable {
  /// The longest line of text, in bytes: with a column a strategy, ten million of them.
  public static let maximumRecordLength = 64 << 20
  /// The most signals that are read, two bits of memory each: one gigabyte.
  public static let maximumSignals = 1 << 32

  /// What the user says of times.
  private let settings: TimeSettings

  public init() {
    self.init(settings: TimeSettings())
  }

  /// A reader of times as `settings` say.
  init(settings: TimeSettings) {
    self.settings = settings
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ImportError``.
  public func read(path: String) throws -> ImportedSignals {
    try read(path: path, log: nil)
  }

  /// The same, with the file noted in `log`.
  func read(path: String, log: InputLog?) throws -> ImportedSignals {
    try read(file: InputFile.name(ofPath: path), chunks: InputFile.chunks(ofPath: path, log: log))
  }

  /// Reads `bytes`; `file` is their name in messages.
  ///
  /// - Throws: ``ImportError``.
  public func read(_ bytes: [UInt8], file: String) throws -> ImportedSignals {
    try read(file: file, chunks: InputFile.chunks(of: bytes, file: file))
  }

  /// Reads `chunks`, as ``read(_:file:)`` does what it is given in one piece.
  func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> ImportedSignals {
    // Enough that white space before a document rarely hides what it is.
    var chunks = try HeadedChunks(chunks, headLength: 512)
    if chunks.head.starts(with: [0xFF, 0xFE]) || chunks.head.starts(with: [0xFE, 0xFF]) {
      var wide: [UInt8] = []
      while case let chunk = try chunks.next(), !chunk.isEmpty { wide += chunk }
      return try read(WideText.utf8(wide), file: file)
    }
    do {
      if chunks.head.starts(with: NumPyHeader.magic) { return try SignalsArray.read(&chunks, file: file) }
      if let fault = Self.otherFormat(chunks.head) { throw fault }
      let head = chunks.head.starts(with: [0xEF, 0xBB, 0xBF]) ? chunks.head[3...] : chunks.head[...]
      guard let first = head.first(where: { $0 > 0x20 }) else { throw ImportError.empty(file) }
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        let cursor = try JSONCursor(document: file) { try chunks.next() }
        var document = SignalsDocument(cursor, file: file, settings: settings)
        return try document.read()
      }
      var scanner = try DelimitedScanner(maximumRecordLength: Self.maximumRecordLength) { try chunks.next() }
      var table = try SignalsTable(file: file, &scanner, settings: settings)
      return try table.read(&scanner)
    } catch let error as JSONError {
      throw ImportError.malformedJSON(error)
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    } catch let error as ArrayFault {
      throw ImportError.malformedArray(file, error)
    } catch let error as SignalsFault {
      throw ImportError.badSignals(file, error)
    }
  }

  /// What NumPy and Python write besides arrays; other kinds of files are refused where bytes are read.
  private static func otherFormat(_ head: [UInt8]) -> SignalsFault? {
    switch ArrayFault(ofHead: head) {
    case .archive: .otherFormat("an archive, such as .npz", remedy: "write one array with np.save")
    case .pickle: .otherFormat("pickled Python objects", remedy: "write it with to_csv or np.save")
    default: nil
    }
  }

  /// - Throws: ``ImportError/tooMany(_:kind:found:limit:)``.
  static func check(count: Int, file: String) throws(ImportError) {
    if count > maximumSignals {
      throw .tooMany(file, kind: "signals", found: count, limit: maximumSignals)
    }
  }
}
