/// Takes the spelling of a time apart, from left to right. Spaces at both ends are left out.
///
/// It holds a copy of up to 80 bytes, more than any spelling needs, so that it needs no lifetime tied to the
/// file's bytes.
struct TimeText {
  private static let capacity = 80

  private var bytes: InlineArray<80, UInt8>
  private var position = 0
  private let count: Int

  /// The text of `source[start..<end]`; one that is too long becomes empty, which no format accepts.
  init(_ source: Span<UInt8>, from start: Int, to end: Int) {
    var start = start
    var end = end
    while start < end, Self.isSpace(source[start]) { start += 1 }
    while start < end, Self.isSpace(source[end - 1]) { end -= 1 }
    if end - start > Self.capacity { end = start }
    bytes = InlineArray(repeating: 0)
    count = end - start
    for index in 0..<count { bytes[index] = source[start + index] }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  var isAtEnd: Bool { position == count }

  /// How many digits come next.
  var leadingDigits: Int {
    var index = position
    while index < count, Self.isDigit(bytes[index]) { index += 1 }
    return index - position
  }

  /// How many letters come next.
  var leadingLetters: Int {
    var index = position
    while index < count, Self.isLetter(bytes[index]) { index += 1 }
    return index - position
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  /// The byte that comes `offset` bytes ahead; 0 beyond the end.
  func byte(after offset: Int) -> UInt8 {
    position + offset < count ? bytes[position + offset] : 0
  }

  /// Takes `byte` if it comes next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard position < count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Takes all that is next of `characters`; whether there was any.
  @discardableResult
  mutating func skip(anyOf characters: String) -> Bool {
    let start = position
    while position < count, characters.utf8.contains(bytes[position]) { position += 1 }
    return position > start
  }

  /// Takes one of `words` if it comes next.
  mutating func skip(anyOfWords words: [String]) -> Bool {
    for word in words where word.utf8.enumerated().allSatisfy({ byte(after: $0.offset) == $0.element }) {
      position += word.utf8.count
      return true
    }
    return false
  }

  /// Takes `length` bytes, whatever they are.
  mutating func drop(_ length: Int) {
    position = min(count, position + length)
  }

  /// Gives the last byte back.
  mutating func back() {
    position = max(0, position - 1)
  }

  /// The next `length` bytes as text.
  func prefix(_ length: Int) -> String {
    var text: [UInt8] = []
    for offset in 0..<min(length, count - position) { text.append(byte(after: offset)) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Takes exactly `digits` digits as a number, which must fit an `Int`.
  mutating func number(digits: Int) -> Int? {
    guard digits > 0, position + digits <= count else { return nil }
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

  /// Takes one or two digits.
  mutating func shortNumber() -> Int? {
    let digits = leadingDigits
    return (1...2).contains(digits) ? number(digits: digits) : nil
  }

  /// Takes a decimal point or comma and digits, if they come next, as millionths; finer digits are cut off.
  mutating func fraction() -> Int64? {
    guard skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) else { return 0 }
    let digits = leadingDigits
    return digits > 0 ? millionths(digits: digits) : nil
  }

  /// Takes digits that are decimals, as millionths; finer ones are cut off.
  mutating func millionths(digits: Int) -> Int64 {
    var value: Int64 = 0
    for place in 0..<6 {
      value = value * 10 + (place < digits ? Int64(byte(after: place) - UInt8(ascii: "0")) : 0)
    }
    position += digits
    return value
  }

  /// Takes the name of a weekday, and what separates it from what follows.
  mutating func skipWeekday() {
    if name(of: Self.weekdays, shortest: 3) != nil { skip(anyOf: ",. ") }
  }

  private static let weekdays: [[UInt8]] = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ].map { Array($0.utf8) }

  private mutating func name(of names: [[UInt8]], shortest: Int) -> Int? {
    let letters = leadingLetters
    guard letters >= shortest else { return nil }
    let found = names.firstIndex { name in
      letters <= name.count && (0..<letters).allSatisfy { byte(after: $0) | 0x20 == name[$0] }
    }
    if found != nil { position += letters }
    return found
  }
}
