/// A range of values and how it is laid along an axis.
struct Scale: Equatable, Sendable {
  enum Kind: Sendable {
    case linear
    /// Equal ratios take equal lengths; all values are positive.
    case logarithmic
    /// Microseconds since 1970.
    case time
  }

  let kind: Kind
  let lower: Double
  let upper: Double

  /// A scale over the finite ones of `values`, and a `padding` of that range more on either side.
  ///
  /// No values give 0 to 1. A range that is too narrow to be divided, as that of a single value, is widened about its
  /// middle.
  init(_ kind: Kind = .linear, covering values: some Sequence<Double>, padding: Double = 0) {
    var lowest = Double.infinity
    var highest = -Double.infinity
    for value in values where value.isFinite && (kind != .logarithmic || value > 0) {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    self.kind = kind
    switch kind {
    case .linear, .time:
      (lower, upper) = Scale.widened(lowest, highest, padding: padding, isTime: kind == .time)
    case .logarithmic:
      if lowest > highest { (lowest, highest) = (1, 10) }
      lowest = min(max(lowest, 1 / Scale.largest), Scale.largest)
      highest = min(max(highest, 1 / Scale.largest), Scale.largest)
      // Padding in logarithms, a thousandfold at most; a single value gets a factor of 1.25 on either side.
      let decades = DecimalPowers.logarithm(highest) - DecimalPowers.logarithm(lowest)
      let factor = decades < 1e-9 ? 1.25 : DecimalPowers.power(min(padding * decades, 3))
      lower = lowest / factor
      upper = highest * factor
    }
  }

  /// Beyond this the length of a range could overflow; below its reciprocal, powers of ten lose their digits.
  private static let largest = 1e300

  private static func widened(
    _ lowest: Double, _ highest: Double, padding: Double, isTime: Bool
  ) -> (Double, Double) {
    if lowest > highest { return isTime ? (0, TimeTicks.day) : (0, 1) }
    let limit = isTime ? 8e18 : largest
    let lower = min(max(lowest, -limit), limit)
    let upper = min(max(highest, -limit), limit)
    let magnitude = max(abs(lower), abs(upper))
    if isTime {
      let extra = max(
        (upper - lower) * padding, upper - lower < 10 * TimeTicks.second ? 12 * TimeTicks.hour : 0)
      return (lower - extra, upper + extra)
    }
    let narrowest = max(magnitude * 1e-9, 1e-290)
    if upper - lower >= narrowest {
      let extra = (upper - lower) * padding
      return (lower - extra, upper + extra)
    }
    let half = magnitude == 0 ? 1 : magnitude * 0.1
    return (lower - half, upper + half)
  }

  /// The same scale, its ends moved outwards to the next of at most `limit` round values.
  func rounded(limit: Int) -> Scale {
    guard kind == .linear else { return self }
    let step = RoundStep(notBelow: (upper - lower) / Double(limit)).value
    return Scale(covering: [
      (lower / step + 1e-9).rounded(.down) * step, (upper / step - 1e-9).rounded(.up) * step,
    ])
  }

  /// Where `value` lies: 0 at the lower end, 1 at the upper.
  func fraction(_ value: Double) -> Double {
    guard kind == .logarithmic else { return (value - lower) / (upper - lower) }
    return (DecimalPowers.logarithm(value) - DecimalPowers.logarithm(lower))
      / (DecimalPowers.logarithm(upper) - DecimalPowers.logarithm(lower))
  }

  func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// Round values in range, at most `limit`.
  func ticks(limit: Int) -> [Tick] {
    switch kind {
    case .linear: Ticks.linear(from: lower, to: upper, limit: limit)
    case .logarithmic: Ticks.logarithmic(from: lower, to: upper, limit: limit)
    case .time: TimeTicks.ticks(from: lower, to: upper, limit: limit)
    }
  }
}
