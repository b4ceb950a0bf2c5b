import Artifacts

/// A signal as text spells it.
enum SignalText {
  /// What stands for no signal in a row of signals that are read.
  static let none: Int8 = 2

  /// The signal that `bytes[start..<end]` spell: -1, 0 or 1 as whole or decimal numbers, or `true` and `false` in any
  /// case; ``none`` for anything else.
  @inline(__always)
  static func signal(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int8 {
    if end - start == 1 {
      let digit = bytes[start] &- UInt8(ascii: "0")
      return digit < 2 ? Int8(bitPattern: digit) : none
    }
    return longer(bytes, from: start, to: end)
  }

  static func signal(_ text: String) -> Int8 {
    let bytes = Array(text.utf8)
    return signal(bytes.span, from: 0, to: bytes.count)
  }

  private static func longer(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int8 {
    var start = start
    var end = end
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    if end - start == 2, bytes[start] == UInt8(ascii: "-"), bytes[start + 1] == UInt8(ascii: "1") {
      return -1
    }
    if let number = DecimalNumber.parse(bytes, from: start, to: end) { return signal(number) }
    guard (4...5).contains(end - start) else { return none }
    var word: UInt64 = 0
    for index in start..<end { word = word << 8 | UInt64(bytes[index] | 0x20) }
    return word == 0x74_7275_65 ? 1 : word == 0x66_616C_7365 ? 0 : none
  }

  /// The signal that is `number`; ``none`` for any other.
  @inline(__always)
  static func signal(_ number: Double) -> Int8 {
    number == 0 ? 0 : number == 1 ? 1 : number == -1 ? -1 : none
  }
}
