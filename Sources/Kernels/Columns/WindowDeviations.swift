import CTileKernel

/// Population standard deviations over windows of a column.
public enum WindowDeviations {
  /// For each bar the deviation (divisor `period`) of the `period` values that end at it, undefined before bar
  /// `period - 1`; windows of equal values give exactly 0, and a window that holds a value that is not finite is undefined.
  ///
  /// The sums are those of differences from one value of the window. No value is further than √period standard deviations
  /// from the mean of its window, so whatever the level of the values the variance loses at most a factor `period` of its
  /// precision.
  ///
  /// - Precondition: `period` is at least 1.
  public static func deviations(of column: [Double], period: Int) -> [Double] {
    precondition(period >= 1, "a window has at least one bar")
    return unsafe [Double](bars: column.count, undefinedBefore: period - 1) { deviations in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * period) { sums in
        unsafe fluke_window_deviations(column.count, period, column, sums.baseAddress, deviations)
      }
    }
  }
}
