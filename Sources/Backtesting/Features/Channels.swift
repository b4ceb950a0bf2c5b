import Kernels

extension Indicators {
  /// The highest of the `period` values that end at each bar; TA-Lib's `MAX`. The first value stands at bar
  /// `period - 1`.
  ///
  /// - Precondition: `period >= 1`.
  public static func rollingMaximum(_ column: [Double], period: Int) -> [Double] {
    WindowExtremes(.highest, of: column, period: period).columnOfLastBars
  }

  /// The lowest of the `period` values that end at each bar; TA-Lib's `MIN`. The first value stands at bar
  /// `period - 1`.
  ///
  /// - Precondition: `period >= 1`.
  public static func rollingMinimum(_ column: [Double], period: Int) -> [Double] {
    WindowExtremes(.lowest, of: column, period: period).columnOfLastBars
  }

  /// The Donchian channel: the highest high (`upper`) and the lowest low (`lower`) of the `period` bars before
  /// each bar, that bar left out, so that a close can break out of it. The first values stand at bar `period`.
  ///
  /// - Precondition: `period >= 1`, columns of one length.
  public static func donchianChannel(
    high: [Double], low: [Double], period: Int
  ) -> (upper: [Double], lower: [Double]) {
    (
      delayed(rollingMaximum(high, period: period)),
      delayed(rollingMinimum(low, period: period))
    )
  }

  /// The Aroon oscillator, -100 to 100: by how much more recent the highest high of the last `period + 1` bars
  /// is than their lowest low, in per cent of the period. Of equal extremes the latest counts, as in TA-Lib's
  /// `AROONOSC`. The first value stands at bar `period`.
  ///
  /// Reference: Chande 1995, "A time price oscillator", Technical Analysis of Stocks & Commodities 13 (9).
  ///
  /// - Precondition: `period >= 1`, columns of one length.
  public static func aroonOscillator(high: [Double], low: [Double], period: Int) -> [Double] {
    precondition(high.count == low.count, "columns of one market have one length")
    let highest = extremeBars(high, period: period + 1, beats: >=)
    let lowest = extremeBars(low, period: period + 1, beats: <=)
    return high.indices.map { bar in
      highest[bar] < 0 || lowest[bar] < 0
        ? .nan : 100 * Double(highest[bar] - lowest[bar]) / Double(period)
    }
  }

  /// For each bar, where in the `period` bars that end there the extreme stands, or -1 if a value is undefined.
  ///
  /// A queue of the bars that may still become the extreme, the present one in front. Each bar enters and
  /// leaves it once, so the cost does not depend on the period. `beats` holds for equal values: the latest wins.
  @inline(__always)
  private static func extremeBars(
    _ column: [Double], period: Int, beats: (Double, Double) -> Bool
  ) -> [Int] {
    precondition(period >= 1, "a window has at least one bar")
    var result = [Int](repeating: -1, count: column.count)
    var queue = [Int](repeating: 0, count: column.count)
    var front = 0
    var end = 0
    var definedSince = 0
    for bar in column.indices {
      let value = column[bar]
      guard value.isFinite else {
        definedSince = bar + 1
        front = end
        continue
      }
      while end > front && beats(value, column[queue[end - 1]]) { end -= 1 }
      queue[end] = bar
      end += 1
      if queue[front] + period <= bar { front += 1 }
      if definedSince + period <= bar + 1 { result[bar] = queue[front] }
    }
    return result
  }

  /// The column one bar later: each bar has the value of the bar before.
  private static func delayed(_ column: [Double]) -> [Double] {
    column.isEmpty ? [] : [.nan] + column.dropLast()
  }
}
