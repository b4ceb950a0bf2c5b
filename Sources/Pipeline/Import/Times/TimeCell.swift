import Artifacts

/// A time as one cell spells it, before the file as a whole has settled what it means.
struct TimeCell {
  /// The date, as far as it is known.
  enum Day {
    /// Midnight in microseconds since 1970.
    case known(Int64)
    /// Three numbers in an order that the cell leaves open, with the digits of the first and the last.
    case open(Int, Int, Int, firstDigits: Int, lastDigits: Int)
    case number(TimeNumber)
  }

  var style: TimeStyle
  var day: Day
  /// The time of day in microseconds; `nil` if there is none.
  var clock: Int64?
  var zone = WrittenZone.none
  /// Whether the parts of the date are apart by points, as where days come first.
  var hasPoints = false

  /// What `bytes[start..<end]` spell, or `nil` if it is no time.
  init?(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var text = TimeText(bytes, from: start, to: end)
    if text.isAtEnd { return nil }
    if let number = TimeNumber(text) {
      self.init(number: number)
      return
    }
    text.skipWeekday()
    let digits = text.leadingDigits
    let found: TimeCell? =
      switch digits {
      case 4: Self.yearFirst(&text)
      case 8, 14: Self.compact(&text, digits: digits)
      case 20: Self.compact(&text, digits: 14, decimals: 6)
      case 1, 2: Self.quarterFirst(&text) ?? Self.dayOrMonthFirst(&text)
      case 0: Self.quarterFirst(&text) ?? Self.monthName(&text)
      default: nil
      }
    guard let found else { return nil }
    self = found
    guard readClock(&text) else { return nil }
  }

  /// Whether it can only be a time: a date, or a count since 1970 of a year from 1980 to 2100.
  var isSure: Bool {
    guard case .number(let number) = day else { return true }
    return style == .epoch && EpochUnit(sizeOf: number) != nil
  }

  /// A known day, without a time.
  init?(_ style: TimeStyle, _ year: Int, _ month: Int, _ day: Int) {
    guard (1...9999).contains(year), let days = CivilTime.days(year: year, month: month, day: day) else {
      return nil
    }
    self.init(style: style, day: .known(Int64(days) * CivilTime.microsecondsPerDay))
  }

  private init(style: TimeStyle, day: Day, clock: Int64? = nil) {
    self.style = style
    self.day = day
    self.clock = clock
  }

  /// A time that is read as the user says.
  init(local: Int64, hasClock: Bool, zone: WrittenZone) {
    self.init(style: .pattern, day: .known(local), clock: hasClock ? 0 : nil)
    self.zone = zone
  }

  /// A number that is no time.
  init(rowNumber: TimeNumber) {
    self.init(style: .count, day: .number(rowNumber))
  }

  /// Takes the rest: perhaps a time, perhaps a zone.
  private mutating func readClock(_ text: inout TimeText) -> Bool {
    if text.isAtEnd { return true }
    if style == .month || style == .quarter || style == .week || clock != nil { return false }
    let hasSeparator =
      text.skip(UInt8(ascii: "T")) || text.skip(UInt8(ascii: "t")) || text.skip(anyOf: ", ")
      || (style != .yearFirst && style != .threeNumbers && text.skip(anyOf: ":-_"))
    guard hasSeparator else { return false }
    text.skip(anyOf: " ")
    guard let time = text.timeOfDay() else { return false }
    clock = time
    // The year of `Tue Jan  2 09:30:00 2024` comes last.
    if case .open(let month, let day, _, firstDigits: 0, lastDigits: 0) = self.day {
      text.skip(anyOf: " ")
      guard text.leadingDigits == 4, let year = text.number(digits: 4),
        let whole = TimeCell(.namedMonth, year, month, day)
      else { return false }
      self.day = whole.day
    }
    guard let zone = text.zone() else { return false }
    self.zone = zone
    if style == .compact { style = .compactClock }
    return text.isAtEnd
  }

  private static let separators = "-/."

