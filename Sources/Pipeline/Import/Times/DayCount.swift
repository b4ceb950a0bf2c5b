import Artifacts

/// The day from which a column of days counts.
enum DayOrigin: String, Sendable, CaseIterable {
  /// Spreadsheets: 1 is 1900-01-01, and 60 the 29th of February that 1900 did not have, so that from March on the
  /// days count from 1899-12-30.
  case excel
  /// Spreadsheets that began on a Macintosh: days since 1904-01-01.
  case excel1904 = "excel-1904"
  /// Days since 1970-01-01, as R counts.
  case unix = "days"
  /// Days of MATLAB's `datenum`, where 1 is 0000-01-01.
  case matlab
  /// Days of Python's `toordinal`, where 1 is 0001-01-01.
  case ordinal
  /// Julian days, which begin at noon.
  case julian
  /// Modified Julian days: those less 2,400,000.5.
  case modifiedJulian = "modified-julian"

  /// 1970-01-01T00:00 in this count, in microseconds.
  var epoch: Int64 {
    let days: Int64 =
      switch self {
      case .excel: 25_569
      case .excel1904: 24_107
      case .unix: 0
      case .matlab: 719_529
      case .ordinal: 719_163
      case .julian: 2_440_587
      case .modifiedJulian: 40_587
      }
    let half = self == .julian ? CivilTime.microsecondsPerDay / 2 : 0
    return days * CivilTime.microsecondsPerDay + half
  }

  var words: String {
    switch self {
    case .excel: "days as spreadsheets count them, since 1899-12-30"
    case .excel1904: "days as spreadsheets of the 1904 system count them"
    case .unix: "days since 1970-01-01"
    case .matlab: "days as MATLAB counts them"
    case .ordinal: "days as Python's toordinal counts them"
    case .julian: "Julian days"
    case .modifiedJulian: "modified Julian days"
    }
  }

  /// Those that are tried in any case, and those that only a file's weekends or years can point to.
  fileprivate static let common: [DayOrigin] = [.excel, .unix, .matlab, .julian]
  fileprivate static let rare: [DayOrigin] = [.excel1904, .ordinal, .modifiedJulian]
}

/// What a column of small numbers says about itself: years, months as `201708` and the like, days since some day, or
/// rows.
struct CountSummary {
  private(set) var first: Int64 = 0
  private(set) var rows = 0
  private var lowest = Int64.max
  private var highest = Int64.min
  private var last: Int64 = 0
  private var isWhole = true
  private var risesByOne = true
  private var periods = PeriodSummary()
  private var parts = YearParts()
  /// Rows by the remainder of the whole number by 7.
  private var remainders = InlineArray<7, Int>(repeating: 0)

  /// Takes a number in.
  mutating func append(_ number: TimeNumber) {
    let value = number.whole
    if rows == 0 { first = value } else if value != last + 1 { risesByOne = false }
    rows += 1
    last = value
    lowest = min(lowest, value)
    highest = max(highest, value)
    if !number.isWhole { isWhole = false }
    periods.append(number)
    parts.append(number)
    let remainder = Int(value % 7)
    remainders[remainder < 0 ? remainder + 7 : remainder] += 1
  }

  /// Whether the numbers are whole and each is the last one and 1.
  var countsRows: Bool { isWhole && risesByOne && rows > 1 }

  /// The last number that was taken in.
  var final: Int64 { last }

  /// Whether all may be hours of a day.
  var areHours: Bool { isWhole && lowest >= 0 && highest < 24 }

  /// What numbers without a reading look like, and what to do; `nil` where they look like nothing.
  var resemblance: (reason: String, remedy: String)? {
    if isWhole, lowest >= 190_000, highest < 210_100 {
      return (
        "which looks like a year and a month or a week, expected one of them in every row",
        "write dates, or for the weeks of ISO 8601 pass --time-format yyyyww"
      )
    }
    if !isWhole, lowest >= 1800, highest < 2200 {
      return (
        "which looks like a year with a fraction, expected months or quarters in a row",
        "write dates such as 1990-02-01"
      )
    }
    return nil
  }

  /// What the numbers count.
  enum Reading: Equatable {
    /// Years or parts of them as one number.
    case period(PeriodNumber)
    /// Parts of a year behind it, such as `2017.08`.
    case parts(YearParts.Kind)
    case days(DayOrigin)
    /// More than one origin gives plausible days.
    case ambiguous([DayOrigin])
    case none
  }

  /// The reading that fits all numbers.
  var reading: Reading {
    if let kind = periods.kind { return .period(kind) }
    if let kind = parts.kind { return .parts(kind) }
    // Whatever weekdays they would fall on.
    if areHours, !countsRows { return .none }
    let plausible = DayOrigin.common.filter { isPlausible($0, from: Self.earliest) }
    if let closed = closedRemainders {
      let fitting = plausible.filter { isWeekend(closed, $0) }
      if fitting.count == 1 { return .days(fitting[0]) }
      if fitting.isEmpty {
        let others = DayOrigin.rare.filter { isPlausible($0, from: Self.earliest) && isWeekend(closed, $0) }
        if others.count == 1 { return .days(others[0]) }
      }
    }
    // Without a week to go by, days before 1980 are believed only of counts that go on beyond, and from 1920 on: a
    // number of minutes or rows must not pass as a day of 1900 or 1970.
    let recent = plausible.filter { isPlausible($0, from: Self.recent) }
    let old = DayOrigin.common.filter { origin in
      origin != .unix && !countsRows && isPlausible(origin, from: Self.early)
        && highest - origin.epoch / CivilTime.microsecondsPerDay >= Self.recent
    }
    let pool = recent.isEmpty ? old : recent
    if pool.count == 1 { return .days(pool[0]) }
    if pool.count > 1 { return .ambiguous(pool) }
    let others = DayOrigin.rare.filter { isPlausible($0, from: Self.recent) }
    return others.count == 1 ? .days(others[0]) : others.isEmpty ? .none : .ambiguous(others)
  }

  /// 1900, 1920, 1980 and 2060 as days since 1970: before the first there is no market that anyone tests on, most files
  /// begin after the second, and prices from after the third are not to be had yet.
  private static let earliest: Int64 = -25_567
  private static let early: Int64 = -18_262
  private static let recent: Int64 = 3_652
  private static let latest: Int64 = 32_872

  private func isPlausible(_ origin: DayOrigin, from bound: Int64) -> Bool {
    let epoch = origin.epoch / CivilTime.microsecondsPerDay
    return lowest - epoch >= bound && highest - epoch < Self.latest
  }

  /// The remainders of days on which the market is closed, where it has a week.
  private var closedRemainders: [Int]? {
    guard rows >= 10 else { return nil }
    let closed = (0..<7).filter { remainders[$0] * 50 <= rows }
    let others = (0..<7).filter { remainders[$0] * 20 >= rows }
    return (1...2).contains(closed.count) && closed.count + others.count == 7 ? closed : nil
  }

  /// Whether the closed days are a weekend: Saturday, Sunday or both, or Friday and Saturday.
  private func isWeekend(_ closed: [Int], _ origin: DayOrigin) -> Bool {
    // Day 0 of 1970 was a Thursday. Julian days begin at noon, so that a whole number is the day that began before.
    let epoch = origin.epoch / CivilTime.microsecondsPerDay
    let weekdays = closed.map { ((Int64($0) - epoch) % 7 + 7 + 4) % 7 }.sorted()
    return [[6], [0], [0, 6], [5, 6]].contains(weekdays)
  }
}
