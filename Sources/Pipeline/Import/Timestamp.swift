import Artifacts

/// A moment as a file spells it: which of the known formats, and the time.
struct Timestamp: Equatable {
  /// The formats in which a file may give its times. A file keeps to one: a switch in its middle is a fault,
  /// since seconds read as milliseconds or a lost time zone would pass unseen.
  enum Format: String, Sendable {
    case date = "a date such as 2017-08-17"
    case dateTime = "a date and time such as 2017-08-17 04:00:00"
    case zonedDateTime = "a date and time with a zone such as 2017-08-17T04:00:00Z"
    case dayFirst = "a date such as 17.08.2017"
    case dayFirstTime = "a date and time such as 17.08.2017 04:00:00"
    case compactDate = "a date such as 20170817"
    case seconds = "seconds since 1970"
    case milliseconds = "milliseconds since 1970"
    case microseconds = "microseconds since 1970"
    case nanoseconds = "nanoseconds since 1970"

    /// Whether it gives the day alone, to which a column with the time may be added.
    var isDay: Bool { self == .date || self == .dayFirst || self == .compactDate }
  }

  let format: Format
  /// Microseconds since 1970-01-01T00:00:00Z. Times without a zone are taken as UTC; finer digits are cut
  /// off.
  let microseconds: Int64

  /// The moment that `bytes[start..<end]` spell, or `nil` if they are in none of the formats.
  init?(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var text = TimeText(bytes, from: start, to: end)
    let digits = text.leadingDigits
    let next = text.byte(after: digits)
    if digits == 4, next == UInt8(ascii: "-") || next == UInt8(ascii: "/") || next == UInt8(ascii: ".") {
      guard let year = text.number(digits: 4), text.skip(next), let month = text.number(digits: 2),
        text.skip(next), let day = text.number(digits: 2)
      else { return nil }
      self.init(year, month, day, &text, day: .date, time: .dateTime)
    } else if digits == 2, next == UInt8(ascii: ".") {
      guard let day = text.number(digits: 2), text.skip(next), let month = text.number(digits: 2),
        text.skip(next), let year = text.number(digits: 4)
      else { return nil }
      self.init(year, month, day, &text, day: .dayFirst, time: .dayFirstTime)
    } else {
      self.init(counted: &text)
    }
  }

  /// The rest of a date in text: perhaps a time, perhaps a zone.
  private init?(
    _ year: Int, _ month: Int, _ day: Int, _ text: inout TimeText, day dayFormat: Format,
    time timeFormat: Format
  ) {
    guard let days = CivilTime.days(year: year, month: month, day: day) else { return nil }
    let midnight = Int64(days) * CivilTime.microsecondsPerDay
    if text.isAtEnd {
      self.init(format: dayFormat, microseconds: midnight)
      return
    }
    guard text.skip(UInt8(ascii: "T")) || text.skip(UInt8(ascii: " ")), let time = text.timeOfDay() else {
      return nil
    }
    if text.isAtEnd {
      self.init(format: timeFormat, microseconds: midnight + time)
      return
    }
    guard let offset = text.zoneOffset(), text.isAtEnd else { return nil }
    self.init(format: .zonedDateTime, microseconds: midnight + time - offset)
  }

  /// A count of time units, whose size tells the unit: each range ends in the year 5138, and milliseconds
  /// before March 1973 would pass as seconds, microseconds before 1973 as milliseconds. Eight digits that are
  /// a date are one.
  private init?(counted text: inout TimeText) {
    let isNegative = text.skip(UInt8(ascii: "-"))
    let digits = text.leadingDigits
    guard (1...19).contains(digits), let count = text.number(digits: digits) else { return nil }
    if digits == 8, !isNegative, text.isAtEnd,
      let days = CivilTime.days(year: count / 10_000, month: count / 100 % 100, day: count % 100)
    {
      self.init(format: .compactDate, microseconds: Int64(days) * CivilTime.microsecondsPerDay)
      return
    }
    let signed = Int64(isNegative ? -count : count)
    switch count {
    case ..<100_000_000_000:
      guard let fraction = text.fraction(), text.isAtEnd else { return nil }
      self.init(format: .seconds, microseconds: signed * 1_000_000 + (isNegative ? -fraction : fraction))
    case ..<100_000_000_000_000:
      guard text.hasOnlyZeroFraction else { return nil }
      self.init(format: .milliseconds, microseconds: signed * 1000)
    case ..<100_000_000_000_000_000:
      guard text.hasOnlyZeroFraction else { return nil }
      self.init(format: .microseconds, microseconds: signed)
    default:
      guard text.isAtEnd else { return nil }
      self.init(format: .nanoseconds, microseconds: signed / 1000)
    }
  }

  private init(format: Format, microseconds: Int64) {
    self.format = format
    self.microseconds = microseconds
  }

  /// The time of day in microseconds that `bytes[start..<end]` spell: `04:00`, `04:00:00`, `04:00:00.5` or
  /// `040000`.
  static func timeOfDay(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int64? {
    var text = TimeText(bytes, from: start, to: end)
    guard let time = text.timeOfDay(), text.isAtEnd else { return nil }
    return time
  }
}
