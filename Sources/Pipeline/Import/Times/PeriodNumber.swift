import Artifacts

/// Years, and parts of them, that are written as one whole number.
enum PeriodNumber: String, Sendable, CaseIterable {
  /// `2017`.
  case years = "year"
  /// `201703`, the third quarter.
  case paddedQuarters = "yyyy0q"
  /// `201708`.
  case months = "yyyymm"
  /// `20173`.
  case quarters = "yyyyq"
  /// `201733`, with weeks as ISO 8601 counts them.
  case weeks = "yyyyww"

  /// The first day of a period; `nil` if there is no such period.
  func firstDay(_ number: Int64) -> Int? {
    let unit: Int64 =
      switch self {
      case .years: 1
      case .quarters: 10
      case .months, .paddedQuarters, .weeks: 100
      }
    guard (unit..<10_000 * unit).contains(number) else { return nil }
    let (year, part) = (Int(number / unit), Int(number % unit))
    return switch self {
    case .years: CivilTime.days(year: year, month: 1, day: 1)
    case .months: CivilTime.days(year: year, month: part, day: 1)
    case .quarters, .paddedQuarters: part < 5 ? CivilTime.days(year: year, month: part * 3 - 2, day: 1) : nil
    case .weeks: Self.monday(ofWeek: part, year: year)
    }
  }

  /// The Monday of a week as ISO 8601 counts them, the first of which is that of the 4th of January; `nil` if the year
  /// has no such week.
  static func monday(ofWeek week: Int, year: Int) -> Int? {
    guard let fourth = CivilTime.days(year: year, month: 1, day: 4),
      let nextFourth = CivilTime.days(year: year + 1, month: 1, day: 4)
    else { return nil }
    let found = monday(before: fourth) + (week - 1) * 7
    return week >= 1 && found < monday(before: nextFourth) ? found : nil
  }

  /// The Monday of a day's week, in days since 1970, the first of which was a Thursday.
  private static func monday(before day: Int) -> Int { day - ((day + 3) % 7 + 7) % 7 }

  var words: String {
    switch self {
    case .years: "years"
    case .months: "months as yyyymm"
    case .quarters: "quarters as yyyyq"
    case .paddedQuarters: "quarters as yyyy0q"
    case .weeks: "weeks as yyyyww, from their Mondays"
    }
  }
}

/// What a column of whole numbers says of the periods that it may hold.
struct PeriodSummary {
  private var rows = 0
  private var possible = PeriodNumber.allCases
  /// Rows whose last two digits are no month.
  private var noMonths = 0
  private var firstYear: Int64 = 0
  private var hasSeveralYears = false
  private var quarters = QuartersInARow(unit: 10)
  private var paddedQuarters = QuartersInARow(unit: 100)

  /// The numbers that are believed without being asked for.
  private static func range(_ kind: PeriodNumber) -> ClosedRange<Int64> {
    switch kind {
    case .years: 1800...2199
    case .months, .paddedQuarters, .weeks: 190_001...210_053
    case .quarters: 18_001...21_994
    }
  }

  /// Takes a number in.
  mutating func append(_ number: TimeNumber) {
    if possible.isEmpty { return }
    let value = number.whole
    possible.removeAll { kind in
      !number.isWhole || !Self.range(kind).contains(value) || kind.firstDay(value) == nil
    }
    if value % 100 > 12 { noMonths += 1 }
    if rows == 0 { firstYear = value / 10 }
    if value / 10 != firstYear { hasSeveralYears = true }
    quarters.append(value)
    paddedQuarters.append(value)
    rows += 1
  }

  /// What the numbers are; `nil` if they are no periods.
  var kind: PeriodNumber? {
    if rows == 0 { return nil }
    return possible.first { kind in
      switch kind {
      case .years, .months: true
      // A wrong month must not make weeks of the others, of which three of four are beyond the twelfth.
      case .weeks: rows > 2 && noMonths * 3 > rows
      // Counts of days have ends from 5 to 0 as well: in a row across the end of a year, or in eight rows, they show.
      case .quarters: hasSeveralYears && (rows > 2 && quarters.holds || rows >= 8)
      // The step from the fourth to the first of the next year is none that months in a row have.
      case .paddedQuarters: rows > 4 && paddedQuarters.holds
      }
    }
  }
}

/// Whether every step from one row to the next is one quarter, forwards or backwards.
private struct QuartersInARow {
  /// What a year stands before a quarter as.
  let unit: Int64
  private var last: Int64?
  private(set) var holds = true

  init(unit: Int64) { self.unit = unit }

  mutating func append(_ number: Int64) {
    let quarter = number / unit * 4 + number % unit
    if let last, abs(quarter - last) != 1 { holds = false }
    last = quarter
  }
}
