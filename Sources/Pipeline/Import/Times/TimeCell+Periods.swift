import Artifacts

/// Quarters, months and weeks by their letter, and dates by the signs of East Asia.
extension TimeCell {
  /// What follows a year with its letter, perhaps behind a separator: `2017Q3`, `2017-Q3`, `2017 Q3`, `2017M08`, `2017-W33`,
  /// `2017-W33-4`.
  static func period(of year: Int, _ text: inout TimeText) -> TimeCell? {
    var rest = text
    rest.skip(anyOf: "-/.: ")
    let letter = rest.byte(after: 0) | 0x20
    guard TimeText.isDigit(rest.byte(after: 1)) else { return nil }
    rest.drop(1)
    let cell: TimeCell? =
      switch letter {
      case UInt8(ascii: "q"): rest.number(digits: 1).flatMap { Self.quarter($0, of: year) }
      case UInt8(ascii: "m"): rest.shortNumber().flatMap { TimeCell(.month, year, $0, 1) }
      case UInt8(ascii: "w"): week(of: year, &rest)
      default: nil
      }
    if cell != nil { text = rest }
    return cell
  }

  /// `Q3 2017`, `Q3/17`, `3Q2017`, `3Q17`.
  static func quarterFirst(_ text: inout TimeText) -> TimeCell? {
    var rest = text
    let isLetterFirst = rest.leadingDigits == 0
    func skipLetter() -> Bool { rest.skip(UInt8(ascii: "Q")) || rest.skip(UInt8(ascii: "q")) }
    if isLetterFirst, !skipLetter() { return nil }
    guard rest.leadingDigits == 1, let number = rest.number(digits: 1), isLetterFirst || skipLetter() else {
      return nil
    }
    let hasSeparator = rest.skip(anyOf: "-/.: ")
    guard hasSeparator || !isLetterFirst, let year = year(&rest) else { return nil }
    text = rest
    return quarter(number, of: year)
  }

  private static func quarter(_ number: Int, of year: Int) -> TimeCell? {
    (1...4).contains(number) ? TimeCell(.quarter, year, number * 3 - 2, 1) : nil
  }

  /// `33`, `33-4` or `334`, a week as ISO 8601 counts them, whose day 1 is Monday.
  private static func week(of year: Int, _ text: inout TimeText) -> TimeCell? {
    let digits = text.leadingDigits
    guard (1...3).contains(digits), let week = text.number(digits: min(digits, 2)) else { return nil }
    let hasDay = digits == 3 || text.skip(UInt8(ascii: "-"))
    guard let day = hasDay ? text.number(digits: 1) : 1, (1...7).contains(day),
      let monday = PeriodNumber.monday(ofWeek: week, year: year)
    else { return nil }
    let date = CivilTime.date(days: monday + day - 1)
    return TimeCell(hasDay ? .weekDate : .week, date.year, date.month, date.day)
  }

  /// `2017年8月17日`, `2017년 8월 17일`, or the month alone; the year has been taken.
  static func signed(_ year: Int, _ text: inout TimeText) -> TimeCell? {
    guard text.skip(anyOfWords: ["年", "년"]) else { return nil }
    text.skip(anyOf: " ")
    guard let month = text.shortNumber(), text.skip(anyOfWords: ["月", "월"]) else { return nil }
    text.skip(anyOf: " ")
    if text.isAtEnd { return TimeCell(.month, year, month, 1) }
    guard let day = text.shortNumber(), text.skip(anyOfWords: ["日", "일"]) else { return nil }
    return TimeCell(.namedMonth, year, month, day)
  }
}
