import Artifacts

/// The clocks that rows name, for bounds of time that are given without a zone: these are on the clock of the file.
struct RowZones {
  private let column: Int
  /// From which row on the clock is so far ahead of UTC, in microseconds.
  private var offsets: [(row: Int, offset: Int64)] = []
  private var rows = 0

  init(_ column: Int) {
    self.column = column
  }

  /// Looks at the next row that is taken in.
  mutating func append(_ scanner: borrowing DelimitedScanner) {
    let place = scanner.fields[column]
    var offset: Int64 = 0
    if let cell = TimeCell(scanner.bytes.span, from: place.start, to: place.end),
      case .offset(let found) = cell.zone
    {
      offset = found
    }
    if offsets.last?.offset != offset { offsets.append((rows, offset)) }
    rows += 1
  }

  /// How far the clock of a row is ahead of UTC by the offset that it names.
  func offset(row: Int) -> Int64 { offsets.last { $0.row <= row }?.offset ?? 0 }
}

extension TimeColumn {
  /// The rules of the clock that the times were read by, where a name or the user gives them.
  var clockRules: ZoneRules? {
    if let name = zoneNames.first {
      var book = zones
      return book.rules(named: name)
    }
    return hasZone ? nil : zones.home
  }
}
