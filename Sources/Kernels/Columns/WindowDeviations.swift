import CTileKernel

/// Population standard deviations over windows of a column, and distances in units of them.
///
/// Windows of equal values have a deviation of exactly 0, and a window that holds a value that is not finite is undefined.
/// The sums are those of differences from one value of the window. No value is further than √period standard deviations
/// from the mean of its window, so whatever the level of the values the variance loses at most a factor `period` of its
/// precision.
public enum WindowDeviations {
  /// For each bar the deviation (divisor `period`) of the `period` values that end at it, undefined before bar
  /// `period - 1`.
  ///
  /// - Precondition: `period` is at least 1.
  public static func deviations(of column: [Double], period: Int) -> [Double] {
    unsafe columns(of: column, periods: [period], by: fluke_window_deviations)[0]
  }

  /// For each of `periods` a column: how far above each bar's value the mean of its window stands, in deviations of the
  /// window. Undefined where the deviation is 0, and before bar `period - 1`.
  ///
  /// Periods that lie between the same powers of two share their sums, which are most of the work.
  ///
  /// - Precondition: every period is at least 1.
  public static func distances(of column: [Double], periods: [Int]) -> [[Double]] {
    unsafe columns(of: column, periods: periods, by: fluke_window_deviation_distances)
  }

  /// Periods that share sums at most: of more they are a small part of the work.
  private static let mostTogether = 16

  /// One of the loops of FeatureColumns.h over windows of several periods.
  private typealias Loop = (
    _ bars: Int, _ spacing: Int, _ count: Int, _ periods: UnsafePointer<Int>?,
    _ column: UnsafePointer<Double>?,
    _ sums: UnsafeMutablePointer<Double>?, _ columns: UnsafePointer<UnsafeMutablePointer<Double>?>?
  ) -> Void

  private static func columns(of column: [Double], periods: [Int], by loop: Loop) -> [[Double]] {
    precondition(periods.allSatisfy { $0 >= 1 }, "a window has at least one bar")
    // What is longer than the column has no windows, nor sums that there would have to be room for.
    var columns = periods.map { period in
      period <= column.count ? [] : [Double](repeating: .nan, count: column.count)
    }
    let whole = periods.indices.filter { periods[$0] <= column.count }
    // The bits must not depend on which periods are asked for together: so how far anchors are apart follows from the
    // period alone.
    for (spacing, places) in Dictionary(grouping: whole, by: { periods[$0].largestPowerOfTwo }) {
      for first in stride(from: 0, to: places.count, by: mostTogether) {
        let some = places[first..<min(first + mostTogether, places.count)]
        let made = unsafe together(of: column, periods: some.map { periods[$0] }, spacing: spacing, by: loop)
        for (place, column) in zip(some, made) { columns[place] = column }
      }
    }
    return columns
  }

  private static func together(
    of column: [Double], periods: [Int], spacing: Int, by loop: Loop
  ) -> [[Double]] {
    unsafe [[Double]](bars: column.count, undefinedBefore: periods.map { $0 - 1 }) { addresses in
      unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: 6 * spacing) { sums in
        unsafe loop(column.count, spacing, periods.count, periods, column, sums.baseAddress, addresses)
      }
    }
  }
}

extension Int {
  /// The largest power of two that is not larger.
  fileprivate var largestPowerOfTwo: Int { 1 << (Int.bitWidth - 1 - leadingZeroBitCount) }
}
