import Kernels

extension Indicators {
  /// The mean of the `period` values that end at each bar, correctly rounded (see `PrefixSums` for the range).
  ///
  /// So a window of equal values gives exactly that value, and windows of any two lengths whose exact means
  /// are equal give the same bits. TA-Lib's `SMA` differs from it by the rounding of its running sum. The first
  /// value stands at bar `period - 1`.
  ///
  /// - Precondition: `period >= 1`.
  public static func simpleMovingAverage(_ column: [Double], period: Int) -> [Double] {
    period <= WindowMeans.longestShortPeriod
      ? WindowMeans.shortMeans(of: column, period: period) : PrefixSums(column).means(period: period)
  }

  /// Moving average convergence and divergence: `line` is the fast exponential average less the slow one,
  /// `signal` the exponential average of the line, `histogram` the line less its signal.
  ///
  /// As in TA-Lib's `MACD` both averages are seeded at bar `slow - 1`, the fast one from the `fast` values that
  /// end there. `line` starts at bar `slow - 1`, the others at `slow + signal - 2`; TA-Lib leaves out the line
  /// too until the signal exists.
  ///
  /// Reference: Appel 1979, "The moving average convergence-divergence trading method".
  ///
  /// - Precondition: `1 <= fast < slow` and `signal >= 1`.
  public static func movingAverageConvergence(
    _ column: [Double], fast: Int, slow: Int, signal: Int
  ) -> (line: [Double], signal: [Double], histogram: [Double]) {
    precondition(fast < slow, "the fast average has the shorter period")
    var lateColumn = column
    for bar in 0..<min(slow - fast, column.count) { lateColumn[bar] = .nan }
    let line = pairwise(
      exponentialMovingAverage(lateColumn, period: fast), exponentialMovingAverage(column, period: slow), -)
    let signal = exponentialMovingAverage(line, period: signal)
    return (line, signal, pairwise(line, signal, -))
  }

  /// The column of `operation` on each bar's two values.
  @inline(__always)
  static func pairwise(
    _ first: [Double], _ second: [Double], _ operation: (Double, Double) -> Double
  ) -> [Double] {
    precondition(first.count == second.count, "columns of one market have one length")
    return first.indices.map { operation(first[$0], second[$0]) }
  }
}
