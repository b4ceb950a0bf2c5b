import CTileKernel

/// Features over bars, one feature a row, in the precision of the product, with the bars on which each is undefined.
///
/// Undefined values stand as 0 in `values`, because 0 · NaN would spoil the strategies that do not use the feature;
/// a strategy's score is made undefined afterwards on the bars that `definedFrom` and `undefined` tell. For the same
/// reason a value beyond the range of the scalar stands as its largest number, not as infinity.
///
/// Where all features would not fit into memory it holds some at a time; they keep their numbers.
public struct FeatureMatrix<Scalar: KernelScalar>: Sendable {
  /// `values[row * bars + bar]`; what stands after the last row, or in a row that no feature has yet, means nothing.
  private(set) var values: [Scalar]
  /// For each row, the bar from which its feature is defined: its warm-up on this market.
  public private(set) var definedFrom: [Int]
  /// For each row, the ranges of later bars on which its feature is undefined all the same, in order.
  public private(set) var undefined: [[Range<Int>]]
  /// Whether any row has such ranges.
  private(set) var hasGaps = false
  /// The number of bars.
  public let bars: Int
  /// For each feature its row, or -1 where it is not held.
  private var rowOfFeature: [Int]

  /// The number of features, held or not.
  public var count: Int { rowOfFeature.count }
  /// Features that can be held at a time.
  public var rows: Int { undefined.count }

  /// A matrix that holds none of `count` features, with room for `rows` of them.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(rows: Int, of count: Int, bars: Int) {
    self.bars = bars
    // A row is written when a feature gets it, by one of several threads, and not read before.
    values = unsafe Array(unsafeUninitializedCapacity: rows * bars + Self.barsAhead) {
      values, count in
      count = values.count
      unsafe values[(rows * bars)...].initialize(repeating: 0)
    }
    definedFrom = Array(repeating: 0, count: rows)
    undefined = Array(repeating: [], count: rows)
    rowOfFeature = Array(repeating: -1, count: count)
  }

  /// - Parameter columns: for each feature its values over all bars, NaN where undefined.
  /// - Precondition: every column has `bars` values.
  public init(columns: [[Double]], bars: Int) {
    self.init(rows: columns.count, of: columns.count, bars: bars)
    hold(Array(columns.indices), threads: 1) { $0.map { columns[$0] } }
  }

  /// The row of a feature.
  ///
  /// - Precondition: it is held.
  func row(of feature: Int) -> Int {
    let row = rowOfFeature[feature]
    precondition(row >= 0, "a feature that is held")
    return row
  }

  /// Takes in those of `wanted` that are not held, in the place of features that are not wanted, on `threads` threads.
  ///
  /// - Parameter columns: the columns of some features, each with `bars` values, NaN where undefined.
  /// - Precondition: there are rows for all that are wanted.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func hold(
    _ wanted: [Int], threads: Int, columns: @Sendable (ArraySlice<Int>) -> [[Double]]
  ) {
    precondition(wanted.count <= rows, "a row for each feature")
    let missing = wanted.filter { rowOfFeature[$0] < 0 }
    // Writing would copy what someone else reads.
    if missing.isEmpty { return }
    let places = makePlaces(for: missing, beside: wanted)
    let perGroup = Self.featuresPerGroup(bars: bars)
    let bars = bars
    var gaps = Array(repeating: [Range<Int>](), count: missing.count)
    DisjointSlots.update(&gaps) { gaps in
      DisjointSlots.update(&values) { values in
        Workers.forEach(items: (missing.count + perGroup - 1) / perGroup, threads: threads) {
          0
        } body: { _, group in
          let indices = group * perGroup..<min((group + 1) * perGroup, missing.count)
          for (index, column) in zip(indices, columns(missing[indices])) {
            let undefined = Self.write(column, to: values, from: places[index] * bars, bars: bars)
            // Most are in the warm-up alone: then the rest need not be looked at again.
            gaps.write(column.undefinedRanges(count: undefined), at: index)
          }
        }
      }
    }
    for (row, gaps) in zip(places, gaps) {
      let warmUp = gaps.first?.lowerBound == 0 ? gaps[0].upperBound : 0
      definedFrom[row] = warmUp
      undefined[row] = Array(gaps.drop { $0.lowerBound == 0 })
    }
    hasGaps = undefined.contains { !$0.isEmpty }
  }

  /// Gives rows to features that have none: free ones, and those of features that are not wanted.
  private mutating func makePlaces(for missing: [Int], beside wanted: [Int]) -> [Int] {
    var featureOfRow = Array(repeating: -1, count: rows)
    for (feature, row) in rowOfFeature.enumerated() where row >= 0 { featureOfRow[row] = feature }
    let kept = Set(wanted)
    let places = featureOfRow.indices.filter { !kept.contains(featureOfRow[$0]) }.prefix(missing.count)
    for (feature, row) in zip(missing, places) {
      if featureOfRow[row] >= 0 { rowOfFeature[featureOfRow[row]] = -1 }
      rowOfFeature[feature] = row
    }
    return Array(places)
  }

  /// Writes a column, rounded.
  ///
  /// - Returns: the bars on which it is undefined.
  private static func write(
    _ column: [Double], to values: DisjointSlots<Scalar>, from start: Int, bars: Int
  ) -> Int {
    precondition(column.count == bars, "a feature has one value a bar")
    return unsafe values.withSlots(start..<start + bars) { slots in
      unsafe column.withUnsafeBufferPointer { column in
        guard let column = column.baseAddress, let slots = slots.baseAddress else { return 0 }
        return unsafe Scalar.round(count: bars, column, to: slots)
      }
    }
  }

  /// Values after the last row that kernels read.
  private static var barsAhead: Int { Int(FLUKE_BARS_AHEAD) }

  /// Features that are computed together: enough to share what they have in common, and few enough that their columns
  /// in `Double` never matter beside the matrix, however long the market is.
  private static func featuresPerGroup(bars: Int) -> Int { min(16, max(2, valuesPerGroup / max(bars, 1))) }

  /// 8 MiB of `Double`.
  private static var valuesPerGroup: Int { 1 << 20 }
}
