import Artifacts

/// P-values of tests that were made elsewhere.
public struct ImportedPValues: Sendable, Equatable {
  /// The tests' names, all different; their numbers from 0 where the file has none.
  public let names: [String]
  /// From 0 to 1, or NaN where a p-value is undefined; at least one.
  public let values: [Double]

  /// How many p-values are undefined.
  public var undefinedCount: Int { values.count { $0.isNaN } }
}

/// Reads p-values from delimited text: one column, or the tests' names and their p-values.
///
/// Separator comma, semicolon or tab. The first row is a header if its p-value is no number. A p-value is undefined as
/// a return is in ``ReturnsReader``. Blank lines are skipped.
public struct PValuesReader: Sendable {
  /// The most p-values that are read: as many as the largest sweep has strategies.
  public static let maximumPValues = 10_000_000

  public init() {}

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ImportError``.
  public func read(path: String) throws -> ImportedPValues {
    try read(path: path, log: nil)
  }

  /// The same, with the file noted in `log`.
  func read(path: String, log: InputLog?) throws -> ImportedPValues {
    let chunks = try InputFile.chunks(ofPath: path, log: log)
    return try read(file: InputFile.name(ofPath: path), chunks: chunks)
  }

  /// Reads `bytes`; `file` is their name in messages.
  ///
  /// - Throws: ``ImportError``.
  public func read(_ bytes: [UInt8], file: String) throws -> ImportedPValues {
    try read(file: file, chunks: InputFile.chunks(of: bytes, file: file))
  }

  private func read(file: String, chunks: @escaping () throws -> [UInt8]) throws -> ImportedPValues {
    do {
      var scanner = try DelimitedScanner(refill: chunks)
      return try read(file: file, &scanner)
    } catch let error as TableError {
      throw ImportError.malformedTable(file, error)
    } catch let error as ReturnsFault {
      throw ImportError.badReturns(file, error)
    }
  }

  private func read(file: String, _ scanner: inout DelimitedScanner) throws -> ImportedPValues {
    var columns: (count: Int, line: Int, name: String)?
    var names: [String] = []
    var values: [Double] = []
    while try scanner.next() {
      if scanner.isBlank { continue }
      let count = scanner.fields.count
      if columns == nil {
        guard count <= 2 else {
          throw ReturnsFault.columns(found: count, needed: "one, the p-values, or two, names and p-values")
        }
        let isData = scanner.number(count - 1) != nil || ReturnsHeader.isUndefined(scanner, count - 1)
        columns = (count, scanner.line, isData ? "p-value" : ImportText.brief(scanner.text(count - 1)))
        if !isData { continue }
      }
      guard let columns, count == columns.count else {
        throw ReturnsFault.rowLength(
          line: scanner.line, found: count, first: columns?.line ?? 1, needed: columns?.count ?? 1)
      }
      names.append(count == 2 ? scanner.text(0) : String(values.count))
      values.append(try Self.pValue(scanner, field: count - 1, column: columns.name))
      if values.count > Self.maximumPValues {
        throw ImportError.tooMany(file, kind: "p-values", found: values.count, limit: Self.maximumPValues)
      }
    }
    if columns == nil { throw ImportError.empty(file) }
    if values.isEmpty { throw ImportError.headerOnly(file) }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw ImportError.repeatedName(file, kind: "test", name: ImportText.brief(name))
    }
    return ImportedPValues(names: names, values: values)
  }

  private static func pValue(
    _ scanner: borrowing DelimitedScanner, field: Int, column: String
  ) throws(ReturnsFault) -> Double {
    if let value = scanner.number(field), (0...1).contains(value) { return value }
    if ReturnsHeader.isUndefined(scanner, field) { return .nan }
    throw .badProbability(
      line: scanner.line, column: column, found: ImportText.brief(scanner.text(field)))
  }
}
