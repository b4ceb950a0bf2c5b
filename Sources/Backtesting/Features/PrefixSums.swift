import Kernels

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
  /// Element i of both, added, is the sum of the values before bar i; see ``DoubleDouble``.
  private let high: [Double]
  private let low: [Double]
  /// For each bar, the number of bars up to the last undefined one, that one included.
  private let undefinedThrough: [Int]

  /// The number of bars.
  var count: Int { undefinedThrough.count }

  init(_ column: [Double]) {
    var high: [Double] = []
    var low: [Double] = []
    var undefinedThrough: [Int] = []
    high.reserveCapacity(column.count + 1)
    low.reserveCapacity(column.count + 1)
    undefinedThrough.reserveCapacity(column.count)
    var sum = DoubleDouble.zero
    var undefined = 0
    high.append(sum.high)
    low.append(sum.low)
    for (bar, value) in column.enumerated() {
      if value.isFinite { sum = sum + value } else { undefined = bar + 1 }
      high.append(sum.high)
      low.append(sum.low)
      undefinedThrough.append(undefined)
    }
    self.high = high
    self.low = low
    self.undefinedThrough = undefinedThrough
  }

  /// The mean of the `period` values that end at each bar, undefined before bar `period - 1`.
  func means(period: Int) -> [Double] {
    defined(WindowMeans.means(high: high, low: low, period: period), period: period)
  }

  /// How far above the bar's price the mean of the `period` values that end at it stands, relative to the price.
  ///
  /// The difference comes first: it is exact when the two are near, where `mean / price - 1` would round twice.
  func distances(period: Int, from prices: [Double]) -> [Double] {
    defined(WindowMeans.distances(high: high, low: low, period: period, from: prices), period: period)
  }

  /// The sum of the `period` values that end at each bar, undefined before bar `period - 1`.
  func totals(period: Int) -> [Double] {
    precondition(period >= 1, "a window has at least one bar")
    var result = [Double](repeating: .nan, count: count)
    guard period <= count else { return result }
    for bar in (period - 1)..<count {
      let (after, before) = (bar + 1, bar + 1 - period)
      let sum =
        DoubleDouble(high: high[after], low: low[after]) - DoubleDouble(high: high[before], low: low[before])
      result[bar] = sum.high
    }
    return defined(result, period: period)
  }

  /// The column without the windows that hold an undefined value.
  private func defined(_ column: [Double], period: Int) -> [Double] {
    if undefinedThrough.last ?? 0 == 0 { return column }
    var column = column
    for bar in column.indices where undefinedThrough[bar] + period > bar + 1 { column[bar] = .nan }
    return column
  }
}
