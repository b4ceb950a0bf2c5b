/// Decimal text to the nearest `Double`, the same on every machine and under every locale.
///
/// Nineteen digits fit a `UInt64`, and 5²⁷ too. So nearly every number that people write is one exact integer
/// times or over another, and one rounding gives the nearest `Double`:
/// - digits up to 2⁵³ and powers of ten up to 10²² are exact as `Double`, so one product or quotient is
///   correctly rounded (Clinger 1990, "How to read floating point numbers accurately", section 3);
/// - otherwise the product or quotient is taken in 128 bits, what is cut off is kept as a sticky bit, and the
///   conversion to `Double` rounds once.
///
/// What is left (more digits, larger exponents) goes to the standard library.
public enum DecimalNumber {
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]
  private static let powersOfFive: [UInt64] = (0...27).map { (0..<$0).reduce(1) { power, _ in power * 5 } }
  /// A larger exponent cannot change the result any more; without a bound a long one would overflow.
  private static let exponentLimit = 1 << 20

  /// The number that `bytes` spell, or `nil` if they are not `[+-] digits [. digits] [e [+-] digits]` with at
  /// least one digit before the exponent. Overflow is infinity, underflow zero.
  public static func parse(_ bytes: Span<UInt8>) -> Double? {
    parse(bytes, from: 0, to: bytes.count)
  }

  /// The number that `bytes[start..<end]` spell; spaces and tabs around it are skipped.
  ///
  /// - Precondition: the range lies within `bytes`.
  public static func parse(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
    var start = start
    var end = end
    while start < end, bytes[start] == Ascii.space || bytes[start] == Ascii.tab { start += 1 }
    while start < end, bytes[end - 1] == Ascii.space || bytes[end - 1] == Ascii.tab { end -= 1 }
    guard let decimal = Decimal(bytes, from: start, to: end) else { return nil }
    if let magnitude = decimal.nearest { return decimal.isNegative ? -magnitude : magnitude }
    guard let text = try? UTF8Span(validating: bytes.extracting(start..<end)) else { return nil }
    return Double(String(copying: text))
  }

  /// A number taken apart: (-1)^sign · digits · 10^exponent.
  private struct Decimal {
    var isNegative = false
    var digits: UInt64 = 0
    var exponent = 0
    /// Whether there are more digits than `digits` holds.
    var isTruncated = false

    init?(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
      var index = start
      if index < end, bytes[index] == Ascii.minus || bytes[index] == Ascii.plus {
        isNegative = bytes[index] == Ascii.minus
        index += 1
      }
      let whole = take(bytes, from: index, to: end)
      var written = whole - index
      index = whole
      if index < end, bytes[index] == Ascii.point {
        let fraction = take(bytes, from: index + 1, to: end)
        written += fraction - index - 1
        exponent = -(fraction - index - 1)
        index = fraction
      }
      guard written > 0 else { return nil }
      guard index < end else { return }
      guard bytes[index] | 0x20 == UInt8(ascii: "e") else { return nil }
      index += 1
      var isNegativeExponent = false
      if index < end, bytes[index] == Ascii.minus || bytes[index] == Ascii.plus {
        isNegativeExponent = bytes[index] == Ascii.minus
        index += 1
      }
      guard index < end else { return nil }
      var power = 0
      while index < end {
        let digit = bytes[index] &- Ascii.zero
        guard digit < 10 else { return nil }
        power = min(power * 10 + Int(digit), exponentLimit)
        index += 1
      }
      exponent += isNegativeExponent ? -power : power
    }

    /// Takes digits as far as they go; where they end.
    private mutating func take(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
      var index = start
      while index < end {
        let digit = bytes[index] &- Ascii.zero
        guard digit < 10 else { break }
        // Eighteen digits never overflow after one more.
        if digits < 1_000_000_000_000_000_000 {
          digits = digits &* 10 &+ UInt64(digit)
        } else {
          isTruncated = true
        }
        index += 1
      }
      return index
    }

    /// The nearest `Double` to the magnitude, where it can be had exactly.
    var nearest: Double? {
      if isTruncated { return nil }
      if digits == 0 { return 0 }
      if digits <= 1 << 53, abs(exponent) < powersOfTen.count {
        return exponent < 0
          ? Double(digits) / powersOfTen[-exponent] : Double(digits) * powersOfTen[exponent]
      }
      guard abs(exponent) < powersOfFive.count else { return nil }
      let digitShift = digits.leadingZeroBitCount
      let normalized = digits << UInt64(digitShift)
      let power = powersOfFive[abs(exponent)]
      let powerShift = power.leadingZeroBitCount
      let divisor = power << UInt64(powerShift)
      // Both operands have their top bit set, so that each result has at least 62 bits: 9 more than are kept.
      let bits: UInt64
      let scale: Int
      if exponent < 0 {
        let (quotient, remainder) = divisor.dividingFullWidth((normalized >> 1, normalized << 63))
        bits = quotient | (remainder == 0 ? 0 : 1)
        scale = powerShift - digitShift - 63 + exponent
      } else {
        let product = normalized.multipliedFullWidth(by: divisor)
        bits = product.high | (product.low == 0 ? 0 : 1)
        scale = 64 - digitShift - powerShift + exponent
      }
      return Double(sign: .plus, exponent: scale, significand: Double(bits))
    }
  }
}