  private static func yearFirst(_ text: inout TimeText) -> TimeCell? {
    guard let year = text.number(digits: 4) else { return nil }
    if let cell = period(of: year, &text) ?? signed(year, &text) { return cell }
    let next = text.byte(after: 0)
    // Whether `2017:1` is a month or a quarter shows in the file alone.
    if text.skip(UInt8(ascii: ":")) {
      guard let part = text.shortNumber(), text.isAtEnd else { return nil }
      return TimeCell(number: TimeNumber(year: year, part: part))
    }
    guard separators.utf8.contains(next) || next == UInt8(ascii: " ") else { return nil }
    text.drop(1)
    if text.leadingLetters > 0 {
      guard let month = text.month() else { return nil }
      if text.isAtEnd { return TimeCell(.month, year, month, 1) }
      guard text.skip(next), let day = text.shortNumber() else { return nil }
      return TimeCell(.namedMonth, year, month, day)
    }
    guard next != UInt8(ascii: " "), let month = text.shortNumber() else { return nil }
    if text.isAtEnd { return TimeCell(.month, year, month, 1) }
    guard text.skip(next), let day = text.shortNumber() else { return nil }
    // A period from one day to another is that of the first.
    if next != UInt8(ascii: "/"), text.skip(UInt8(ascii: "/")) {
      guard text.leadingDigits == 4, yearFirst(&text) != nil, text.isAtEnd else { return nil }
    }
    return TimeCell(.yearFirst, year, month, day)
  }

  /// `20170817` or `20170817040000`, whatever follows.
  private static func compact(_ text: inout TimeText, digits: Int, decimals: Int = 0) -> TimeCell? {
    guard let year = text.number(digits: 4), let month = text.number(digits: 2),
      let day = text.number(digits: 2),
      var cell = TimeCell(.compact, year, month, day)
    else { return nil }
    if digits == 8 { return cell }
    guard let hour = text.number(digits: 2), hour < 24, let minute = text.number(digits: 2), minute < 60,
      let second = text.number(digits: 2), second < 60
    else { return nil }
    cell.style = .compactClock
    cell.clock = Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + text.millionths(digits: decimals)
    guard let zone = text.zone() else { return nil }
    cell.zone = zone
    return cell
  }

  private static func dayOrMonthFirst(_ text: inout TimeText) -> TimeCell? {
    let firstDigits = text.leadingDigits
    guard let first = text.shortNumber() else { return nil }
    // The first of a month in French.
    _ = text.skip(anyOfWords: ["er "])
    let separator = text.byte(after: 0)
    text.skip(anyOf: "-/. ")
    if text.leadingLetters > 0 {
      text.skipOf()
      guard let month = text.month() else { return nil }
      text.skip(anyOf: "-/., ")
      text.skipOf()
      guard let year = year(&text) else { return nil }
      return TimeCell(.namedMonth, year, month, first)
    }
    guard separators.utf8.contains(separator), let second = text.shortNumber(), text.skip(separator) else {
      return nil
    }
    let lastDigits = text.leadingDigits
    guard lastDigits == 4 || lastDigits == 2, let last = text.number(digits: lastDigits) else { return nil }
    var cell = TimeCell(
      style: .threeNumbers,
      day: .open(first, second, last, firstDigits: firstDigits, lastDigits: lastDigits))
    cell.hasPoints = separator == UInt8(ascii: ".")
    return cell
  }

