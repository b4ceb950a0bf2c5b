/// Dates of the proleptic Gregorian calendar in UTC as counts of days and microseconds since 1970-01-01.
///
/// Pure integer arithmetic: no time zone data, no locale, no clock. Leap seconds do not exist here.
///
/// The trick (Hinnant 2013, "chrono-compatible low-level date algorithms") is to let the year begin in March,
/// so that the leap day is its last day, and to count in eras of 400 years, which all have 146,097 days.
public enum CivilTime {
  /// One day, in microseconds.
  public static let microsecondsPerDay: Int64 = 86_400_000_000

  /// The days from 1970-01-01 to a date, or `nil` if there is no such date.
  public static func days(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year) else { return nil }
    let marchYear = month > 2 ? year : year - 1
    let era = floorDivide(marchYear, 400)
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    // 719,468 days lie between 0000-03-01, where the first era begins, and 1970-01-01.
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date that lies `days` after 1970-01-01.
  public static func date(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = (monthFromMarch + 2) % 12 + 1
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The time as ISO 8601 in UTC, such as `2017-08-17T04:00:00Z`; with six decimals if it is no whole second.
  ///
  /// - Parameter microseconds: the time since 1970-01-01T00:00:00Z; years 0 to 9999.
  public static func iso8601(microseconds: Int64) -> String {
    var text: [UInt8] = []
    append(microseconds, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends what ``iso8601(microseconds:)`` writes.
  static func append(_ microseconds: Int64, to text: inout [UInt8]) {
    let day = floorDivide(Int(microseconds), Int(microsecondsPerDay))
    let rest = Int(microseconds) - day * Int(microsecondsPerDay)
    let date = date(days: day)
    let seconds = rest / 1_000_000
    append(date.year, width: 4, to: &text)
    text.append(Ascii.minus)
    append(date.month, width: 2, to: &text)
    text.append(Ascii.minus)
    append(date.day, width: 2, to: &text)
    text.append(UInt8(ascii: "T"))
    append(seconds / 3600, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, width: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds % 60, width: 2, to: &text)
    if rest % 1_000_000 != 0 {
      text.append(Ascii.point)
      append(rest % 1_000_000, width: 6, to: &text)
    }
    text.append(UInt8(ascii: "Z"))
  }

  /// Appends `value` with zeros in front up to `width` digits.
  private static func append(_ value: Int, width: Int, to text: inout [UInt8]) {
    guard value >= 0 else {
      // A year before 0, which a count since 1970 may mean.
      let digits = String(value).utf8
      for _ in 0..<max(0, width - digits.count) { text.append(Ascii.zero) }
      text += digits
      return
    }
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    while value / unit >= 10 { unit *= 10 }
    while unit > 0 {
      text.append(Ascii.zero + UInt8(value / unit % 10))
      unit /= 10
    }
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    if month == 2 {
      return year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    }
    return [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// The largest integer not above the quotient; `/` rounds towards zero.
  static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    (dividend >= 0 ? dividend : dividend - divisor + 1) / divisor
  }
}
