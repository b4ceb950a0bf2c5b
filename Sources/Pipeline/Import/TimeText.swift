/// Takes the spelling of a time apart, from left to right. Spaces at both ends are left out.
///
/// It holds a copy of up to 40 bytes, more than any format needs, so that it needs no lifetime tied to the
/// file's bytes.
struct TimeText {
  private static let capacity = 40

  private var bytes: InlineArray<40, UInt8>
  private var position = 0
  private let count: Int

  /// The text of `source[start..<end]`; one that is too long becomes empty, which no format accepts.
  init(_ source: Span<UInt8>, from start: Int, to end: Int) {
    var start = start
    var end = end
    while start < end, source[start] == UInt8(ascii: " ") { start += 1 }
    while start < end, source[end - 1] == UInt8(ascii: " ") { end -= 1 }
    if end - start > Self.capacity { end = start }
    bytes = InlineArray(repeating: 0)
    count = end - start
    for index in 0..<count { bytes[index] = source[start + index] }
  }

  var isAtEnd: Bool { position == count }

  /// How many digits come next.
  var leadingDigits: Int {
    var index = position
    while index < count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    return index - position
  }

  /// The byte that stands `offset` bytes ahead; 0 beyond the end.
  func byte(after offset: Int) -> UInt8 {
    position + offset < count ? bytes[position + offset] : 0
  }

  /// Takes `byte` if it comes next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Takes exactly `digits` digits as a number, which must fit an `Int`.
  mutating func number(digits: Int) -> Int? {
    guard position + digits <= count else { return nil }
    var value = 0
    for index in position..<position + digits {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = scaled.addingReportingOverflow(Int(digit))
      if isTooLarge || isOver { return nil }
      value = sum
    }
    position += digits
    return value
  }

  /// Takes a decimal point and digits, if they come next, as millionths; finer digits are cut off.
  mutating func fraction() -> Int64? {
    guard skip(UInt8(ascii: ".")) else { return 0 }
    let digits = leadingDigits
    guard digits > 0 else { return nil }
    var value: Int64 = 0
    for place in 0..<6 {
      value = value * 10 + (place < digits ? Int64(byte(after: place) - UInt8(ascii: "0")) : 0)
    }
    position += digits
    return value
  }

  /// Whether nothing is left, or nothing but `.0`, as a table gives whole numbers that it holds as decimals.
  var hasOnlyZeroFraction: Bool {
    if isAtEnd { return true }
    guard byte(after: 0) == UInt8(ascii: "."), position + 1 < count else { return false }
    return (position + 1..<count).allSatisfy { bytes[$0] == UInt8(ascii: "0") }
  }

  /// Takes hours, minutes and perhaps seconds with a fraction, colons between all or none; microseconds.
  mutating func timeOfDay() -> Int64? {
    guard let hour = number(digits: 2), hour < 24 else { return nil }
    let hasColons = skip(UInt8(ascii: ":"))
    guard let minute = number(digits: 2), minute < 60 else { return nil }
    var second = 0
    var fraction: Int64 = 0
    if hasColons ? skip(UInt8(ascii: ":")) : leadingDigits > 0 {
      guard let whole = number(digits: 2), whole < 60, let part = self.fraction() else { return nil }
      second = whole
      fraction = part
    }
    return Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
  }

  /// Takes a zone: `Z`, `UTC`, `GMT`, `+01`, `+0100`, `+01:00`, `GMT+0100`, perhaps after a space;
  /// microseconds that it is ahead of UTC.
  mutating func zoneOffset() -> Int64? {
    _ = skip(UInt8(ascii: " "))
    if skip(UInt8(ascii: "Z")) { return 0 }
    for name in ["UTC", "GMT"] {
      let bytes = Array(name.utf8)
      guard (0..<3).allSatisfy({ byte(after: $0) == bytes[$0] }) else { continue }
      position += 3
      if isAtEnd { return 0 }
      break
    }
    let isWest = byte(after: 0) == UInt8(ascii: "-")
    guard skip(UInt8(ascii: "-")) || skip(UInt8(ascii: "+")), let hours = number(digits: 2) else {
      return nil
    }
    var minutes = 0
    if !isAtEnd {
      _ = skip(UInt8(ascii: ":"))
      guard let part = number(digits: 2) else { return nil }
      minutes = part
    }
    // The widest offset in use is 14 hours; 18 is the bound of ISO 8601 libraries.
    guard hours <= 18, minutes < 60 else { return nil }
    let offset = Int64(hours * 60 + minutes) * 60_000_000
    return isWest ? -offset : offset
  }
}
