import Kernels

extension Indicators {
  /// The exponential average with smoothing `2 / (period + 1)`, seeded as TA-Lib's `EMA` does with the mean of
  /// the first `period` values. The first value stands at bar `period - 1`.
  ///
  /// - Precondition: `period >= 1`.
  public static func exponentialMovingAverage(_ column: [Double], period: Int) -> [Double] {
    exponentialMovingAverages(of: column, periods: [period])[0]
  }

  /// Wilder's average, an exponential one with smoothing `1 / period`, seeded with the mean of the first
  /// `period` values. The first value stands at bar `period - 1`.
  ///
  /// Reference: Wilder 1978, "New concepts in technical trading systems".
  ///
  /// - Precondition: `period >= 1`.
  public static func wilderAverage(_ column: [Double], period: Int) -> [Double] {
    wilderAverages(of: column, periods: [period])[0]
  }

  /// Exponential averages of several periods, made side by side.
  static func exponentialMovingAverages(of column: [Double], periods: [Int]) -> [[Double]] {
    recursiveAverages(of: column, periods: periods, smoothing: exponentialSmoothing)
  }

  /// Wilder's averages of several periods, made side by side.
  static func wilderAverages(of column: [Double], periods: [Int]) -> [[Double]] {
    recursiveAverages(of: column, periods: periods) { 1 / Double($0) }
  }

  /// `(EMA(average) - signal)/value`, where the signal is the exponential average over `signal` bars of that average, for
  /// several pairs of periods side by side. The first value stands at bar `average + signal - 2`.
  ///
  /// - Precondition: all periods are at least 1.
  static func averageGaps(of column: [Double], periods: [(average: Int, signal: Int)]) -> [[Double]] {
    precondition(periods.allSatisfy { $0.average >= 1 && $0.signal >= 1 }, "periods of at least one bar")
    return sideBySide(of: column, periods) { periods in
      AverageGaps(
        of: column, smoothing: periods.map { exponentialSmoothing(period: $0.average) },
        signalSmoothing: periods.map { exponentialSmoothing(period: $0.signal) })
    } length: { period in
      period.average + period.signal - 1
    } start: { gaps, lane, period, bars in
      let averages = exponentialMovingAverage(Array(column[bars]), period: period.average)
      gaps.start(
        lane: lane, at: bars.upperBound - 1, average: averages[averages.endIndex - 1],
        signal: mean(averages.suffix(period.signal)))
    }
  }

  private static func recursiveAverages(
    of column: [Double], periods: [Int], smoothing: (_ period: Int) -> Double
  ) -> [[Double]] {
    precondition(periods.allSatisfy { $0 >= 1 }, "an average has a period of at least one bar")
    return sideBySide(of: column, periods) { periods in
      RecursiveAverages(of: column, smoothing: periods.map(smoothing))
    } length: { period in
      period
    } start: { averages, lane, _, bars in
      averages[lane: lane, bar: bars.upperBound - 1] = mean(column[bars])
    }
  }

  /// The columns of `periods`, as many at a time as there are lanes.
  ///
  /// - Parameters:
  ///   - make: columns of some of the periods that have no values yet.
  ///   - length: the values of `column` that it takes to start the column of a period.
  ///   - start: starts it, at the last of these.
  private static func sideBySide<Period, Columns: RecursiveColumns>(
    of column: [Double], _ periods: [Period], make: ([Period]) -> Columns, length: (Period) -> Int,
    start: (_ columns: inout Columns, _ lane: Int, Period, _ bars: Range<Int>) -> Void
  ) -> [[Double]] {
    let runs = column.finiteRanges
    return stride(from: 0, to: periods.count, by: Columns.lanes).flatMap { first in
      let some = Array(periods[first..<min(first + Columns.lanes, periods.count)])
      var columns = make(some)
      columns.fill(runs: runs, length: { length(some[$0]) }) { start(&$0, $1, some[$1], $2) }
      return some.indices.map(columns.column)
    }
  }

  private static func exponentialSmoothing(period: Int) -> Double { 2 / Double(period + 1) }

  /// The mean, rounded once.
  private static func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(DoubleDouble.zero, +).divided(by: Double(values.count))
  }
}
