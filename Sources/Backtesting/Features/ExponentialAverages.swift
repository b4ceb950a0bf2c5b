import Kernels

extension Indicators {
  /// The exponential average with smoothing `2 / (period + 1)`, seeded as TA-Lib's `EMA` does with the mean of
  /// the first `period` values. The first value stands at bar `period - 1`.
  ///
  /// - Precondition: `period >= 1`.
  public static func exponentialMovingAverage(_ column: [Double], period: Int) -> [Double] {
    exponentialMovingAverages(of: [column], periods: [period])[0]
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
  ///
  /// - Parameter columns: what is averaged: one column for all periods, or one for each.
  static func exponentialMovingAverages(of columns: [[Double]], periods: [Int]) -> [[Double]] {
    recursiveAverages(of: columns, periods: periods) { 2 / Double($0 + 1) }
  }

  /// Wilder's averages of several periods, made side by side.
  static func wilderAverages(of column: [Double], periods: [Int]) -> [[Double]] {
    recursiveAverages(of: [column], periods: periods) { 1 / Double($0) }
  }

  private static func recursiveAverages(
    of columns: [[Double]], periods: [Int], smoothing: (Int) -> Double
  ) -> [[Double]] {
    precondition(periods.allSatisfy { $0 >= 1 }, "an average has a period of at least one bar")
    let runs = columns.map(\.finiteRanges)
    var result: [[Double]] = []
    for first in stride(from: 0, to: periods.count, by: RecursiveAverages.lanes) {
      let some = first..<min(first + RecursiveAverages.lanes, periods.count)
      let own = columns.count == 1 ? 0..<1 : some
      var averages = RecursiveAverages(of: Array(columns[own]), smoothing: periods[some].map(smoothing))
      fill(&averages, of: columns[own], runs: runs[own], periods: periods[some])
      result += some.map { averages.column(lane: $0 - first) }
    }
    return result
  }

  /// Seeds each average anew in every run of finite values, and goes on with it to the run's end: together where the last
  /// runs of all reach the end of their columns.
  private static func fill(
    _ averages: inout RecursiveAverages, of columns: ArraySlice<[Double]>, runs: ArraySlice<[Range<Int>]>,
    periods: ArraySlice<Int>
  ) {
    let bars = columns[columns.startIndex].count
    var unfinished: [(lane: Int, next: Int)] = []
    for (lane, period) in periods.enumerated() {
      let own = columns.startIndex + (columns.count == 1 ? 0 : lane)
      for run in runs[own] where run.count >= period {
        let seeded = run.lowerBound + period - 1
        let sum = columns[own][run.lowerBound...seeded].reduce(DoubleDouble.zero, +)
        averages[lane: lane, bar: seeded] = sum.divided(by: Double(period))
        if run.upperBound == bars {
          unfinished.append((lane, seeded + 1))
        } else {
          averages.extend(lane: lane, over: seeded + 1..<run.upperBound)
        }
      }
    }
    let latest = unfinished.map(\.next).max() ?? bars
    let together = unfinished.count == periods.count ? latest : bars
    for (lane, next) in unfinished { averages.extend(lane: lane, over: next..<together) }
    averages.extendAll(from: together)
  }
}
