/// The zone of a time, as a file spells it.
enum WrittenZone: Equatable {
  /// None: the clock is that of `--time-zone`, or UTC.
  case none
  /// Microseconds that the clock is ahead of UTC.
  case offset(Int64)
  /// A name such as `US/Eastern` or `EST`.
  case name(String)
}

extension TimeText {
  private static let second: Int64 = 1_000_000

  /// Takes hours, minutes and perhaps seconds with a fraction, colons between all or none, and perhaps AM or PM;
  /// microseconds.
  mutating func timeOfDay() -> Int64? {
    let digits = leadingDigits
    if digits == 1 || digits == 2 {
      guard var hour = shortNumber() else { return nil }
      var rest: Int64 = 0
      let hasMinutes = skip(UInt8(ascii: ":"))
      if hasMinutes {
        guard let minute = number(digits: 2), minute < 60 else { return nil }
        rest = Int64(minute) * 60 * Self.second
        if skip(UInt8(ascii: ":")) {
          guard let seconds = secondsWithFraction() else { return nil }
          rest += seconds
        }
      }
      let half = halfOfDay()
      guard hasMinutes || half != nil else { return nil }
      if let isAfternoon = half {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (isAfternoon ? 12 : 0)
      }
      return hour < 24 ? Int64(hour) * 3600 * Self.second + rest : nil
    }
    guard digits == 4 || digits == 6 || digits == 9 || digits == 12 else { return nil }
    guard let hour = number(digits: 2), hour < 24, let minute = number(digits: 2), minute < 60 else {
      return nil
    }
    var time = Int64(hour * 60 + minute) * 60 * Self.second
    if digits > 4 {
      guard let second = number(digits: 2), second < 60 else { return nil }
      time += Int64(second) * Self.second
      if digits > 6 {
        time += millionths(digits: digits - 6)
      } else {
        guard let fraction = fraction() else { return nil }
        time += fraction
      }
    }
    return time
  }

  private mutating func secondsWithFraction() -> Int64? {
    guard let whole = number(digits: 2), whole < 60 else { return nil }
    // Some write the milliseconds behind a third colon.
    if byte(after: 0) == UInt8(ascii: ":"), Self.isDigit(byte(after: 1)) {
      drop(1)
      return Int64(whole) * Self.second + millionths(digits: leadingDigits)
    }
    guard let part = fraction() else { return nil }
    return Int64(whole) * Self.second + part
  }

  /// Takes `AM`, `pm`, `a.m.`, `-PM`; whether it is the afternoon, or `nil` if there is none.
  mutating func halfOfDay() -> Bool? {
    var copy = self
    copy.skip(anyOf: " -")
    let first = copy.byte(after: 0) | 0x20
    guard first == UInt8(ascii: "a") || first == UInt8(ascii: "p") else { return nil }
    copy.drop(1)
    let hasPoint = copy.skip(UInt8(ascii: "."))
    guard copy.byte(after: 0) | 0x20 == UInt8(ascii: "m"), !Self.isLetter(copy.byte(after: 1)) else {
      return nil
    }
    copy.drop(1)
    if hasPoint { _ = copy.skip(UInt8(ascii: ".")) }
    self = copy
    return first == UInt8(ascii: "p")
  }

  /// Takes a zone, perhaps after a space: `Z`, `UTC`, `+01`, `+0100`, `+01:00`, `GMT+0100`, a name. What follows in
  /// brackets names it once more. `nil` if what comes is no zone.
  mutating func zone() -> WrittenZone? {
    skip(anyOf: " ")
    if isAtEnd { return WrittenZone.none }
    var zone = WrittenZone.none
    let letters = leadingLetters
    if letters > 0 {
      let name = prefix(letters)
      let next = byte(after: letters)
      let isUniversal = ["Z", "UTC", "GMT", "UT"].contains(name.uppercased())
      if isUniversal, next != UInt8(ascii: "/") {
        drop(letters)
        zone = .offset(0)
        if !isAtEnd, next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
          guard let offset = offset() else { return nil }
          zone = .offset(offset)
        }
      } else {
        let whole = zoneNameLength
        zone = .name(prefix(whole))
        drop(whole)
      }
    } else if byte(after: 0) == UInt8(ascii: "+") || byte(after: 0) == UInt8(ascii: "-") {
      guard let offset = offset() else { return nil }
      zone = .offset(offset)
    } else if byte(after: 0) != UInt8(ascii: "[") {
      return nil
    }
    return skipBracketed(&zone) ? zone : nil
  }

  /// Takes `[Europe/Paris]`, which names a zone unless an offset came before, or `(CET)`, which says nothing new.
  private mutating func skipBracketed(_ zone: inout WrittenZone) -> Bool {
    skip(anyOf: " ")
    if isAtEnd { return true }
    if skip(UInt8(ascii: "[")) {
      let length = zoneNameLength
      guard length > 0 else { return false }
      if zone == .none { zone = .name(prefix(length)) }
      drop(length)
      return skip(UInt8(ascii: "]")) && isAtEnd
    }
    guard skip(UInt8(ascii: "(")) else { return false }
    while !isAtEnd, byte(after: 0) != UInt8(ascii: ")") { drop(1) }
    return skip(UInt8(ascii: ")")) && isAtEnd
  }

  private var zoneNameLength: Int {
    var length = 0
    while true {
      let next = byte(after: length)
      let isPart =
        Self.isLetter(next) || Self.isDigit(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "_")
        || next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      if !isPart { return length }
      length += 1
    }
  }

  /// Takes `+01`, `-0500`, `+05:30`, `+1`; microseconds that it is ahead of UTC.
  private mutating func offset() -> Int64? {
    let isWest = byte(after: 0) == UInt8(ascii: "-")
    drop(1)
    let digits = leadingDigits
    guard let hours = number(digits: digits == 4 ? 2 : digits), digits <= 4, digits != 3 else { return nil }
    var minutes = 0
    if digits == 4 || skip(UInt8(ascii: ":")) {
      guard let part = number(digits: 2) else { return nil }
      minutes = part
    }
    // The widest offset in use is 14 hours; 18 is the bound of ISO 8601 libraries.
    guard hours <= 18, minutes < 60 else { return nil }
    let offset = Int64(hours * 60 + minutes) * 60 * Self.second
    return isWest ? -offset : offset
  }
}
