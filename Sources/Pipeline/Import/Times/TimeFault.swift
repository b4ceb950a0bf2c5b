/// Why the times of a file cannot be used though each cell can be read.
public enum TimeFault: Error, Equatable, Sendable {
  /// A row breaks the order of the others.
  case row(line: Int, RowFault)
  /// More than one reading fits all rows; `options` settle it.
  case ambiguous(column: String, found: String, readings: [String], options: [String])
  /// No reading gives times from 1900 to 2100.
  case noReading(column: String, found: String, reason: String, remedy: String)
  /// The column counts its rows.
  case rowNumbers(column: String, first: String, last: String)
  /// The format that was asked for is not the file's.
  case unusedFormat(column: String, found: String, format: String)

  /// The line of the fault, counted from 1, if it is one row's.
  public var line: Int? {
    if case .row(let line, _) = self { line } else { nil }
  }

  /// What was found and needed, and what to do; without the place, which the caller puts before it.
  public var words: String {
    switch self {
    case .row(_, let fault): "\(fault.words); correct or remove the row"
    case .ambiguous(let column, let found, let readings, let options):
      "\(column) is \"\(found)\" and the like, which may be \(readings.joined(separator: " or ")) in every row, "
        + "expected times of one meaning; pass \(options.joined(separator: " or "))"
    case .noReading(let column, let found, let reason, let remedy):
      "\(column) is \"\(found)\", \(reason); \(remedy)"
    case .rowNumbers(let column, let first, let last):
      "\(column) counts the rows (\(first) to \(last)), expected times; "
        + "name the column of the times, or pass --time-format: rows to do without, or what these count"
    case .unusedFormat(let column, let found, let format):
      "\(column) is \"\(found)\", expected the --time-format \(format); correct the option or leave it out"
    }
  }
}
