import Artifacts

/// Numbers as people and spreadsheets write them: `$5,009.47`, `5.009,47`, `5 009,47`, `5.23K`.
enum WrittenNumber {
  /// The number that `bytes[start..<end]` spell; `nil` if it is none.
  ///
  /// - Parameters:
  ///   - hasDecimalComma: whether the comma is the decimal mark, and not the point.
  ///   - allowsSuffix: whether `K`, `M`, `B` and `T` for thousands to billions may follow.
  static func parse(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, hasDecimalComma: Bool, allowsSuffix: Bool
  ) -> Double? {
    var digits = Digits()
    var index = start
    var isNumber = true
    while index < end, isNumber {
      let byte = bytes[index]
      let width = symbolWidth(bytes, at: index, end: end)
      if width > 0 {
        // A currency or a space of several bytes.
        isNumber = digits.skip()
        index += width
        continue
      }
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): isNumber = digits.append(byte)
      case UInt8(ascii: "-"), UInt8(ascii: "+"): isNumber = digits.sign(byte)
      case UInt8(ascii: "."), UInt8(ascii: ","):
        isNumber = (byte == UInt8(ascii: ",")) == hasDecimalComma ? digits.point() : digits.group()
      case UInt8(ascii: "'"): isNumber = digits.group()
      case UInt8(ascii: " "), UInt8(ascii: "$"): isNumber = digits.skip()
      default:
        guard allowsSuffix, let power = power(of: byte) else { return nil }
        isNumber = digits.suffix(power)
      }
      index += 1
    }
    return isNumber ? digits.value : nil
  }

  /// The same of a text.
  static func parse(_ text: String, hasDecimalComma: Bool, allowsSuffix: Bool = false) -> Double? {
    let bytes = Array(text.utf8)
    if !hasDecimalComma, let value = DecimalNumber.parse(bytes.span) { return value }
    return parse(
      bytes.span, from: 0, to: bytes.count, hasDecimalComma: hasDecimalComma, allowsSuffix: allowsSuffix)
  }

  private static func power(of letter: UInt8) -> Int? {
    switch letter | 0x20 {
    case UInt8(ascii: "k"): 3
    case UInt8(ascii: "m"): 6
    case UInt8(ascii: "b"): 9
    case UInt8(ascii: "t"): 12
    default: nil
    }
  }

  /// The bytes of a currency's sign or a wide space that begins here: €, £, ¥, U+00A0, U+202F; 0 for none.
  private static func symbolWidth(_ bytes: Span<UInt8>, at index: Int, end: Int) -> Int {
    let first = bytes[index]
    guard first >= 0x80, index + 1 < end else { return 0 }
    let second = bytes[index + 1]
    if first == 0xC2 { return second == 0xA3 || second == 0xA5 || second == 0xA0 ? 2 : 0 }
    guard first == 0xE2, index + 2 < end else { return 0 }
    let third = bytes[index + 2]
    return (second == 0x82 && third == 0xAC) || (second == 0x80 && third == 0xAF) ? 3 : 0
  }

  /// The digits of a number as they come, without what sets thousands apart.
  private struct Digits {
    private static let capacity = 40
    private var bytes = InlineArray<48, UInt8>(repeating: 0)
    private var count = 0
    /// Digits since the last mark between thousands; `nil` before the first one.
    private var groupDigits: Int?
    private var digits = 0
    private var hasPoint = false
    private var hasEnded = false
    /// Whether something else has come since the last digit.
    private var hasGap = false

    private mutating func put(_ byte: UInt8) -> Bool {
      guard count < Self.capacity else { return false }
      bytes[count] = byte
      count += 1
      return true
    }

    mutating func append(_ byte: UInt8) -> Bool {
      if hasEnded { return false }
      if hasGap, digits > 0 {
        // A space between digits sets thousands apart.
        hasGap = false
        if !group() { return false }
      }
      digits += 1
      if !hasPoint, let found = groupDigits { groupDigits = found + 1 }
      return put(byte)
    }

    mutating func sign(_ byte: UInt8) -> Bool { count == 0 && put(byte) }

    mutating func point() -> Bool {
      guard !hasPoint, !hasEnded, !hasGap || digits == 0, groupDigits ?? 3 == 3 else { return false }
      hasPoint = true
      return put(UInt8(ascii: "."))
    }

    mutating func group() -> Bool {
      // Groups have three digits, in India two but for the last.
      guard digits > 0, !hasPoint, !hasEnded, !hasGap,
        groupDigits.map({ $0 == 2 || $0 == 3 }) ?? (digits <= 3)
      else { return false }
      groupDigits = 0
      return true
    }

    mutating func skip() -> Bool {
      hasGap = digits > 0
      return true
    }

    mutating func suffix(_ power: Int) -> Bool {
      guard digits > 0, !hasEnded else { return false }
      hasEnded = true
      let tens = UInt8(power / 10)
      return put(UInt8(ascii: "e")) && put(UInt8(ascii: "0") + tens)
        && put(UInt8(ascii: "0") + UInt8(power % 10))
    }

    var value: Double? {
      guard digits > 0, groupDigits ?? 3 == 3 else { return nil }
      return DecimalNumber.parse(bytes.span, from: 0, to: count)
    }
  }
}

/// Which of comma and point is the decimal mark of a file, as some of its numbers show.
struct DecimalMark {
  private var commas = 0
  private var points = 0
  private var openCommas = 0
  private var numbers = 0

  /// Looks at one more number.
  mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.contains(where: { (0x30...0x39).contains($0) }) else { return }
    numbers += 1
    let comma = bytes.lastIndex(of: UInt8(ascii: ","))
    let point = bytes.lastIndex(of: UInt8(ascii: "."))
    if let comma, let point {
      if comma > point { commas += 1 } else { points += 1 }
    } else if let comma {
      let digits = bytes[(comma + 1)...].count { (0x30...0x39).contains($0) }
      if bytes.count(where: { $0 == UInt8(ascii: ",") }) > 1 {
        points += 1
      } else if digits != 3 || bytes[comma - (comma > 0 ? 1 : 0)] == UInt8(ascii: "0") && comma == 1 {
        commas += 1
      } else {
        openCommas += 1
      }
    } else if let point {
      let digits = bytes[(point + 1)...].count { (0x30...0x39).contains($0) }
      if bytes.count(where: { $0 == UInt8(ascii: ".") }) > 1 {
        commas += 1
      } else if digits != 3 {
        points += 1
      }
    }
  }

  /// Whether it is the comma. Where commas separate the columns too, more numbers have to show it, as one may be a slip.
  func isComma(separator: UInt8) -> Bool {
    if separator == UInt8(ascii: ",") { return commas > points && 2 * commas >= numbers }
    return commas > points || (commas == points && points == 0 && openCommas > 0)
  }
}
