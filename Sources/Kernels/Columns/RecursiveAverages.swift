import CTileKernel

/// Averages of a column that move from bar to bar by a part of their distance from the bar's value.
public struct RecursiveAverages: RecursiveColumns, Sendable {
  /// The part of the distance, for each lane.
  private let smoothing: [Double]
  private let column: [Double]
  public private(set) var values: [Double]

  public var count: Int { smoothing.count }
  public var bars: Int { column.count }

  /// Averages that have no values yet.
  ///
  /// - Parameters:
  ///   - column: what is averaged.
  ///   - smoothing: for each average the part of the distance that it moves; at most ``RecursiveColumns/lanes``.
  public init(of column: [Double], smoothing: [Double]) {
    precondition(1...Self.lanes ~= smoothing.count, "at least one average, and one a lane")
    self.smoothing = smoothing
    self.column = column
    values = Array(repeating: .nan, count: smoothing.count * column.count)
  }

  /// The value of average `lane` at a bar.
  public subscript(lane lane: Int, bar bar: Int) -> Double {
    get { values[lane * bars + bar] }
    set { values[lane * bars + bar] = newValue }
  }

  public mutating func extend(lanes: Range<Int>, over range: Range<Int>) {
    precondition(range.lowerBound >= 1 && range.upperBound <= bars, "bars that have one before")
    let (parts, stride) = (Array(smoothing[lanes]), bars)
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard let values = values.baseAddress else { return }
      unsafe fluke_recursive_averages(
        parts.count, range.lowerBound, range.upperBound, column, parts, stride,
        values + lanes.lowerBound * stride)
    }
  }
}
