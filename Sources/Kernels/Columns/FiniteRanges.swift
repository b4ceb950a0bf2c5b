extension [Double] {
  /// The ranges of bars on which values are finite, in order.
  public var finiteRanges: [Range<Int>] { ranges(whereFinite: true, count: .max) }

  /// The ranges of the `count` bars on which values are not finite, in order; what comes after the last is not looked at.
  func undefinedRanges(count: Int) -> [Range<Int>] { ranges(whereFinite: false, count: count) }

  @inline(__always)
  private func ranges(whereFinite isFinite: Bool, count: Int) -> [Range<Int>] {
    unsafe withUnsafeBufferPointer { values in
      var ranges: [Range<Int>] = []
      var (left, bar) = (count, 0)
      while left > 0, bar < values.count {
        while bar < values.count, unsafe values[bar].isFinite != isFinite { bar += 1 }
        let start = bar
        while bar < values.count, unsafe values[bar].isFinite == isFinite { bar += 1 }
        if start < bar { ranges.append(start..<bar) }
        left -= bar - start
      }
      return ranges
    }
  }
}
