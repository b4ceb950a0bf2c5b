import CTileKernel

/// Means over windows of a column, summed in double-double arithmetic.
public enum WindowMeans {
  /// For each bar the mean, out of running sums, of the `period` values that end at it, undefined before bar `period - 1`.
  ///
  /// - Parameter high, low: element i of both together is the sum of the values before bar i.
  /// - Precondition: `period` is at least 1; there is one more sum than bars.
  public static func means(high: [Double], low: [Double], period: Int) -> [Double] {
    unsafe windows(high, low, period) { first, count, high, low, means in
      unsafe fluke_window_means(count, period, high, low, means + first)
    }
  }

  /// How far above the bar's price that mean stands, relative to the price.
  ///
  /// - Precondition: also, there is one price a bar.
  public static func distances(high: [Double], low: [Double], period: Int, from prices: [Double]) -> [Double]
  {
    precondition(prices.count == high.count - 1, "one price a bar")
    return unsafe windows(high, low, period) { first, count, high, low, distances in
      unsafe prices.withUnsafeBufferPointer { prices in
        guard let prices = prices.baseAddress else { return }
        unsafe fluke_window_distances(count, period, high, low, prices + first, distances + first)
      }
    }
  }

  /// A column that `body` writes from its first whole window on.
  private static func windows(
    _ high: [Double], _ low: [Double], _ period: Int,
    _ body: (
      _ first: Int, _ count: Int, _ high: UnsafePointer<Double>, _ low: UnsafePointer<Double>,
      _ column: UnsafeMutablePointer<Double>
    ) -> Void
  ) -> [Double] {
    precondition(period >= 1, "a window has at least one bar")
    precondition(high.count == low.count && high.count >= 1, "one sum before each bar and one after the last")
    let bars = high.count - 1
    return unsafe [Double](bars: bars, undefinedBefore: period - 1) { column in
      unsafe high.withUnsafeBufferPointer { high in
        unsafe low.withUnsafeBufferPointer { low in
          guard let high = high.baseAddress, let low = low.baseAddress else { return }
          unsafe body(period - 1, bars + 1 - period, high, low, column)
        }
      }
    }
  }

  /// Windows up to this length cost less summed one by one than by running sums, whose additions wait for each other.
  public static let longestShortPeriod = 32

  /// The same means of short windows, summed one by one: those of a column that is used once. A window that holds a
  /// value that is not finite is undefined.
  ///
  /// - Precondition: `period` is 1 to ``longestShortPeriod``.
  public static func shortMeans(of column: [Double], period: Int) -> [Double] {
    precondition(1...longestShortPeriod ~= period, "a window of a few bars")
    return unsafe [Double](bars: column.count, undefinedBefore: period - 1) { means in
      unsafe fluke_short_window_means(column.count + 1 - period, period, column, means + (period - 1))
    }
  }
}
