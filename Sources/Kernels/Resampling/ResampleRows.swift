/// The loops over resamples: a row of numbers, one a resample, for each strategy.
///
/// Each loop runs along the resamples, so that it is done several at a time without any sum being reordered.
public enum ResampleRows {
  /// Raises each maximum to `(row - other)·scale` where that is larger, or to its magnitude.
  ///
  /// - Parameters:
  ///   - cells: the row, within `values`.
  ///   - others: the other row, within `otherValues`.
  /// - Precondition: the ranges are in bounds and as long as `maxima`.
  public static func raise(
    _ maxima: inout [Double], to values: [Double], _ cells: Range<Int>, less otherValues: [Double],
    _ others: Range<Int>, scale: Double, magnitude: Bool
  ) {
    check(values, cells)
    check(otherValues, others)
    precondition(cells.count == maxima.count && others.count == maxima.count, "rows of the same resamples")
    unsafe maxima.withUnsafeMutableBufferPointer { maxima in
      unsafe values.withUnsafeBufferPointer { values in
        unsafe otherValues.withUnsafeBufferPointer { otherValues in
          guard let target = maxima.baseAddress, let values = values.baseAddress,
            let otherValues = otherValues.baseAddress
          else { return }
          let row = unsafe values + cells.lowerBound
          let other = unsafe otherValues + others.lowerBound
          for index in 0..<cells.count {
            let difference = unsafe (row[index] - other[index]) * scale
            let value = magnitude ? abs(difference) : difference
            unsafe target[index] = value > target[index] ? value : target[index]
          }
        }
      }
    }
  }

  /// Adds a row to `totals`.
  ///
  /// - Precondition: the range is in bounds and as long as `totals`.
  public static func add(_ values: [Double], _ cells: Range<Int>, to totals: inout [Double]) {
    check(values, cells)
    precondition(cells.count == totals.count, "a total for each resample")
    unsafe totals.withUnsafeMutableBufferPointer { totals in
      unsafe values.withUnsafeBufferPointer { values in
        guard let totals = totals.baseAddress, let values = values.baseAddress else { return }
        let row = unsafe values + cells.lowerBound
        for index in 0..<cells.count { unsafe totals[index] += row[index] }
      }
    }
  }

  /// Σ (row - other)², in four partial sums by position modulo four.
  ///
  /// - Precondition: the ranges are in bounds and of the same length.
  public static func sumOfSquaredDifferences(
    _ values: [Double], _ cells: Range<Int>, _ otherValues: [Double], _ others: Range<Int>
  ) -> Double {
    check(values, cells)
    check(otherValues, others)
    precondition(cells.count == others.count, "rows of the same resamples")
    return unsafe values.withUnsafeBufferPointer { values in
      unsafe otherValues.withUnsafeBufferPointer { otherValues in
        var sums = (0.0, 0.0, 0.0, 0.0)
        let whole = cells.count / 4 * 4
        let (row, other) = (cells.lowerBound, others.lowerBound)
        var index = 0
        while index < whole {
          let first = unsafe values[row + index] - otherValues[other + index]
          let second = unsafe values[row + index + 1] - otherValues[other + index + 1]
          let third = unsafe values[row + index + 2] - otherValues[other + index + 2]
          let fourth = unsafe values[row + index + 3] - otherValues[other + index + 3]
          sums.0 += first * first
          sums.1 += second * second
          sums.2 += third * third
          sums.3 += fourth * fourth
          index += 4
        }
        while index < cells.count {
          let rest = unsafe values[row + index] - otherValues[other + index]
          sums.0 += rest * rest
          index += 1
        }
        return (sums.0 + sums.1) + (sums.2 + sums.3)
      }
    }
  }

  private static func check(_ values: [Double], _ cells: Range<Int>) {
    precondition(cells.lowerBound >= 0 && cells.upperBound <= values.count, "a row inside of its values")
  }
}
