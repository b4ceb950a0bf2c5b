import Artifacts

/// Times of day that a column of their own gives as numbers, such as 930 for 09:30 or 93000 for 09:30:00, which the
/// longest of them settles.
struct ClockNumbers {
  private var values: [Int64] = []
  private var most: Int64 = 0
  private var digits = 0
  private var isFraction = false

  /// Whether there are none.
  var isEmpty: Bool { values.isEmpty }

  /// A time of day as a number: without leading zeros, or a fraction of a day.
  struct Number {
    let value: Int64
    let digits: Int
    let isFraction: Bool

    /// The number of a cell; `nil` if it is none.
    init?(_ text: TimeText) {
      guard let number = TimeNumber(text), number.whole >= 0, number.digits <= 9 else { return nil }
      isFraction = !number.isWhole
      if isFraction, number.whole > 0 { return nil }
      value = isFraction ? number.dayMicroseconds : number.whole
      digits = text.leadingDigits
    }
  }

  mutating func append(_ number: Number) {
    values.append(number.value)
    if number.isFraction { isFraction = true } else { most = max(most, number.value) }
    digits = max(digits, number.digits)
  }

  /// The number of a row, for messages.
  func text(_ row: Int) -> String { "\(values[row])" }

  /// The times of day in microseconds; the rows whose number is none have -1.
  var microseconds: [Int64] {
    if isFraction { return values }
    // The unit of the last two digits: hours, minutes, seconds or milliseconds.
    let unit = digits <= 2 && most < 24 ? 0 : digits <= 4 ? 1 : digits <= 6 ? 2 : 3
    return values.map { value in
      let clock = unit == 3 ? value / 1000 : value
      let hour = unit == 0 ? clock : unit == 1 ? clock / 100 : clock / 10_000
      let minute = unit == 0 ? 0 : unit == 1 ? clock % 100 : clock / 100 % 100
      let second = unit < 2 ? 0 : clock % 100
      guard hour < 24, minute < 60, second < 60 else { return -1 }
      return ((hour * 60 + minute) * 60 + second) * 1_000_000 + (unit == 3 ? value % 1000 * 1000 : 0)
    }
  }
}
