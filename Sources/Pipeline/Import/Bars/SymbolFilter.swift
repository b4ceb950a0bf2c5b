import Artifacts

/// Tells the bars of one instrument from those of others, by a column of symbols.
struct SymbolFilter {
  private let column: MarketColumns.Column?
  private let wanted: String?
  private let wantedBytes: [UInt8]
  /// The symbol of the first row.
  private var first: [UInt8] = []
  private var hasFirst = false
  /// The symbols in their order, once there are two; or all, while the wanted one has not been seen.
  private var values: [String] = []
  private var seen: Set<String> = []
  private var otherLine = 0
  private var isFound = false

  /// More different symbols than this are counted no further.
  private static let mostValues = 100_000

  init(_ column: MarketColumns.Column?, wanted: String?) {
    self.column = column
    self.wanted = wanted
    wantedBytes = Array((wanted ?? "").utf8)
  }

  /// Whether the current record is a bar of another instrument.
  mutating func leavesOut(_ scanner: borrowing DelimitedScanner) -> Bool {
    guard let column, column.index < scanner.fields.count else { return false }
    let place = scanner.fields[column.index]
    if wanted != nil {
      if Self.isEqual(scanner.bytes.span, place.start, place.end, wantedBytes) {
        isFound = true
        return false
      }
      if !isFound { add(scanner.text(column.index)) }
      return true
    }
    if !hasFirst {
      first = Array(scanner.bytes[place.start..<place.end])
      hasFirst = true
      return false
    }
    if values.isEmpty, Self.isEqual(scanner.bytes.span, place.start, place.end, first) { return false }
    if values.isEmpty {
      add(String(decoding: first, as: UTF8.self))
      otherLine = scanner.line
    }
    add(scanner.text(column.index))
    return true
  }

  private mutating func add(_ value: String) {
    if values.count < Self.mostValues, seen.insert(value).inserted { values.append(value) }
  }

  private static func isEqual(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ other: [UInt8]) -> Bool {
    guard end - start == other.count else { return false }
    for index in other.indices where bytes[start + index] != other[index] { return false }
    return true
  }

  /// Once all rows have been seen.
  ///
  /// - Throws: ``BarsFault`` if there are several symbols and none is wanted, or the wanted one is not there.
  func check(rows: Int, names: [String]) throws(BarsFault) {
    guard let column else {
      if let wanted, !names.isEmpty { throw .noSymbols(symbol: wanted, found: names) }
      return
    }
    if let wanted {
      if !isFound, !values.isEmpty { throw .unknownSymbol(found: wanted, known: values) }
    } else if !values.isEmpty {
      throw .severalSymbols(
        line: otherLine, column: column.name, values: Array(values.prefix(5)), count: values.count)
    }
  }
}
