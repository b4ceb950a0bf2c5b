/// Running sums of a column in double-double arithmetic, from which the sum over any window is one difference.
///
/// The sums are exact while the largest of them, divided by the last place of the smallest value, stays below
/// 2¹⁰⁵; for prices that is any history in which the highest price times the number of bars is below 2⁵² times
/// the lowest price. Then `mean` is the correctly rounded mean of the window: it does not depend on the bars
/// before the window, equal values give exactly that value, and two windows of any lengths whose exact means
/// agree give the same bits. Outside that range the error of a mean is about 2⁻¹⁰⁴ of the longest sum.
///
/// One instance serves all window lengths. A value that is not finite is left out of the sums, and the windows
/// that hold it are undefined.
struct PrefixSums: Sendable {
  /// Element i is the sum of the values before bar i.
  private let sums: [DoubleDouble]
  /// For each bar, the number of bars up to the last undefined one, that one included.
  private let undefinedThrough: [Int]

  /// The number of bars.
  var count: Int { undefinedThrough.count }

  init(_ column: [Double]) {
    var sums: [DoubleDouble] = []
    var undefinedThrough: [Int] = []
    sums.reserveCapacity(column.count + 1)
    undefinedThrough.reserveCapacity(column.count)
    var sum = DoubleDouble.zero
    var undefined = 0
    sums.append(sum)
    for (bar, value) in column.enumerated() {
      if value.isFinite { sum = sum + value } else { undefined = bar + 1 }
      sums.append(sum)
      undefinedThrough.append(undefined)
    }
    self.sums = sums
    self.undefinedThrough = undefinedThrough
  }

  /// The mean of the `period` values that end at each bar, undefined before bar `period - 1`.
  func means(period: Int) -> [Double] {
    windows(period: period) { $0.divided(by: Double(period)) }
  }

  /// The sum of the `period` values that end at each bar, undefined before bar `period - 1`.
  func totals(period: Int) -> [Double] {
    windows(period: period) { $0.high }
  }

  @inline(__always)
  private func windows(period: Int, _ value: (DoubleDouble) -> Double) -> [Double] {
    precondition(period >= 1, "a window has at least one bar")
    var result = [Double](repeating: .nan, count: count)
    guard period <= count else { return result }
    for bar in (period - 1)..<count where undefinedThrough[bar] + period <= bar + 1 {
      result[bar] = value(sums[bar + 1] - sums[bar + 1 - period])
    }
    return result
  }
}
