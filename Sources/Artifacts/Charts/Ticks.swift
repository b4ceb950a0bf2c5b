/// A marked value of an axis, and the distance of the marks around it, which says how precisely to write it.
struct Tick: Equatable, Sendable {
  let value: Double
  let step: Double
}

/// Round values: 1, 2 or 5 times a power of ten apart.
enum Ticks {
  /// The multiples of the smallest round step that leaves at most `limit` of them in `lower ... upper`.
  ///
  /// With a limit of 5 or more there are at least two, unless the range is too narrow for `Double`; the ends of the
  /// range are less than a step from the outermost ones.
  static func linear(from lower: Double, to upper: Double, limit: Int) -> [Tick] {
    guard upper > lower, limit > 0 else { return [] }
    var step = RoundStep(notBelow: (upper - lower) / Double(limit))
    while true {
      // The first and last multiples in range; a hair of slack keeps an end that is itself a multiple.
      let first = (lower / step.value - 1e-9).rounded(.up)
      let last = (upper / step.value + 1e-9).rounded(.down)
      if last - first < Double(limit) {
        guard abs(first) < 1e15, abs(last) < 1e15, first <= last else { return [] }
        return (Int(first)...Int(last)).map { Tick(value: step.multiple($0), step: step.value) }
      }
      step = step.next
    }
  }

  /// Round values over a range of positive numbers: 1, 2, 3, 5 and 7 in every decade, or 1, 2 and 5, or powers of ten alone, or every
  /// few powers of ten, whichever is the densest that leaves at most `limit`.
  static func logarithmic(from lower: Double, to upper: Double, limit: Int) -> [Tick] {
    guard lower > 0, upper > lower, limit > 0 else { return [] }
    let exponents = DecimalPowers.exponent(of: lower)...DecimalPowers.exponent(of: upper)
    func ticks(_ digits: [Int], every stride: Int) -> [Tick] {
      exponents.filter { $0 % stride == 0 }.flatMap { exponent in
        digits.map {
          Tick(
            value: DecimalPowers.number($0, exponent: exponent),
            step: DecimalPowers.number(1, exponent: exponent))
        }
      }.filter { lower * (1 - 1e-9) <= $0.value && $0.value <= upper * (1 + 1e-9) }
    }
    let choices =
      [ticks([1, 2, 3, 5, 7], every: 1), ticks([1, 2, 5], every: 1)]
      + (1...max(1, exponents.count)).map { ticks([1], every: $0) }
    let densest = choices.first { $0.count <= limit } ?? []
    return densest.count >= 3 ? densest : linear(from: lower, to: upper, limit: limit)
  }
}

/// A step of 1, 2 or 5 times a power of ten.
struct RoundStep: Equatable, Sendable {
  let digit: Int
  let exponent: Int

  /// The smallest round step that is at least `width`, a positive number.
  init(notBelow width: Double) {
    let exponent = DecimalPowers.exponent(of: width)
    let exact = width / DecimalPowers.number(1, exponent: exponent)
    let digit = [1, 2, 5].first { exact <= Double($0) * (1 + 1e-9) }
    self.init(digit: digit ?? 1, exponent: digit == nil ? exponent + 1 : exponent)
  }

  private init(digit: Int, exponent: Int) {
    self.digit = digit
    self.exponent = exponent
  }

  var value: Double { multiple(1) }

  /// The next larger round step.
  var next: RoundStep {
    switch digit {
    case 1: RoundStep(digit: 2, exponent: exponent)
    case 2: RoundStep(digit: 5, exponent: exponent)
    default: RoundStep(digit: 1, exponent: exponent + 1)
    }
  }

  /// `factor` steps, as the closest `Double` to the decimal number.
  func multiple(_ factor: Int) -> Double { DecimalPowers.number(factor * digit, exponent: exponent) }
}
