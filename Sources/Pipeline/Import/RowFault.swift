/// What can be wrong with one row of bars.
public enum RowFault: Error, Equatable, Sendable {
  case fieldCount(found: Int, needed: Int)
  case blankLine
  /// A row that has a time and says of its prices that there are none.
  case noPrice(column: String, found: String)
  case notNumber(column: String, found: String)
  case notFinite(column: String, found: String)
  case notPositive(column: String, found: String)
  case negativeVolume(column: String, found: String)
  /// The high is below another price of the bar.
  case highBelow(column: String, high: Double, other: Double)
  /// The low is above another price of the bar.
  case lowAbove(column: String, low: Double, other: Double)
  case unknownTime(column: String, found: String)
  /// A time without its day.
  case timeOfDayAlone(column: String, found: String)
  /// A count since 1970 that gives no year from 1980 to 2100 in any unit.
  case implausibleTime(column: String, found: String)
  /// A time in a zone of which nothing is known.
  case unknownZone(column: String, found: String, zone: String)
  /// A time that is not written as `--time-format` says.
  case otherThanFormat(column: String, found: String, format: String)
  /// A time in another format than the rows before.
  case otherTimeFormat(column: String, found: String, needed: String)
  case timeBackwards(column: String, found: String)
  /// A later time than the row before in a file whose newest row is the first.
  case timeForwards(column: String, found: String)
  case timeRepeated(column: String, found: String)

  /// The kinds of faults, as reports count them.
  public enum Reason: String, Sendable, CaseIterable {
    case fieldCount = "wrong number of fields"
    case blankLine = "blank line"
    case noPrice = "no price"
    case notNumber = "not a number"
    case notFinite = "NaN or infinity"
    case notPositive = "price not positive"
    case negativeVolume = "negative volume"
    case highBelow = "high below another price"
    case lowAbove = "low above another price"
    case unknownTime = "unknown timestamp"
    case otherTimeFormat = "mixed timestamp formats"
    case timeBackwards = "timestamp out of order"
    case timeRepeated = "timestamp repeated"
  }

  /// The fault without its figures, as a report counts it.
  public var reason: Reason {
    switch self {
    case .fieldCount: .fieldCount
    case .blankLine: .blankLine
    case .noPrice: .noPrice
    case .notNumber: .notNumber
    case .notFinite: .notFinite
    case .notPositive: .notPositive
    case .negativeVolume: .negativeVolume
    case .highBelow: .highBelow
    case .lowAbove: .lowAbove
    case .unknownTime, .timeOfDayAlone, .implausibleTime, .unknownZone, .otherThanFormat: .unknownTime
    case .otherTimeFormat: .otherTimeFormat
    case .timeBackwards, .timeForwards: .timeBackwards
    case .timeRepeated: .timeRepeated
    }
  }

  /// What was found and what was needed.
  public var words: String {
    switch self {
    case .fieldCount(let found, let needed): "\(found) fields, expected \(needed)"
    case .blankLine: "the line is blank, expected a bar"
    case .noPrice(let column, let found): "\(column) is \"\(found)\", expected a price"
    case .notNumber(let column, let found): "\(column) is \"\(found)\", expected a number"
    case .notFinite(let column, let found): "\(column) is \"\(found)\", expected a finite number"
    case .notPositive(let column, let found): "\(column) is \"\(found)\", expected a positive number"
    case .negativeVolume(let column, let found): "\(column) is \"\(found)\", expected zero or more"
    case .highBelow(let column, let high, let other):
      "high is \(high), expected at least the \(column) of \(other)"
    case .lowAbove(let column, let low, let other):
      "low is \(low), expected at most the \(column) of \(other)"
    case .unknownTime(let column, let found):
      "\(column) is \"\(found)\", expected a date or a time such as 2017-08-17 04:00:00; "
        + "say how times are written with --time-format"
    case .timeOfDayAlone(let column, let found):
      "\(column) is \"\(found)\", a time of day alone, expected its day as well; give the day in a column of its own, "
        + "or pass --time-format rows to number the bars"
    case .implausibleTime(let column, let found):
      "\(column) is \"\(found)\", expected a time, as this number is no date and since 1970 gives no year from 1980 "
        + "to 2100 in any unit; say what it counts with --time-format"
    case .unknownZone(let column, let found, let zone):
      "\(column) is \"\(found)\", of whose zone \(zone) nothing is known or too much, expected a zone of the IANA "
        + "database; name it with --time-zone"
    case .otherThanFormat(let column, let found, let format):
      "\(column) is \"\(found)\", expected what --time-format \(format) says"
    case .otherTimeFormat(let column, let found, let needed):
      "\(column) is \"\(found)\", expected a time such as \"\(needed)\", as in the rows before"
    case .timeBackwards(let column, let found):
      "\(column) is \"\(found)\", before that of the last row, expected increasing times"
    case .timeForwards(let column, let found):
      "\(column) is \"\(found)\", after that of the last row, expected decreasing times as in most rows"
    case .timeRepeated(let column, let found):
      "\(column) is \"\(found)\", as in the last row, expected increasing times"
    }
  }
}
