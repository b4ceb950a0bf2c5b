import Artifacts
import Statistics

/// Sums of returns that begin anew, such as those since the beginning of a month or a year.
///
/// Of the first 16 columns, more than half of those that vary have to look so in one of two ways. Neither is met by
/// returns: of 3,000 files of four columns over 24 to 750 bars each of white noise and of AR(1) with φ = 0.5 and 0.8, none
/// was taken for sums.
///
/// - **By the calendar**: from the last bar of a day, a week, a month, a quarter or a year to the first of the next, of
///   which there are m ≥ 2, the mean square of steps is more than 4 + 40/m² times that of the steps within; and these
///   are small beside the numbers: their sum of squares is below half of that of the numbers they lead to; first numbers
///   have less than half of the mean square of others, unlike rates that change by the month. Returns have quotients of
///   1, and steps twice as large as they are themselves. Of sums since the beginning of a month nearly all
///   files of a year of days are found, of sums since the beginning of a year 9 of 10 files of five years of months.
/// - **By falls to 0** at any bars: four and more steps beyond 5 times the median step, four of five of which end within 4
///   median steps of 0, while the other steps have a sum of squares below 0.3 of that of the numbers they lead to.
struct RestartingSums {
  private static let mostColumns = 16

  /// - Parameter option: which says what the numbers are.
  /// - Throws: ``ReturnsFault/otherValues(found:remedy:)`` if the numbers are such sums.
  static func check(
    _ matrix: ReturnMatrix, timestamps: [Int64]?, option: String = "values"
  ) throws(ReturnsFault) {
    let columns = (0..<min(matrix.strategies, mostColumns)).map { matrix.column($0) }
      .map { numbers in (numbers: numbers, shape: ColumnShape(numbers)) }
      .filter { $0.shape.varies && $0.shape.count >= 10 }
    // Steps of returns are larger than they are themselves: nearly every file is done with here.
    let smooth = columns.filter { $0.shape.roughness <= 1 }.map(\.numbers)
    func most(_ holds: ([Double]) -> Bool) -> Bool { smooth.count { holds($0) } * 2 > columns.count }
    guard smooth.count * 2 > columns.count else { return }
    if let timestamps {
      let days = timestamps.map { time in
        Int((time - modulo(time, CivilTime.microsecondsPerDay)) / CivilTime.microsecondsPerDay)
      }
      for period in Period.allCases {
        let begins = period.begins(days)
        guard begins.count(where: { $0 }) > 1, most({ isSum($0, begins: begins) }) else { continue }
        throw .otherValues(
          found: "the columns grow within each \(period.rawValue) and begin anew at the next, as "
            + "\(period.rawValue)-to-date returns do",
          remedy: "give the changes within each \(period.rawValue), or pass --\(option) returns")
      }
    }
    if most({ fallsToZero($0) }) {
      throw .otherValues(
        found: "the columns grow and fall back to 0 again and again, as sums that begin anew do",
        remedy:
          "give their changes from bar to bar, those of a first bar as they are, or pass --\(option) returns")
    }
  }

  /// Whether steps into the bars of `begins` are larger than others, and these smaller than the numbers.
  private static func isSum(_ numbers: [Double], begins: [Bool]) -> Bool {
    var (count, others) = (0, 0)
    var (jumps, steps, firsts, squares) = (0.0, 0.0, 0.0, 0.0)
    for bar in numbers.indices.dropFirst() {
      let step = numbers[bar] - numbers[bar - 1]
      guard !step.isNaN else { continue }
      if begins[bar] {
        count += 1
        jumps += step * step
        firsts += numbers[bar] * numbers[bar]
      } else {
        others += 1
        steps += step * step
        squares += numbers[bar] * numbers[bar]
      }
    }
    guard count >= 2, others >= 2 * count, steps < 0.5 * squares,
      firsts / Double(count) < 0.5 * squares / Double(others)
    else { return false }
    return jumps / Double(count) > (4 + 40 / Double(count * count)) * steps / Double(others)
  }

  /// Whether most of the largest steps lead back to 0.
  private static func fallsToZero(_ numbers: [Double]) -> Bool {
    let sizes = zip(numbers.dropFirst(), numbers).map { abs($0 - $1) }
    let moving = sizes.filter { $0 > 0 }.sorted()
    guard !moving.isEmpty else { return false }
    let median = moving[moving.count / 2]
    var (falls, landings) = (0, 0)
    var (rest, squares) = (0.0, 0.0)
    for (size, number) in zip(sizes, numbers.dropFirst()) where !size.isNaN {
      if size > 5 * median {
        falls += 1
        if abs(number) <= 4 * median { landings += 1 }
      } else {
        rest += size * size
        squares += number * number
      }
    }
    return falls >= 4 && landings * 5 >= falls * 4 && rest < 0.3 * squares
  }

  /// The remainder that is not below 0.
  fileprivate static func modulo<Number: BinaryInteger>(_ number: Number, _ divisor: Number) -> Number {
    (number % divisor + divisor) % divisor
  }

  /// What sums may begin anew with: the shortest first, as the first numbers of its stretches are small in no longer one.
  private enum Period: String, CaseIterable {
    case day, week, month, quarter, year

    /// Whether a bar is the first of one; the first bar of all is none.
    func begins(_ days: [Int]) -> [Bool] {
      var last: Int?
      return days.map { day in
        let number = number(ofDay: day)
        defer { last = number }
        return last.map { $0 != number } ?? false
      }
    }

    private func number(ofDay day: Int) -> Int {
      switch self {
      case .day: return day
      // 1970-01-05 was a Monday.
      case .week: return (day + 3 - RestartingSums.modulo(day + 3, 7)) / 7
      case .month, .quarter, .year:
        let date = CivilTime.date(days: day)
        let month = date.year * 12 + date.month - 1
        return self == .month ? month : self == .quarter ? month / 3 : date.year
      }
    }
  }
}
