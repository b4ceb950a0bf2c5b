import Artifacts

/// Why a file cannot be used as signals.
public enum SignalsFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// A cell that is no signal.
  case badSignal(line: Int, column: String, found: String)
  /// A number of an array that is no signal; row and column are counted from 0, as NumPy does.
  case badElement(row: Int, column: Int, found: String)
  case rowLength(line: Int, found: Int, first: Int, needed: Int)
  /// A row that has no field but its label.
  case noSignals(line: Int)
  /// Numbers with spaces between.
  case spaces(line: Int)
  case emptyName(axis: SignalsAxis, number: Int)
  case badTime(line: Int?, RowFault)
  /// Times that cannot be used though each can be read.
  case badTimes(TimeFault)
  /// A row is for another time than the bar that it has to be for, counted from 1.
  case otherTime(line: Int?, found: Int64, bar: Int, needed: Int64)
  /// The rows end before the market does.
  case endsEarly(last: Int64, needed: Int64)
  /// Times, and signals that begin anew with each segment.
  case timesBeginAnew
  /// Times for bars that have none.
  case timesOfNumberedBars
  /// Both sides of the matrix could be the bars.
  case eitherAxis(rows: Int, columns: Int)
  /// Neither side of the matrix fits the bars.
  case neitherAxis(rows: Int, columns: Int, needed: String)
  /// The signals fit the bars the other way round only.
  case otherAxis(SignalsAxis, found: Int, other: Int, needed: String)
  /// A format that is not read.
  case otherFormat(String, remedy: String)
  /// A member of a JSON object that is not that of the first.
  case otherMember(place: String, found: String, needed: String)

  /// The line of the fault, counted from 1, if it has one.
  var line: Int? {
    switch self {
    case .badSignal(let line, _, _), .rowLength(let line, _, _, _), .noSignals(let line), .spaces(let line):
      line
    case .badTime(let line, _), .otherTime(let line, _, _, _): line
    default: nil
    }
  }

  /// What was found and needed, and what to do; without the name of the file.
  public var description: String {
    switch self {
    case .badSignal(_, let column, let found):
      "\(column) is \"\(found)\", expected -1, 0 or 1; correct the signal, and write 0 where there is none"
    case .badElement(let row, let column, let found):
      "[\(row), \(column)] is \(found), expected -1, 0 or 1; correct the signal, and write 0 where there is none"
    case .rowLength(_, let found, let first, let needed):
      "\(found) fields, expected \(needed) as on line \(first); give every row a signal in every column"
    case .noSignals: "one field alone, expected a label and signals; add a column of signals"
    case .spaces: "numbers with spaces between, expected commas; write them with delimiter=\",\""
    case .emptyName(let axis, let number):
      "\(axis == .bars ? "column" : "row") \(number) has no name, expected that of a strategy; name or remove it"
    case .badTime(_, let fault): fault.words + Self.remedy(fault)
    case .badTimes(let fault): fault.words
    case .otherTime(_, let found, let bar, let needed):
      "the time is \(Self.time(found)), expected \(Self.time(needed)), that of bar \(bar); "
        + "give a row for every bar, at the times of the bars"
    case .endsEarly(let last, let needed):
      "ends at \(Self.time(last)), expected a row for every bar up to \(Self.time(needed)); "
        + "add the rows that are missing or give fewer bars"
    case .timesOfNumberedBars:
      "has times, but the bars have none, expected times on both sides; leave the times out, or give bars with theirs"
    case .timesBeginAnew:
      "has times, which --signals-from segment cannot follow; leave --signals-from out"
    case .eitherAxis(let rows, let columns):
      "\(rows) rows and \(columns) columns both fit the bars, expected one that does; "
        + "pass --signals-axis bars or --signals-axis strategies for what a row is"
    case .neitherAxis(let rows, let columns, let needed):
      "\(rows) rows and \(columns) columns, expected one of them to be \(needed); "
        + "give every bar a signal, 0 where there is none"
    case .otherAxis(let axis, let found, let other, let needed):
      "rows that are \(axis.rawValue) have \(found) signals a strategy, expected \(needed), as the other "
        + "side has with \(other); pass --signals-axis \(axis == .bars ? "strategies" : "bars")"
    case .otherFormat(let format, let remedy): "is \(format), expected CSV, JSON or .npy; \(remedy)"
    case .otherMember(let place, let found, let needed):
      "\(place): found \(found), expected \(needed); give every object the same members in one order"
    }
  }

  private static func time(_ microseconds: Int64) -> String { CivilTime.iso8601(microseconds: microseconds) }

  private static func remedy(_ fault: RowFault) -> String {
    switch fault {
    case .timeBackwards, .timeForwards: "; sort the rows by time"
    case .timeRepeated: "; keep one row for each bar"
    // It says what to do by itself.
    case .unknownTime: ""
    default: "; correct the time"
    }
  }
}
