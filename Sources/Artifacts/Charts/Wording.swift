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
  static func strategies(_ count: Int) -> String {
    count == 1 ? "1 strategy" : NumberFormat.count(count) + " strategies"
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
