import Artifacts

/// What can be wrong with a table of returns or of p-values.
public enum ReturnsFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// No column besides the times.
  case noColumn(line: Int)
  /// Fields that are separated by spaces.
  case spaces(line: Int)
  case emptyName(line: Int, column: Int)
  /// Another number of fields than line `first` has.
  case rowLength(line: Int, found: Int, first: Int, needed: Int)
  case badReturn(line: Int, column: String, found: String)
  case badProbability(line: Int, column: String, found: String)
  case badTime(line: Int, RowFault)
  /// More columns than a series or a list of p-values has.
  case columns(found: Int, needed: String)
  /// A benchmark of another length than the returns.
  case barCount(found: Int, needed: Int)
  /// A benchmark whose bar number `bar`, counted from 1, has another time, in microseconds since 1970.
  case barTime(bar: Int, found: Int64, needed: Int64)

  /// The line of the fault, counted from 1, if it has one.
  public var line: Int? {
    switch self {
    case .noColumn(let line), .spaces(let line), .emptyName(let line, _), .rowLength(let line, _, _, _),
      .badReturn(let line, _, _), .badProbability(let line, _, _), .badTime(let line, _):
      line
    case .columns, .barCount, .barTime: nil
    }
  }

  /// What was found and needed, and what to do; without the place, which the caller puts before it.
  public var description: String {
    switch self {
    case .noColumn:
      "no column besides the times, expected a column a strategy; check how the file was made"
    case .spaces:
      "numbers are separated by spaces, expected comma, semicolon or tab; "
        + "write it again, in NumPy with delimiter=\",\""
    case .emptyName(_, let column):
      "column \(column) has no name, expected one for every strategy; name or remove the column"
    case .rowLength(_, let found, let first, let needed):
      "\(found) fields, expected \(needed) as in line \(first); correct or remove the row"
    case .badReturn(_, let column, let found):
      "\(column) is \"\(found)\", expected a finite number, or an empty cell where it is undefined; correct the cell"
    case .badProbability(_, let column, let found):
      "\(column) is \"\(found)\", expected a p-value from 0 to 1, or an empty cell where it is undefined; "
        + "correct the cell"
    case .badTime(_, let fault):
      "\(fault.words); correct or remove the row"
    case .columns(let found, let needed):
      "\(found) columns, expected \(needed); remove the others"
    case .barCount(let found, let needed):
      "\(found) bars, expected \(needed) as the returns have; give the benchmark over the same bars"
    case .barTime(let bar, let found, let needed):
      "bar \(bar) is of \(CivilTime.iso8601(microseconds: found)), expected "
        + "\(CivilTime.iso8601(microseconds: needed)) as the returns have; give the benchmark over the same bars"
    }
  }
}
