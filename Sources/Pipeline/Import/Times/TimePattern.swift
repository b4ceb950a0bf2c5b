import Artifacts

/// A pattern of times as C's `strptime` and Python understand it, such as `%d/%m/%Y %H:%M`, or with letters for fields,
/// such as `dd/MM/yyyy HH:mm`.
struct TimePattern: Sendable, Equatable {
  private enum Part: Sendable, Equatable {
    case literal(UInt8)
    case space
    case year, shortYear, month, monthName, day, dayOfYear, weekday
    case hour, minute, second, fraction, half, zone, seconds
  }

  /// The pattern as it was written.
  let text: String
  private let parts: [Part]
  /// Whether a part of it is a time of day.
  let hasClock: Bool

  /// The pattern, or `nil` if it is none: it has to give at least a year, or seconds since 1970.
  init?(_ text: String) {
    guard let parts = text.utf8.contains(UInt8(ascii: "%")) ? Self.directives(text) : Self.letters(text)
    else {
      return nil
    }
    guard parts.contains(.year) || parts.contains(.shortYear) || parts.contains(.seconds) else { return nil }
    self.text = text
    self.parts = parts
    hasClock = parts.contains(.hour) || parts.contains(.seconds)
  }

  private static func directives(_ text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        parts.append(byte == UInt8(ascii: " ") ? .space : .literal(byte))
        continue
      }
      // Padding is read in any case.
      while let next = rest.first, next == UInt8(ascii: "-") || next == UInt8(ascii: "_") {
        rest.removeFirst()
      }
      guard let letter = rest.popFirst(), let found = Self.directive(Character(UnicodeScalar(letter))) else {
        return nil
      }
      parts += found
    }
    return parts
  }

  private static func directive(_ letter: Character) -> [Part]? {
    switch letter {
    case "Y", "G": [.year]
    case "y": [.shortYear]
    case "m": [.month]
    case "b", "B", "h": [.monthName]
    case "d", "e": [.day]
    case "j": [.dayOfYear]
    case "a", "A": [.weekday]
    case "H", "I", "k", "l": [.hour]
    case "M": [.minute]
    case "S": [.second]
    case "f", "L", "N": [.fraction]
    case "p", "P": [.half]
    case "z", "Z": [.zone]
    case "s": [.seconds]
    case "F": [.year, .literal(UInt8(ascii: "-")), .month, .literal(UInt8(ascii: "-")), .day]
    case "T": [.hour, .literal(UInt8(ascii: ":")), .minute, .literal(UInt8(ascii: ":")), .second]
    case "R": [.hour, .literal(UInt8(ascii: ":")), .minute]
    case "D": [.month, .literal(UInt8(ascii: "/")), .day, .literal(UInt8(ascii: "/")), .shortYear]
    case "n", "t": [.space]
    case "%": [.literal(UInt8(ascii: "%"))]
    default: nil
    }
  }

  /// Fields as runs of a letter, and text between apostrophes.
  private static func letters(_ text: String) -> [Part]? {
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    var isQuoted = false
    while let byte = rest.first {
      let length = rest.prefix { $0 == byte }.count
      if byte == UInt8(ascii: "'") {
        isQuoted.toggle()
        rest.removeFirst()
      } else if !isQuoted, TimeText.isLetter(byte), !(byte == UInt8(ascii: "T") && length == 1) {
        guard let part = field(byte, length: length) else { return nil }
        parts.append(part)
        rest.removeFirst(length)
      } else {
        parts.append(byte == UInt8(ascii: " ") ? .space : .literal(byte))
        rest.removeFirst()
      }
    }
    return parts
  }

  private static func field(_ letter: UInt8, length: Int) -> Part? {
    switch Character(UnicodeScalar(letter)) {
    case "y", "Y": length == 4 ? .year : length == 2 ? .shortYear : nil
    case "M": length < 3 ? .month : .monthName
    case "d", "D": length < 3 ? .day : nil
    case "E": .weekday
    case "H", "h": length < 3 ? .hour : nil
    case "m": length < 3 ? .minute : nil
    case "s": length < 3 ? .second : nil
    case "S", "f": .fraction
    case "a": .half
    case "z", "Z", "X", "x", "V": .zone
    default: nil
    }
  }

  /// The fields of a time while it is read.
  private struct Fields {
    var year = 1970
    var month = 1
    var day = 1
    var dayOfYear: Int?
    var hour = 0
    var minute = 0
    var second = 0
    var fraction: Int64 = 0
    var isAfternoon: Bool?
    var zone = WrittenZone.none
    var seconds: Int64?
  }

  /// The moment that `text` spells, in microseconds since 1970 by its own clock, and its zone; `nil` if it does not
  /// fit the pattern.
  func read(_ source: TimeText) -> (microseconds: Int64, zone: WrittenZone)? {
    var text = source
    var fields = Fields()
    for index in parts.indices {
      let isFollowedByDigits = index + 1 < parts.count && Self.isNumber(parts[index + 1])
      guard Self.take(parts[index], &text, &fields, isFollowedByDigits: isFollowedByDigits) else {
        return nil
      }
    }
    guard text.isAtEnd else { return nil }
    if let seconds = fields.seconds { return (seconds * 1_000_000 + fields.fraction, .offset(0)) }
    var hour = fields.hour
    if let isAfternoon = fields.isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    guard hour < 24, fields.minute < 60, fields.second < 60, (1...9999).contains(fields.year) else {
      return nil
    }
    var days = CivilTime.days(year: fields.year, month: fields.month, day: fields.day)
    if let dayOfYear = fields.dayOfYear {
      guard (1...366).contains(dayOfYear) else { return nil }
      days = CivilTime.days(year: fields.year, month: 1, day: 1).map { $0 + dayOfYear - 1 }
    }
    guard let days else { return nil }
    let clock = Int64((hour * 60 + fields.minute) * 60 + fields.second) * 1_000_000 + fields.fraction
    return (Int64(days) * CivilTime.microsecondsPerDay + clock, fields.zone)
  }

  private static func isNumber(_ part: Part) -> Bool {
    switch part {
    case .literal, .space, .monthName, .weekday, .half, .zone: false
    default: true
    }
  }

  private static func take(
    _ part: Part, _ text: inout TimeText, _ fields: inout Fields, isFollowedByDigits: Bool
  ) -> Bool {
    func number(_ most: Int) -> Int? {
      let digits = isFollowedByDigits ? most : min(most, text.leadingDigits)
      return text.number(digits: digits)
    }
    switch part {
    case .literal(let byte): return text.skip(byte)
    case .space:
      text.skip(anyOf: " ")
      return true
    case .year: return number(4).map { fields.year = $0 } != nil
    case .shortYear: return number(2).map { fields.year = TimeCell.century($0) } != nil
    case .month: return number(2).map { fields.month = $0 } != nil
    case .monthName: return text.month().map { fields.month = $0 } != nil
    case .day:
      text.skip(anyOf: " ")
      return number(2).map { fields.day = $0 } != nil
    case .dayOfYear: return number(3).map { fields.dayOfYear = $0 } != nil
    case .weekday:
      let letters = text.leadingLetters
      text.drop(letters)
      return letters > 0
    case .hour:
      text.skip(anyOf: " ")
      return number(2).map { fields.hour = $0 } != nil
    case .minute: return number(2).map { fields.minute = $0 } != nil
    case .second: return number(2).map { fields.second = $0 } != nil
    case .fraction:
      let digits = text.leadingDigits
      guard digits > 0 else { return false }
      fields.fraction = text.millionths(digits: digits)
      return true
    case .half: return text.halfOfDay().map { fields.isAfternoon = $0 } != nil
    case .zone: return text.zone().map { fields.zone = $0 } != nil
    case .seconds:
      let isNegative = text.skip(UInt8(ascii: "-"))
      return text.number(digits: text.leadingDigits).map { fields.seconds = Int64(isNegative ? -$0 : $0) }
        != nil
    }
  }
}
