/// The sentences that several pictures share.
enum Wording {
  /// "falls from 2.31 in training to 0.12 in validation", or whatever the two values say.
  static func change(from training: Double, to validation: Double, _ format: NumberFormat) -> String {
    let (before, after) = distinct(training, validation, format)
    if training.isNaN && validation.isNaN { return "is undefined in training and in validation" }
    if validation.isNaN { return "is \(before) in training and undefined in validation" }
    if training.isNaN { return "is undefined in training and \(after) in validation" }
    if before == after { return "stays at \(before) from training to validation" }
    let verb = validation < training ? "falls" : "rises"
    return "\(verb) from \(before) in training to \(after) in validation"
  }

  /// The texts of two values, with as many more decimals, up to four, as it takes to tell them apart.
  static func distinct(_ first: Double, _ second: Double, _ format: NumberFormat) -> (String, String) {
    let usual = (format.text(first), format.text(second))
    guard usual.0 == usual.1, first != second, first.isFinite, second.isFinite else { return usual }
    for decimals in 2...4 {
      let longer = (format.text(first, decimals: decimals), format.text(second, decimals: decimals))
      if longer.0 != longer.1 { return longer }
    }
    return usual
  }

  /// A name for use inside of a sentence or legend, at most 40 characters of it.
  static func shortened(_ name: String) -> String {
    name.count <= 40 ? name : name.prefix(39) + "…"
  }

  /// "1 strategy", "1,000 strategies".
  static func strategies(_ count: Int) -> String { counted(count, "strategy", "strategies") }

  /// "1 trial", "1,000 trials".
  static func trials(_ count: Int) -> String { counted(count, "trial", "trials") }

  /// "1 split", "12,870 splits".
  static func splits(_ count: Int) -> String { counted(count, "split", "splits") }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "1 \(one)" : "\(NumberFormat.count(count)) \(many)"
  }

  /// The name of a metric without its unit: "Sharpe ratio" of "Sharpe ratio, annualised".
  static func name(_ metric: String) -> String { String(metric.prefix { $0 != "," }) }

  /// The size of a difference of two values: that of two percentages is in percentage points.
  static func difference(_ value: Double, _ format: NumberFormat) -> String {
    format == .percent
      ? "\(NumberFormat.plain.text(value * 100, decimals: 1)) percentage points" : format.text(value)
  }

  /// A quantity that is often whole, as an effective number of trials: 0.25, 9, 14.2, 1,234.
  static func quantity(_ value: Double) -> String {
    guard value.isFinite else { return NumberFormat.plain.text(value) }
    let decimals = (0...1).first {
      value * DecimalPowers.power($0) == (value * DecimalPowers.power($0)).rounded()
    }
    return NumberFormat.plain.text(
      value, decimals: abs(value) >= 100 ? 0 : decimals ?? (abs(value) >= 10 ? 1 : 2))
  }

  /// `part` of `whole` as a percentage; undefined of nothing.
  static func share(_ part: Int, of whole: Int) -> String {
    NumberFormat.percent.text(whole > 0 ? Double(part) / Double(whole) : .nan)
  }

  /// "; 12 undefined values are left out", or nothing when there are none.
  static func leftOut(_ count: Int) -> String {
    switch count {
    case 0: ""
    case 1: "; 1 undefined value is left out"
    default: "; \(NumberFormat.count(count)) undefined values are left out"
    }
  }
}
