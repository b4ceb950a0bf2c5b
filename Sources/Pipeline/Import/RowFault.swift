/// What can be wrong with one row of bars.
public enum RowFault: Error, Equatable, Sendable {
  case fieldCount(found: Int, needed: Int)
  case blankLine
  case notNumber(column: String, found: String)
  case notFinite(column: String, found: String)
  case notPositive(column: String, found: String)
  case negativeVolume(column: String, found: String)
  /// The high is below another price of the bar.
  case highBelow(column: String, high: Double, other: Double)
  /// The low is above another price of the bar.
  case lowAbove(column: String, low: Double, other: Double)
  case unknownTime(column: String, found: String)
  /// A time in another format than the rows before.
  case otherTimeFormat(column: String, found: String, needed: String)
  case timeBackwards(column: String, found: String)
  case timeRepeated(column: String, found: String)

  /// The kinds of faults, as reports count them.
  public enum Reason: String, Sendable, CaseIterable {
    case fieldCount = "wrong number of fields"
    case blankLine = "blank line"
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
    case .notNumber: .notNumber
    case .notFinite: .notFinite
    case .notPositive: .notPositive
    case .negativeVolume: .negativeVolume
    case .highBelow: .highBelow
    case .lowAbove: .lowAbove
    case .unknownTime: .unknownTime
    case .otherTimeFormat: .otherTimeFormat
    case .timeBackwards: .timeBackwards
    case .timeRepeated: .timeRepeated
    }
  }

  /// What was found and what was needed.
  public var words: String {
    switch self {
    case .fieldCount(let found, let needed): "\(found) fields, expected \(needed)"
    case .blankLine: "the line is blank, expected a bar"
    case .notNumber(let column, let found): "\(column) is \"\(found)\", expected a number"
    case .notFinite(let column, let found): "\(column) is \"\(found)\", expected a finite number"
    case .notPositive(let column, let found): "\(column) is \"\(found)\", expected a positive number"
    case .negativeVolume(let column, let found): "\(column) is \"\(found)\", expected zero or more"
    case .highBelow(let column, let high, let other):
      "high is \(high), expected at least the \(column) of \(other)"
    case .lowAbove(let column, let low, let other):
      "low is \(low), expected at most the \(column) of \(other)"
    case .unknownTime(let column, let found):
      "\(column) is \"\(found)\", expected ISO 8601, dd.MM.yyyy HH:mm:ss, yyyyMMdd or a count since 1970"
    case .otherTimeFormat(let column, let found, let needed):
      "\(column) is \"\(found)\", expected \(needed), as in the rows before"
    case .timeBackwards(let column, let found):
      "\(column) is \"\(found)\", before that of the last row, expected increasing times"
    case .timeRepeated(let column, let found):
      "\(column) is \"\(found)\", as in the last row, expected increasing times"
    }
  }
}
