import CTileKernel

/// Means over windows of a column, out of its running sums in double-double arithmetic.
public enum WindowMeans {
  /// For each bar the mean of the `period` values that end at it, undefined before bar `period - 1`.
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
    return unsafe Array(unsafeUninitializedCapacity: bars) { means, count in
      count = bars
      let undefined = min(period - 1, bars)
      for bar in 0..<undefined { unsafe means[bar] = .nan }
      guard undefined < bars, let base = means.baseAddress else { return }
      unsafe high.withUnsafeBufferPointer { high in
        unsafe low.withUnsafeBufferPointer { low in
          unsafe (prices ?? []).withUnsafeBufferPointer { prices in
            guard let high = high.baseAddress, let low = low.baseAddress else { return }
            let price = unsafe prices.isEmpty ? nil : prices.baseAddress.map { unsafe $0 + undefined }
            unsafe fluke_window_means(bars - undefined, period, high, low, price, base + undefined)
          }
        }
      }
    }
  }
}
