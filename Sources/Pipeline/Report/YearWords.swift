import Artifacts
import Backtesting

extension Figures {
  /// A spacing of bars in the largest unit that it fills: `1 day`, `5 min`, `36 h`.
  static func spacing(_ microseconds: Int64) -> String {
    let units: [(name: String, length: Int64)] = [
      ("day", TradingCalendar.day), ("h", 3_600_000_000), ("min", 60_000_000), ("s", 1_000_000),
      ("ms", 1_000),
    ]
    let unit = units.first { microseconds >= $0.length && microseconds % $0.length == 0 }
    guard let unit else {
      return microseconds < 1_000_000 ? "\(microseconds) µs" : rounded(Double(microseconds) / 1e6) + " s"
    }
    let count = microseconds / unit.length
    return "\(self.count(Int(count))) \(unit.name)" + (unit.name == "day" && count > 1 ? "s" : "")
  }

  /// A number with thousands apart and at most two decimals, none of them zeros at the end.
  static func rounded(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
    let hundredths = (value.magnitude * 100).rounded()
    let whole = Int(hundredths / 100)
    // Beyond a thousand nobody needs decimals.
    if whole >= 1_000 { return (value < 0 ? "-" : "") + count(Int(value.magnitude.rounded())) }
    let rest = Int(hundredths) % 100
    let decimals = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return (value < 0 && hundredths > 0 ? "-" : "") + "\(whole)" + decimals
  }

  /// A price with six digits, or all of the whole part.
  static func price(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var digits = 5
    var size = value.magnitude
    while size >= 10, digits > 0 {
      size /= 10
      digits -= 1
    }
    while size < 1, digits < 14 {
      size *= 10
      digits += 1
    }
    var text = decimals(value, digits)
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return text
  }
}

extension TradingCalendar {
  /// The spacing of bars in words, as the rule of the year names it where it does.
  var spacingWords: String {
    switch yearRule {
    case .periods(let name, _): name
    case .irregular: Figures.spacing(medianSpacing) + " (median), every length"
    case .numbered: "unknown"
    case .mixed(let change):
      "\(Figures.spacing(change.before)) until \(Figures.day(change.time)), then \(Figures.spacing(change.after))"
    default: Figures.spacing(spacing)
    }
  }

  /// How many bars make a year, and why; a sweep takes another number.
  var yearWords: String {
    barsPerYear.isFinite
      ? "\(Figures.rounded(barsPerYear)) bars a year: "
        + yearRule.words(option: "bars-per-year", of: "fluke sweep")
      : "\(yearRule.words); give the bars of a year with fluke sweep --bars-per-year"
  }
}

extension YearRule {
  /// Why the number is what it is, and where that is a guess, what it may be too and the option that says it.
  ///
  /// - Parameter command: the command that has the option, where it is not the one that speaks.
  func words(option: String, of command: String? = nil) -> String {
    let option = (command.map { $0 + " " } ?? "") + "--" + option
    return switch self {
    case .unseenWeekend(_, let otherwise):
      "\(words); \(Figures.rounded(otherwise)) if it trades then too; say it with \(option)"
    case .numbered: "\(words); say it with \(option)"
    default: words
    }
  }
}