  /// `Aug 17, 2017`, `August 2017`, `Aug-17` and `août-17` for August 2017, `Aug 17 04:00:00 2017`.
  private static func monthName(_ text: inout TimeText) -> TimeCell? {
    guard let name = text.monthName() else { return nil }
    let month = name.month
    let isApart = text.skip(anyOf: "-/., ")
    text.skipOf()
    if text.leadingDigits == 4 {
      return text.number(digits: 4).flatMap { TimeCell(.month, $0, month, 1) }
    }
    let yearDigits = text.leadingDigits
    guard yearDigits <= 2, let number = text.shortNumber() else { return nil }
    if text.isAtEnd {
      // In other languages such words have more meanings: `gen 1` and `set10` are no months.
      guard name.isEnglish || isApart && yearDigits == 2 else { return nil }
      return TimeCell(.month, century(number), month, 1)
    }
    let hasSeparator = text.skip(anyOf: "-/., ")
    let digits = text.leadingDigits
    guard hasSeparator, digits == 4 || digits == 2 else { return nil }
    if text.byte(after: digits) == UInt8(ascii: ":") {
      return TimeCell(style: .namedMonth, day: .open(month, number, 0, firstDigits: 0, lastDigits: 0))
        .withGap(&text)
    }
    return year(&text).flatMap { TimeCell(.namedMonth, $0, month, number) }
  }

  /// The same; the separator that was taken is given back, for ``readClock(_:)`` to find.
  private func withGap(_ text: inout TimeText) -> TimeCell {
    text.back()
    return self
  }

  static func year(_ text: inout TimeText) -> Int? {
    let digits = text.leadingDigits
    guard digits == 4 || digits == 2, let year = text.number(digits: digits) else { return nil }
    return digits == 2 ? century(year) : year
  }

  /// The year of two digits, as POSIX has it: 69 to 99 lie in the last century.
  static func century(_ year: Int) -> Int { year < 69 ? 2000 + year : 1900 + year }
}

extension TimeCell {
  /// A cell that is a number.
  private init(number: TimeNumber) {
    let value = number.whole
    switch number.digits {
    case 8 where number.isWhole:
      let found = TimeCell(.compact, Int(value / 10_000), Int(value / 100 % 100), Int(value % 100))
      if let found {
        self = found
        return
      }
    case 12 where number.isWhole, 14 where number.isWhole, 17 where number.isWhole:
      if let moment = Self.compactMoment(value, digits: number.digits) {
        self.init(style: .compactClock, day: .known(moment.midnight), clock: moment.clock)
        return
      }
    default: break
    }
    // A number that is too small for a date with its day is a count of something larger than a second.
    let isCount = value < 18_000_000
    self.init(style: isCount ? .count : .epoch, day: .number(number))
  }

  /// The parts of `yyyyMMddHH`, `yyyyMMddHHmm`, `yyyyMMddHHmmss` and `yyyyMMddHHmmssSSS`; `nil` if there is no such
  /// time in the years 1800 to 2199.
  static func compactMoment(_ value: Int64, digits: Int) -> (midnight: Int64, clock: Int64)? {
    var rest = value
    func take(_ unit: Int64) -> Int64 {
      defer { rest /= unit }
      return rest % unit
    }
    let millisecond = digits >= 17 ? take(1000) : 0
    let second = digits >= 14 ? take(100) : 0
    let minute = digits >= 12 ? take(100) : 0
    let hour = take(100)
    let day = take(100)
    let month = take(100)
    guard second < 60, minute < 60, hour < 24, (1800..<2200).contains(rest),
      let days = CivilTime.days(year: Int(rest), month: Int(month), day: Int(day))
    else { return nil }
    return (
      Int64(days) * CivilTime.microsecondsPerDay,
      ((hour * 60 + minute) * 60 + second) * 1_000_000 + millisecond * 1_000
    )
  }

  /// Midnight of the three numbers in this order; `nil` if there is no such date.
  static func midnight(
    _ order: DateOrder, _ first: Int, _ second: Int, _ last: Int, firstDigits: Int, lastDigits: Int
  ) -> Int64? {
    let days: Int? =
      switch order {
      case .dayFirst:
        CivilTime.days(year: lastDigits == 2 ? century(last) : last, month: second, day: first)
      case .monthFirst:
        CivilTime.days(year: lastDigits == 2 ? century(last) : last, month: first, day: second)
      case .yearFirst:
        lastDigits == 2 && firstDigits == 2
          ? CivilTime.days(year: century(first), month: second, day: last) : nil
      }
    return days.map { Int64($0) * CivilTime.microsecondsPerDay }
  }
}
