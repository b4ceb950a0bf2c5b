import Artifacts

/// A number in a column of times, before it is known what it counts.
struct TimeNumber: Equatable {
  /// The number rounded down.
  let whole: Int64
  /// How many digits the number has before its decimal point, without leading zeros; 1 for 0.
  let digits: Int
  /// What is left, from 0 to below 1.
  let fraction: Double
  /// How far the number that was meant may be from this one: half a unit of the last decimal, and what a double of this
  /// size rounds when it is made and written.
  let uncertainty: Double

  /// The number that `text` spells: digits with perhaps a sign, a decimal point and an exponent. `nil` for anything
  /// else and beyond 18 digits and a half.
  init?(_ text: TimeText) {
    var rest = text
    let isNegative = rest.skip(UInt8(ascii: "-"))
    if !isNegative { _ = rest.skip(UInt8(ascii: "+")) }
    while rest.byte(after: 0) == UInt8(ascii: "0"), TimeText.isDigit(rest.byte(after: 1)) { rest.drop(1) }
    let digits = rest.leadingDigits
    guard (1...19).contains(digits), let whole = rest.number(digits: digits) else { return nil }
    var decimals = 0
    var fraction = 0.0
    if rest.skip(UInt8(ascii: ".")) {
      decimals = rest.leadingDigits
      // Sixteen decimals are more than a double holds behind any digit.
      var value = 0.0
      var unit = 1.0
      for place in 0..<min(decimals, 16) {
        value = value * 10 + Double(rest.byte(after: place) - UInt8(ascii: "0"))
        unit *= 10
      }
      fraction = value / unit
      rest.drop(decimals)
    }
    if rest.isAtEnd {
      self.init(
        magnitude: Int64(whole), fraction: fraction, decimals: decimals, isNegative: isNegative)
      return
    }
    guard rest.byte(after: 0) | 0x20 == UInt8(ascii: "e") else { return nil }
    self.init(exponent: text)
  }

  /// The year and its part of a spelling such as `2017:8`, as `2017.08`.
  init(year: Int, part: Int) {
    self.init(magnitude: Int64(year), fraction: Double(part) / 100, decimals: 2, isNegative: false)
  }

  private init(magnitude: Int64, fraction: Double, decimals: Int, isNegative: Bool) {
    var step = 1.0
    for _ in 0..<decimals { step /= 10 }
    uncertainty = decimals == 0 ? 0 : 0.51 * step + 1.02 * Double(magnitude).ulp
    self.fraction = isNegative && fraction > 0 ? 1 - fraction : fraction
    whole = isNegative ? (fraction > 0 ? -magnitude - 1 : -magnitude) : magnitude
    digits = Self.digits(of: magnitude)
  }

  private init?(exponent text: TimeText) {
    var bytes: [UInt8] = []
    for offset in 0..<80 where text.byte(after: offset) != 0 { bytes.append(text.byte(after: offset)) }
    guard let value = DecimalNumber.parse(bytes.span), value.magnitude < 9e18 else { return nil }
    whole = Int64(value.rounded(.down))
    fraction = value - value.rounded(.down)
    uncertainty = 1.5 * value.ulp
    digits = Self.digits(of: whole == .min ? .max : abs(whole))
  }

  private static func digits(of magnitude: Int64) -> Int {
    var count = 1
    var rest = magnitude / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }

  /// Whether the number has no fraction.
  var isWhole: Bool { fraction == 0 }

  /// The number as a count of days, in microseconds.
  ///
  /// A time of day that was written with few decimals is the nearest whole minute, second or millisecond that these
  /// decimals can mean: 0.395833 is 09:30 and not 09:29:59.97.
  var dayMicroseconds: Int64 {
    let whole = whole * CivilTime.microsecondsPerDay
    if fraction == 0 { return whole }
    let exact = fraction * Double(CivilTime.microsecondsPerDay)
    // A microsecond is below what a double holds of a date.
    let slack = uncertainty * Double(CivilTime.microsecondsPerDay) + 1
    for unit in [60e6, 1e6, 1e3] {
      let nearest = (exact / unit).rounded() * unit
      if (nearest - exact).magnitude <= slack { return whole + Int64(nearest) }
    }
    return whole + Int64(exact.rounded())
  }
}

/// The units of counts since 1970.
enum EpochUnit: String, Sendable, CaseIterable {
  case seconds
  case milliseconds
  case microseconds
  case nanoseconds

  /// How many make a second.
  private var perSecond: Int64 {
    switch self {
    case .seconds: 1
    case .milliseconds: 1_000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }

  /// 1980-01-01 and 2101-01-01 in seconds since 1970: a count outside of these years is none.
  private static let plausible: Range<Int64> = 315_532_800..<4_133_980_800

  /// The unit in which `number` gives a year from 1980 to 2100; the ranges of the units do not meet.
  init?(sizeOf number: TimeNumber) {
    let found = Self.allCases.first { unit in
      (Self.plausible.lowerBound * unit.perSecond..<unit.upperBound).contains(number.whole)
    }
    guard let found else { return nil }
    self = found
  }

  /// 2101 in nanoseconds lies within 64 bits, with half of them to spare.
  private var upperBound: Int64 { Self.plausible.upperBound * perSecond }

  /// The moment in microseconds since 1970; `nil` if it does not fit.
  func microseconds(_ number: TimeNumber) -> Int64? {
    switch self {
    case .seconds: Self.scaled(number, by: 1_000_000)
    case .milliseconds: Self.scaled(number, by: 1_000)
    case .microseconds: number.whole
    case .nanoseconds: Int64((Double(number.whole % 1000) / 1000).rounded(.down)) + number.whole / 1000
    }
  }

  private static func scaled(_ number: TimeNumber, by factor: Int64) -> Int64? {
    let (whole, isOver) = number.whole.multipliedReportingOverflow(by: factor)
    return isOver ? nil : whole + Int64((number.fraction * Double(factor)).rounded())
  }
}
