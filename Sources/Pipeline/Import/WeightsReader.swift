import Artifacts

/// Weights of linear strategies that were made elsewhere.
public struct ImportedWeights: Sendable, Equatable {
  /// The features' names in the order of the file, all different; whether they exist is the caller's
  /// question.
  public let featureNames: [String]
  /// The strategies' names in the order of the file, all different.
  public let ids: [String]
  /// A column a strategy, in the order of `ids`; a weight for each feature in the order of `featureNames`,
  /// finite.
  public let columns: [[Double]]
  /// The entry threshold of each strategy, if the file gives it.
  public let entry: [Double]?
  /// The exit threshold of each strategy, if the file gives it.
  public let exit: [Double]?
}

/// Reads the weights of linear strategies from delimited text. The header decides which way it lies:
///
/// - first column `feature`: columns are strategies, each row a feature's name and its weight in every
///   strategy;
/// - otherwise rows are strategies: perhaps a first column `strategy`, `strategy_id` or `id`, then a column a
///   feature. Without ids they are `strategy_0`, `strategy_1`, ….
///
/// A feature named `entry` or `exit` is the threshold and no feature.
public struct WeightsReader: Sendable {
  /// The longest line, in bytes: with a column a strategy, 100,000 of them take 2 MB.
  public static let maximumRecordLength = 256 << 20
  /// The most weights that are read, 8 bytes of memory each.
  public static let maximumWeights = 1 << 28

  public init() {}

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ImportError``.
  public func read(path: String) throws -> ImportedWeights {
    try read(path: path, log: nil)
  }

  /// The same, with the file noted in `log`.
  func read(path: String, log: InputLog?) throws -> ImportedWeights {
    let chunks = try InputFile.chunks(ofPath: path, log: log)
    return try read(file: InputFile.name(ofPath: path), chunks: chunks)
  }

  /// Reads `bytes`; `file` is their name in messages.
  ///
  /// - Throws: ``ImportError``.
  public func read(_ bytes: [UInt8], file: String) throws -> ImportedWeights {
    try read(file: file, chunks: InputFile.chunks(of: bytes, file: file))
  }

  private func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> ImportedWeights {
    do {
      var scanner = try DelimitedScanner(maximumRecordLength: Self.maximumRecordLength, refill: chunks)
      guard try scanner.next() else { throw ImportError.empty(file) }
      let header = scanner.fields.indices.map { ImportText.trimmed(scanner.text($0)) }
      guard header != [""] else { throw ImportError.empty(file) }
      let table = try WeightsTable(file: file, header: header, rows: &scanner)
      return try table.header.first?.lowercased() == "feature"
        ? table.columnsAreStrategies() : table.rowsAreStrategies()
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    }
  }
}

/// A table of numbers, perhaps with a name before each row.
private struct WeightsTable {
  let file: String
  let header: [String]
  private let isNamed: Bool
  private var names: [String] = []
  private var rows: [[Double]] = []

  init(file: String, header: [String], rows scanner: inout DelimitedScanner) throws {
    self.file = file
    self.header = header
    isNamed = ["feature", "strategy", "strategy_id", "id"].contains(header[0].lowercased())
    if header.count < (isNamed ? 2 : 1) {
      throw ImportError.weightsHeader(
        file, found: "one column \"\(ImportText.brief(header[0]))\"",
        needed: "a column a strategy or a feature")
    }
    // Names alone make a header; a number in it means that the header is missing.
    for (index, name) in header.enumerated() where name.isEmpty || (!isNamed && Double(name) != nil) {
      throw ImportError.weightsHeader(
        file, found: "column \(index + 1) is named \"\(ImportText.brief(name))\"",
        needed: "the name of a strategy or a feature")
    }
    while try scanner.next() {
      // Blank lines are tolerated: they cannot be mistaken for weights.
      if !scanner.isBlank { try append(scanner) }
    }
    if rows.isEmpty { throw ImportError.headerOnly(file) }
  }

  private mutating func append(_ scanner: borrowing DelimitedScanner) throws(ImportError) {
    guard scanner.fields.count == header.count else {
      throw .weightsRow(file, line: scanner.line, found: scanner.fields.count, needed: header.count)
    }
    if isNamed { names.append(ImportText.trimmed(scanner.text(0))) }
    var row: [Double] = []
    row.reserveCapacity(header.count)
    for field in (isNamed ? 1 : 0)..<header.count {
      guard let value = scanner.number(field), value.isFinite else {
        throw .badWeight(
          file, line: scanner.line, column: ImportText.brief(header[field]),
          found: ImportText.brief(scanner.text(field)))
      }
      row.append(value)
    }
    rows.append(row)
    let count = rows.count * row.count
    if count > WeightsReader.maximumWeights {
      throw .tooMany(file, kind: "weights", found: count, limit: WeightsReader.maximumWeights)
    }
  }

  /// The weights if each row is a feature.
  func columnsAreStrategies() throws(ImportError) -> ImportedWeights {
    let ids = Array(header.dropFirst())
    return try weights(features: names, ids: ids) { feature, strategy in rows[feature][strategy] }
  }

  /// The weights if each row is a strategy.
  func rowsAreStrategies() throws(ImportError) -> ImportedWeights {
    let ids = isNamed ? names : rows.indices.map { "strategy_\($0)" }
    let features = Array(isNamed ? header.dropFirst() : header[...])
    return try weights(features: features, ids: ids) { feature, strategy in rows[strategy][feature] }
  }

  private func weights(
    features: [String], ids: [String], value: (_ feature: Int, _ strategy: Int) -> Double
  ) throws(ImportError) -> ImportedWeights {
    for (kind, names) in [("feature", features), ("strategy", ids)] {
      var seen: Set<String> = []
      for name in names where !seen.insert(name).inserted {
        throw .repeatedName(file, kind: kind, name: ImportText.brief(name))
      }
    }
    func threshold(_ name: String) -> [Double]? {
      features.firstIndex(of: name).map { feature in ids.indices.map { value(feature, $0) } }
    }
    let kept = features.indices.filter { features[$0] != "entry" && features[$0] != "exit" }
    if kept.isEmpty {
      throw .weightsHeader(file, found: "no feature", needed: "at least one besides entry and exit")
    }
    return ImportedWeights(
      featureNames: kept.map { features[$0] }, ids: ids,
      columns: ids.indices.map { strategy in kept.map { value($0, strategy) } },
      entry: threshold("entry"), exit: threshold("exit"))
  }
}
