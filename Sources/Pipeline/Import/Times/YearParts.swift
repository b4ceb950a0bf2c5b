import Artifacts

/// Months or quarters that are written behind the year as decimals, as in `2000.01` and, as a number cannot end with 0,
/// `2000.1` for October; or as the fraction of the year that has passed, as in `2000.0833` for February.
///
/// Fractions of other days look alike, so that only a sequence of such parts is believed: nearly every step is one month
/// or one quarter.
struct YearParts {
  enum Kind: Int, CaseIterable {
    /// `.01` to `.12`, as in `2000.01` and `2000:1`.
    case months
    /// `.01` to `.04`.
    case quarters
    /// `.1` to `.4`.
    case tenths
    /// `.0`, `.0833` to `.9167`.
    case twelfths
    /// `.0`, `.25`, `.5` and `.75`.
    case fourths

    /// The first month of the part that is written as `fraction`; `nil` if there is no such part.
    ///
    /// - Parameter slack: how far the fraction may be from the part's own, in units of its last digit, a twelfth or a
    ///   quarter.
    func month(_ fraction: Double, slack: Double) -> Int? {
      let scaled = fraction * (self == .twelfths ? 12 : self == .fourths ? 4 : 100)
      guard (scaled - scaled.rounded()).magnitude <= slack else { return nil }
      let part = Int(scaled.rounded())
      return switch self {
      case .months: (1...12).contains(part) ? part : nil
      case .quarters: Self.quarter(part)
      case .tenths: part % 10 == 0 ? Self.quarter(part / 10) : nil
      case .twelfths: part < 12 ? part + 1 : nil
      case .fourths: part < 4 ? part * 3 + 1 : nil
      }
    }

    private static func quarter(_ number: Int) -> Int? {
      (1...4).contains(number) ? number * 3 - 2 : nil
    }

    /// How far a number as it is written may be off: two decimals of a twelfth are 0.04 of it off.
    fileprivate var slack: Double { self == .twelfths ? Self.mostSlack : 1e-6 }
    fileprivate static let mostSlack = 0.1

    /// Months from one part to the next.
    fileprivate var length: Int { self == .months || self == .twelfths ? 1 : 3 }

    var words: String {
      switch self {
      case .months: "months behind the year, as yyyy.mm"
      case .quarters, .tenths: "quarters behind the year"
      case .twelfths: "months as fractions of the year"
      case .fourths: "quarters as fractions of the year"
      }
    }
  }

  private var rows = 0
  private var isPossible = InlineArray<5, Bool>(repeating: true)
  private var last = InlineArray<5, Int>(repeating: 0)
  private var steps = InlineArray<5, Int>(repeating: 0)

  /// Takes a number in.
  mutating func append(_ number: TimeNumber) {
    let isYear = (1800..<2200).contains(number.whole)
    for kind in Kind.allCases where isPossible[kind.rawValue] {
      guard isYear, let month = kind.month(number.fraction, slack: kind.slack) else {
        isPossible[kind.rawValue] = false
        continue
      }
      let count = Int(number.whole) * 12 + month
      if rows > 0, abs(count - last[kind.rawValue]) == kind.length { steps[kind.rawValue] += 1 }
      last[kind.rawValue] = count
    }
    rows += 1
  }

  /// The parts; `nil` if they are none, or of more than one kind.
  var kind: Kind? {
    let found = Kind.allCases.filter {
      isPossible[$0.rawValue] && rows > 2 && steps[$0.rawValue] * 10 >= (rows - 1) * 9
    }
    return found.count == 1 ? found[0] : nil
  }

  /// The first day of a number that counts days as ``TimeNumber/dayMicroseconds`` has them, in microseconds since 1970.
  static func midnight(_ moment: Int64, _ kind: Kind) -> Int64 {
    let (year, rest) = moment.quotientAndRemainder(dividingBy: CivilTime.microsecondsPerDay)
    // As a time of day the fraction was rounded to a minute.
    let month = kind.month(Double(rest) / Double(CivilTime.microsecondsPerDay), slack: Kind.mostSlack)
    let day = CivilTime.days(year: Int(year), month: month ?? 1, day: 1) ?? 0
    return Int64(day) * CivilTime.microsecondsPerDay
  }
}
