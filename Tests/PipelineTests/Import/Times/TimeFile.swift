import Artifacts

@testable import Pipeline

/// The cells of a file's column of times.
enum TimeFile {
  /// Reads the cells in their order, with those of a column of times of day beside them if there are any.
  static func read(
    _ cells: [String], clocks: [String]? = nil, format: String? = nil, zone: String? = nil,
    mayNumberRows: Bool = false, leavingOutRows: Bool = false
  ) throws -> FileTimes {
    let rows = cells.indices.map { row in "\"\(cells[row])\"," + (clocks.map { "\"\($0[row])\"" } ?? "") }
    var scanner = try DelimitedScanner(Array(rows.joined(separator: "\n").utf8), separator: 0x2C)
    var column = TimeColumn(
      MarketColumns.Column(name: "time", index: 0),
      clock: clocks == nil ? nil : MarketColumns.Column(name: "clock", index: 1),
      mayNumberRows: mayNumberRows,
      settings: try TimeSettings(format: format, zone: zone))
    while try scanner.next() { column.append(try column.read(scanner), line: scanner.line) }
    return try column.finish(leavingOutRows: leavingOutRows)
  }

  /// The only cell's moment, in microseconds since 1970; `nil` if it is refused.
  static func moment(_ cell: String, format: String? = nil, zone: String? = nil) -> Int64? {
    try? read([cell], format: format, zone: zone).timestamps.first
  }
}
