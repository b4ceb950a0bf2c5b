/// How a clock changes every year, as POSIX writes it: `EST5EDT,M3.2.0,M11.1.0`.
struct ZoneYearRule {
  /// A day of the year and the time of its clock, in seconds.
  private enum Day {
    /// The weekday's `week`th time in `month`, 5 for the last.
    case weekday(month: Int, week: Int, weekday: Int)
    /// A day from 1 to 365, the 29th of February never counted.
    case julian(Int)
    /// A day from 0 to 365.
    case zeroBased(Int)
  }

  private let standard: Int64
  private let summer: Int64
  private let start: (day: Day, time: Int64)
  private let end: (day: Day, time: Int64)

  /// The rule, or `nil` for a clock that never changes.
  init?(_ bytes: [UInt8]) {
    var text = RuleText(bytes)
    guard text.skipName(), let west = text.time() else { return nil }
    standard = -west
    guard text.skipName() else { return nil }
    if text.next == Ascii.comma {
      summer = standard + 3600
    } else {
      guard let west = text.time() else { return nil }
      summer = -west
    }
    guard let start = Self.change(&text), let end = Self.change(&text) else { return nil }
    self.start = start
    self.end = end
  }

  /// The moments of a year at which another offset begins, in seconds, in their order.
  func changes(year: Int) -> [(moment: Int64, offset: Int64)] {
    let changes = [
      (moment: moment(start, year: year) - standard, offset: summer),
      (moment: moment(end, year: year) - summer, offset: standard),
    ]
    return changes.sorted { $0.moment < $1.moment }
  }

  private func moment(_ change: (day: Day, time: Int64), year: Int) -> Int64 {
    let newYear = CivilTime.days(year: year, month: 1, day: 1) ?? 0
    let day: Int
    switch change.day {
    case .zeroBased(let number): day = newYear + number
    case .julian(let number):
      let isLeap = CivilTime.days(year: year, month: 2, day: 29) != nil
      day = newYear + number - 1 + (isLeap && number >= 60 ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.days(year: year, month: month, day: 1) ?? 0
      // Day 0 was a Thursday.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var date = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      while CivilTime.days(year: year, month: month, day: date) == nil { date -= 7 }
      day = first + date - 1
    }
    return Int64(day) * 86_400 + change.time
  }

  private static func change(_ text: inout RuleText) -> (day: Day, time: Int64)? {
    guard text.skip(Ascii.comma) else { return nil }
    let day: Day
    if text.skip(UInt8(ascii: "M")) {
      guard let month = text.number(), text.skip(Ascii.point), let week = text.number(),
        text.skip(Ascii.point),
        let weekday = text.number(), (1...12).contains(month), (1...5).contains(week),
        (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month: month, week: week, weekday: weekday)
    } else if text.skip(UInt8(ascii: "J")) {
      guard let number = text.number(), (1...365).contains(number) else { return nil }
      day = .julian(number)
    } else {
      guard let number = text.number(), (0...365).contains(number) else { return nil }
      day = .zeroBased(number)
    }
    guard text.skip(UInt8(ascii: "/")) else { return (day, 7200) }
    return text.time().map { (day, $0) }
  }
}

/// Takes a rule apart, from left to right.
private struct RuleText {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Takes letters, or anything between `<` and `>`.
  mutating func skipName() -> Bool {
    let start = position
    if skip(UInt8(ascii: "<")) {
      while next != 0, next != UInt8(ascii: ">") { position += 1 }
      return skip(UInt8(ascii: ">"))
    }
    while (next | 0x20) &- UInt8(ascii: "a") < 26 { position += 1 }
    return position > start
  }

  mutating func number() -> Int? {
    var value = 0
    let start = position
    while next &- Ascii.zero < 10, position - start < 6 {
      value = value * 10 + Int(next - Ascii.zero)
      position += 1
    }
    return position > start ? value : nil
  }

  /// Takes hours, and perhaps minutes and seconds, with or without a sign; seconds.
  mutating func time() -> Int64? {
    let isNegative = skip(Ascii.minus)
    if !isNegative { _ = skip(Ascii.plus) }
    guard var value = number().map({ Int64($0) * 3600 }) else { return nil }
    for unit: Int64 in [60, 1] where skip(UInt8(ascii: ":")) {
      guard let part = number() else { return nil }
      value += Int64(part) * unit
    }
    return isNegative ? -value : value
  }
}
