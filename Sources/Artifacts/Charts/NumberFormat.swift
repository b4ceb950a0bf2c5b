/// How a quantity is written: as it is, as a percentage of one, or as a multiple of one.
public enum NumberFormat: Sendable {
  /// 0.5 is written as 0.5.
  case plain
  /// 0.5 is written as 50 %.
  case percent
  /// 0.5 is written as 0.5×.
  case multiple

  /// `value` as a tick of an axis whose ticks are `step` apart: as many decimals as the step needs.
  func text(_ value: Double, step: Double) -> String {
    let shown = self == .percent ? value * 100 : value
    let shownStep = self == .percent ? step * 100 : step
    let stepExponent = shownStep > 0 ? DecimalPowers.exponent(of: shownStep) : 0
    if shown == 0 || abs(shown) < shownStep / 2 { return "0" + suffix }
    let exponent = DecimalPowers.exponent(of: abs(shown))
    let decimals = max(0, -stepExponent)
    // Many zeros before or after the digits are hard to read; many digits are harder still with an exponent.
    let places = exponent - stepExponent
    if places < 5 && (exponent >= 7 || exponent < -4 || decimals > 6) || exponent >= 13 || decimals > 10 {
      return NumberFormat.scientific(shown, decimals: max(0, places)) + suffix
    }
    return NumberFormat.fixed(shown, decimals: decimals) + suffix
  }

  /// `value` on its own: two decimals (one for a percentage), more where it would read as nothing, none where the digits
  /// before the point say enough. NaN is "undefined".
  public func text(_ value: Double) -> String {
    if value.isNaN { return "undefined" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    let shown = self == .percent ? value * 100 : value
    let usual = self == .percent ? 1 : 2
    if shown == 0 { return NumberFormat.fixed(0, decimals: usual) + suffix }
    let exponent = DecimalPowers.exponent(of: abs(shown))
    if exponent >= 7 || exponent < -4 { return NumberFormat.scientific(shown, decimals: 2) + suffix }
    let decimals =
      exponent < -usual ? 1 - exponent : (exponent >= 3 ? 0 : exponent == 2 ? min(usual, 1) : usual)
    return NumberFormat.fixed(shown, decimals: decimals) + suffix
  }

  /// `value` with `decimals` decimals.
  func text(_ value: Double, decimals: Int) -> String {
    NumberFormat.fixed(self == .percent ? value * 100 : value, decimals: decimals) + suffix
  }

  /// What lies between two figures as they are written: "0.01 to 0.03", or one of them where they read alike.
  public static func range(_ first: String, _ last: String) -> String {
    first == last ? first : "\(first) to \(last)"
  }

  /// A count with its thousands set apart: 1,000,000.
  static func count(_ value: Int) -> String { fixed(Double(value), decimals: 0) }

  /// A no-break space keeps a number and its sign on one line.
  private var suffix: String {
    switch self {
    case .plain: ""
    case .percent: "\u{A0}%"
    case .multiple: "×"
    }
  }

  /// Decimal digits with a true minus sign and commas between thousands; halves round to even.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let power = DecimalPowers.power(decimals)
    let scaled = (abs(value) * power).rounded(.toNearestOrEven)
    guard scaled < 9e15 else { return scientific(value, decimals: 3) }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    var text = grouped(padded.dropLast(decimals))
    if decimals > 0 { text += "." + padded.suffix(decimals) }
    return value < 0 && scaled > 0 ? "−" + text : text
  }

  /// A mantissa with `decimals` decimals and a power of ten, as 2.5×10⁻⁹; the bare power where the mantissa is one.
  static func scientific(_ value: Double, decimals: Int) -> String {
    var exponent = DecimalPowers.exponent(of: abs(value))
    // Two steps, because the power itself may be out of range.
    let half = exponent / 2
    let exact = abs(value) / DecimalPowers.power(half) / DecimalPowers.power(exponent - half)
    let scale = DecimalPowers.power(decimals)
    var mantissa = (exact * scale).rounded() / scale
    if mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    let power = "10" + String(String(exponent).map { superscripts[$0] ?? $0 })
    let magnitude =
      mantissa == 1 && decimals == 0 ? power : fixed(mantissa, decimals: decimals) + "×" + power
    return value < 0 ? "−" + magnitude : magnitude
  }

  private static let superscripts: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹",
  ]

  private static func grouped(_ digits: Substring) -> String {
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0 && (digits.count - position) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
