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
    let runs = column.finiteRanges
    return sideBySide(periods, lanes: AverageGaps.lanes) { periods in
      var gaps = AverageGaps(
        of: column, smoothing: periods.map { exponentialSmoothing(period: $0.average) },
        signalSmoothing: periods.map { exponentialSmoothing(period: $0.signal) })
      gaps.fill(runs: runs) { gaps, lane, run in
        let (average, signal) = periods[lane]
        let start = run.prefix(average + signal - 1)
        guard start.count == average + signal - 1 else { return nil }
        let averages = exponentialMovingAverage(Array(column[start]), period: average).suffix(signal)
        gaps.start(
          lane: lane, at: start.upperBound - 1, average: averages[averages.endIndex - 1],
          signal: mean(averages))
        return start.upperBound
      }
      return periods.indices.map(gaps.column)
    }
  }

  private static func recursiveAverages(
    of column: [Double], periods: [Int], smoothing: (_ period: Int) -> Double
  ) -> [[Double]] {
    precondition(periods.allSatisfy { $0 >= 1 }, "an average has a period of at least one bar")
    let runs = column.finiteRanges
    return sideBySide(periods, lanes: RecursiveAverages.lanes) { periods in
      var averages = RecursiveAverages(of: column, smoothing: periods.map(smoothing))
      averages.fill(runs: runs) { averages, lane, run in
        let seed = run.prefix(periods[lane])
        guard seed.count == periods[lane] else { return nil }
        averages[lane: lane, bar: seed.upperBound - 1] = mean(column[seed])
        return seed.upperBound
      }
      return periods.indices.map(averages.column)
    }
  }

  /// The columns of `items`, made for `lanes` at a time.
  private static func sideBySide<Item>(
    _ items: [Item], lanes: Int, columns: ([Item]) -> [[Double]]
  ) -> [[Double]] {
    stride(from: 0, to: items.count, by: lanes).flatMap { first in
      columns(Array(items[first..<min(first + lanes, items.count)]))
    }
  }

  private static func exponentialSmoothing(period: Int) -> Double { 2 / Double(period + 1) }

  /// The mean, rounded once.
  private static func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(DoubleDouble.zero, +).divided(by: Double(values.count))
  }
}
