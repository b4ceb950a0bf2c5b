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
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(columns: [[Double]], bars: Int) {
    var values: [Scalar] = []
    values.reserveCapacity(columns.count * bars)
    var undefined: [[Range<Int>]] = []
    var definedFrom: [Int] = []
    let largest = Double(Scalar.greatestFiniteMagnitude)
    for column in columns {
      precondition(column.count == bars, "a feature has one value a bar")
      var ranges: [Range<Int>] = []
      for (bar, value) in column.enumerated() {
        let isDefined = value.isFinite
        values.append(isDefined ? Scalar(min(max(value, -largest), largest)) : 0)
        if isDefined { continue }
        if let last = ranges.last, last.upperBound == bar {
          ranges[ranges.count - 1] = last.lowerBound..<(bar + 1)
        } else {
          ranges.append(bar..<(bar + 1))
        }
      }
      let warmUp = ranges.first?.lowerBound == 0 ? ranges.removeFirst().upperBound : 0
      definedFrom.append(warmUp)
      undefined.append(ranges)
    }
    self.values = values
    self.definedFrom = definedFrom
    self.undefined = undefined
    self.bars = bars
  }
}
