/// Features over bars, one feature a row, in the precision of the product, with the bars on which each is undefined.
///
/// Undefined values stand as 0 in `values`, because 0 · NaN would spoil the strategies that do not use the feature;
/// a strategy's score is made undefined afterwards on the bars that `definedFrom` and `undefined` tell. For the same
/// reason a value beyond the range of the scalar stands as its largest number, not as infinity.
public struct FeatureMatrix<Scalar: KernelScalar>: Sendable {
  /// `values[feature * bars + bar]`.
  public let values: [Scalar]
  /// For each feature, the bar from which it is defined: its warm-up on this market.
  public let definedFrom: [Int]
  /// For each feature, the ranges of later bars on which it is undefined all the same, in order.
  public let undefined: [[Range<Int>]]
  /// The number of bars.
  public let bars: Int

  /// The number of features.
  public var count: Int { undefined.count }

  /// - Parameter columns: for each feature its values over all bars, NaN where undefined.
  /// - Precondition: every column has `bars` values.
  public init(columns: [[Double]], bars: Int) {
    self.init(count: columns.count, bars: bars, threads: 1) { Array(columns[$0]) }
  }

  /// Features that are computed together: enough to share what they have in common, and few enough that their columns
  /// in `Double` never matter beside the matrix, however long the market is.
  private static func featuresPerGroup(bars: Int) -> Int { min(16, max(2, valuesPerGroup / max(bars, 1))) }

  /// 8 MiB of `Double`.
  private static var valuesPerGroup: Int { 1 << 20 }

  /// A matrix whose columns are made a group at a time, on `threads` threads.
  ///
  /// - Parameter columns: the columns of a range of features, each with `bars` values, NaN where undefined.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(count: Int, bars: Int, threads: Int, columns: @Sendable (Range<Int>) -> [[Double]]) {
    let featuresPerGroup = Self.featuresPerGroup(bars: bars)
    let groups = (count + featuresPerGroup - 1) / featuresPerGroup
    var values: [Scalar] = []
    let undefined = DisjointSlots.fill(count: count, repeating: [Range<Int>]()) { undefined in
      values = DisjointSlots.fill(count: count * bars, repeating: 0 as Scalar) { values in
        Workers.forEach(items: groups, threads: threads) {
          false
        } makeState: {
          0
        } body: { _, group in
          let first = group * featuresPerGroup
          let range = first..<min(first + featuresPerGroup, count)
          for (feature, column) in zip(range, columns(range)) {
            precondition(column.count == bars, "a feature has one value a bar")
            let count = unsafe values.withSlots(feature * bars..<(feature + 1) * bars) { slots in
              unsafe column.withUnsafeBufferPointer { column in
                guard let column = column.baseAddress, let slots = slots.baseAddress else { return 0 }
                return unsafe Scalar.round(count: bars, column, to: slots)
              }
            }
            undefined.write(Self.undefinedRanges(of: column, count: count), at: feature)
          }
        }
      }
    }
    self.values = values
    self.definedFrom = undefined.map { $0.first?.lowerBound == 0 ? $0[0].upperBound : 0 }
    self.undefined = undefined.map { Array($0.drop { $0.lowerBound == 0 }) }
    self.bars = bars
  }

  /// The ranges of the `count` bars on which `column` is not a finite number, in order.
  private static func undefinedRanges(of column: [Double], count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var left = count
    for (bar, value) in column.enumerated() {
      // Most are in the warm-up alone: then the rest need not be looked at again.
      if left == 0 { break }
      if value.isFinite { continue }
      left -= 1
      if let last = ranges.last, last.upperBound == bar {
        ranges[ranges.count - 1] = last.lowerBound..<(bar + 1)
      } else {
        ranges.append(bar..<(bar + 1))
      }
    }
    return ranges
  }
}
