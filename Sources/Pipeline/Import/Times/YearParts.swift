import Artifacts

/// Months or quarters that are written behind the year as decimals, as in `2000.01` and, as a number cannot end with 0,
/// `2000.1` for October.
///
/// A fraction of a year looks alike, so that only a sequence of such parts is believed: nearly every step is one month or
/// one quarter.
struct YearParts {
  enum Kind: Int, CaseIterable {
    /// `.01` to `.12`, as in `2000.01` and `2000:1`.
    case months
    /// `.01` to `.04`.
    case quarters
    /// `.1` to `.4`.
    case tenths

    /// The first month of a part; `nil` if there is no such part.
    func month(_ hundredths: Int) -> Int? {
      switch self {
      case .months: (1...12).contains(hundredths) ? hundredths : nil
      case .quarters: (1...4).contains(hundredths) ? hundredths * 3 - 2 : nil
      case .tenths: hundredths % 10 == 0 ? Kind.quarters.month(hundredths / 10) : nil
      }
    }

    /// Months from one part to the next.
    fileprivate var length: Int { self == .months ? 1 : 3 }

    var words: String {
      self == .months ? "months behind the year, as yyyy.mm" : "quarters behind the year"
    }
  }

  private var rows = 0
  private var isPossible = InlineArray<3, Bool>(repeating: true)
  private var last = InlineArray<3, Int>(repeating: 0)
  private var steps = InlineArray<3, Int>(repeating: 0)

  /// Takes a number in.
  mutating func append(_ number: TimeNumber) {
    let hundredths = (number.fraction * 100).rounded()
    let isYear = (1800..<2200).contains(number.whole) && (number.fraction * 100 - hundredths).magnitude < 1e-6
    for kind in Kind.allCases where isPossible[kind.rawValue] {
      guard isYear, let month = kind.month(Int(hundredths)) else {
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
    let hundredths = (Double(rest) / Double(CivilTime.microsecondsPerDay) * 100).rounded()
    let days = CivilTime.days(year: Int(year), month: kind.month(Int(hundredths)) ?? 1, day: 1) ?? 0
    return Int64(days) * CivilTime.microsecondsPerDay
  }
}
