import CTileKernel

/// Averages that move from bar to bar by a part of their distance from the bar's value, several side by side.
///
/// Each value waits for the one before, so that as many as fit into a vector are made in the time of one.
public struct RecursiveAverages: Sendable {
  /// Averages that are made side by side at most.
  public static let lanes = Int(FLUKE_AVERAGES)

  /// The part of the distance, for each lane.
  private let smoothing: [Double]
  /// Columns of values one after the other.
  private let columns: [Double]
  /// Values between the columns of two lanes: none where one column is for all.
  private let stride: Int
  private let bars: Int
  private var averages: [Double]

  /// Averages that have no values yet.
  ///
  /// - Parameters:
  ///   - columns: what is averaged: one column for all, or one for each average, all of one length.
  ///   - smoothing: for each average the part of the distance that it moves; at most ``lanes``.
  public init(of columns: [[Double]], smoothing: [Double]) {
    precondition(1...Self.lanes ~= smoothing.count, "at least one average, and one a lane")
    precondition(columns.count == 1 || columns.count == smoothing.count, "one column for all or one for each")
    let bars = columns[0].count
    precondition(columns.allSatisfy { $0.count == bars }, "columns of one length")
    self.bars = bars
    self.smoothing = smoothing
    self.columns = columns.count == 1 ? columns[0] : columns.flatMap(\.self)
    stride = columns.count == 1 ? 0 : bars
    averages = Array(repeating: .nan, count: smoothing.count * bars)
  }

  /// The value of average `lane` at a bar.
  public subscript(lane lane: Int, bar bar: Int) -> Double {
    get { averages[lane * bars + bar] }
    set { averages[lane * bars + bar] = newValue }
  }

  /// Goes on with average `lane` alone over `range`, from the value of the bar before.
  public mutating func extend(lane: Int, over range: Range<Int>) {
    if range.isEmpty { return }
    precondition(
      smoothing.indices ~= lane && range.lowerBound >= 1 && range.upperBound <= bars, "bars of an average")
    var part = smoothing[lane]
    unsafe columns.withUnsafeBufferPointer { columns in
      unsafe averages.withUnsafeMutableBufferPointer { averages in
        guard let columns = columns.baseAddress, let averages = averages.baseAddress else { return }
        // Of one average nothing tells where the next would stand, so that it may end where the range does.
        unsafe fluke_recursive_averages(
          1, range.lowerBound, range.upperBound, columns + lane * stride, 0, &part, averages + lane * bars)
      }
    }
  }

  /// Goes on with all from bar `first` to the end, from the values of the bar before.
  public mutating func extendAll(from first: Int) {
    if first >= bars { return }
    precondition(first >= 1, "a value to start from")
    unsafe fluke_recursive_averages(
      smoothing.count, first, bars, columns, stride, smoothing, &averages)
  }

  /// The values of average `lane`.
  public func column(lane: Int) -> [Double] { Array(averages[lane * bars..<(lane + 1) * bars]) }
}
