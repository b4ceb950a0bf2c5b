import Artifacts

/// Numbers as people read them.
package enum Figures {
  /// `value` with `digits` decimals, or "undefined".
  package static func decimals(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "undefined" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let whole = String(Int(scaled / scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return sign + whole }
    let rest = String(Int(scaled) % Int(scale))
    return sign + whole + "." + String(repeating: "0", count: digits - rest.count) + rest
  }

  /// A probability with four decimals, and as an inequality where these would make it 0 or 1 and it is neither.
  static func probability(_ value: Double) -> String {
    if value > 0, value < 0.00005 { return "<0.0001" }
    if value < 1, value >= 0.99995 { return ">0.9999" }
    return decimals(value, 4)
  }

  /// `value` with `digits` decimals, or with as many more as it takes for the figure to lie on the side of `bound` on which
  /// the value lies.
  static func decimals(_ value: Double, _ digits: Int, against bound: Double) -> String {
    func isTrue(_ text: String) -> Bool {
      guard let shown = Double(text) else { return !value.isFinite }
      return (shown < bound) == (value < bound) && (shown > bound) == (value > bound)
    }
    return (digits...max(digits, mostDigits)).lazy.map { decimals(value, $0) }.first(where: isTrue)
      ?? "\(value)"
  }

  /// The same of a probability.
  static func probability(_ value: Double, against bound: Double) -> String {
    let text = probability(value)
    // What is cut off lies beyond the last figure, and so on the side of any bound before that.
    let isTrue = text.hasPrefix("<") && bound >= 0.0001 || text.hasPrefix(">") && bound <= 0.9999
    return isTrue ? text : decimals(value, 4, against: bound)
  }

  /// Two values with as many decimals, from `digits` on, as it takes to tell them apart where they differ.
  static func apart(
    _ first: Double, _ second: Double, digits: Int, _ text: (_ value: Double, _ digits: Int) -> String
  ) -> (String, String) {
    let needed = (digits...mostDigits).first { first == second || text(first, $0) != text(second, $0) }
    return (text(first, needed ?? digits), text(second, needed ?? digits))
  }

  /// No comparison needs more decimals than a Double of about 1 has.
  private static let mostDigits = 15

  /// A share of one in percent, or "undefined"; of a thousand percent and more without decimals.
  static func percent(_ value: Double, _ digits: Int = 1) -> String {
    guard value.isFinite else { return "undefined" }
    let isLarge = (10..<1e13).contains(abs(value))
    return (isLarge ? count(Int((100 * value).rounded())) : decimals(100 * value, digits)) + " %"
  }

  /// A line of a summary: what it is about, and the text.
  static func entry(_ title: String, _ text: String) -> String {
    "  " + title.padded(to: max(14, title.count + 1)) + text
  }

  /// A count with its thousands apart.
  package static func count(_ value: Int) -> String {
    var text = ""
    for (place, digit) in String(value.magnitude).reversed().enumerated() {
      if place > 0 && place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
  }

  /// A count with what is counted: `1 strategy`, `2,000 strategies`.
  package static func count(_ value: Int, _ one: String, _ many: String) -> String {
    "\(count(value)) \(value == 1 ? one : many)"
  }

  /// A number of bytes, in the unit that leaves one to three digits before the point.
  static func size(_ bytes: Int) -> String {
    var (value, units) = (Double(bytes), ["kB", "MB", "GB", "TB"][...])
    guard value >= 1_000, var unit = units.popFirst() else { return "\(bytes) bytes" }
    value /= 1_000
    while value >= 999.95, let next = units.popFirst() {
      value /= 1_000
      unit = next
    }
    return "\(decimals(value, 1)) \(unit)"
  }

  /// The day of a time in microseconds since 1970, as 2020-01-31.
  static func day(_ microseconds: Int64) -> String {
    String(CivilTime.iso8601(microseconds: microseconds).prefix { $0 != "T" })
  }

  /// `value` without a decimal part where it has none.
  package static func short(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}

extension String {
  /// With spaces up to `width` characters.
  package func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
