import CTileKernel

/// Averages of a column that move from bar to bar by a part of their distance from the bar's value.
public struct RecursiveAverages: RecursiveColumns, Sendable {
  /// The part of the distance, for each lane.
  private let smoothing: [Double]
  private let column: [Double]
  private var averages: [Double]

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
    averages = Array(repeating: .nan, count: smoothing.count * column.count)
  }

  /// The value of average `lane` at a bar.
  public subscript(lane lane: Int, bar bar: Int) -> Double {
    get { averages[lane * bars + bar] }
    set { averages[lane * bars + bar] = newValue }
  }

  public mutating func extend(lane: Int, over range: Range<Int>) {
    if range.isEmpty { return }
    precondition(
      smoothing.indices ~= lane && range.lowerBound >= 1 && range.upperBound <= bars, "bars of an average")
    var part = smoothing[lane]
    let start = lane * bars
    unsafe averages.withUnsafeMutableBufferPointer { averages in
      guard let averages = averages.baseAddress else { return }
      unsafe fluke_recursive_averages(
        1, range.lowerBound, range.upperBound, column, &part, 0, averages + start)
    }
  }

  public mutating func extendAll(from first: Int) {
    precondition(1...bars ~= first, "a value to start from")
    unsafe fluke_recursive_averages(count, first, bars, column, smoothing, bars, &averages)
  }

  /// The values of average `lane`.
  public func column(lane: Int) -> [Double] { Array(averages[lane * bars..<(lane + 1) * bars]) }
}
