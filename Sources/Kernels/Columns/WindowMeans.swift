import CTileKernel

/// Means over windows of a column, summed in double-double arithmetic.
public enum WindowMeans {
  /// For each bar the mean, out of running sums, of the `period` values that end at it, undefined before bar `period - 1`.
  ///
  /// - Parameters:
  ///   - high, low: element i of both together is the sum of the values before bar i.
  ///   - prices: where there are any, the mean is told by its distance from the bar's price, relative to it.
  /// - Precondition: `period` is at least 1; there is one more sum than bars, and one price a bar or none.
  public static func means(high: [Double], low: [Double], period: Int, from prices: [Double]? = nil)
    -> [Double]
  {
    precondition(period >= 1, "a window has at least one bar")
    precondition(high.count == low.count && high.count >= 1, "one sum before each bar and one after the last")
    let bars = high.count - 1
    precondition(prices.map { $0.count == bars } ?? true, "one price a bar")
    return unsafe [Double](bars: bars, undefinedBefore: period - 1) { means in
      unsafe high.withUnsafeBufferPointer { high in
        unsafe low.withUnsafeBufferPointer { low in
          unsafe (prices ?? []).withUnsafeBufferPointer { prices in
            guard let high = high.baseAddress, let low = low.baseAddress else { return }
            let first = period - 1
            let price = unsafe prices.isEmpty ? nil : prices.baseAddress.map { unsafe $0 + first }
            unsafe fluke_window_means(bars - first, period, high, low, price, means + first)
          }
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
