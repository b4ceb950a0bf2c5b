import CTileKernel

/// How far recursive averages of a column stand above recursive averages of themselves, their signals, relative to the
/// column's value: `(average - signal)/value`, undefined where that is not finite.
public struct AverageGaps: RecursiveColumns, Sendable {
  private let column: [Double]
  private let smoothing: [Double]
  private let signalSmoothing: [Double]
  /// For each lane where its average and its signal have come to.
  private var averages: [Double]
  private var signals: [Double]
  private var gaps: [Double]

  public var count: Int { smoothing.count }
  public var bars: Int { column.count }

  /// Gaps that have no values yet.
  ///
  /// - Parameters:
  ///   - column: what is averaged.
  ///   - smoothing: for each gap the part of the distance that the average moves from bar to bar; at most
  ///     ``RecursiveColumns/lanes``.
  ///   - signalSmoothing: the same of its signal.
  public init(of column: [Double], smoothing: [Double], signalSmoothing: [Double]) {
    precondition(1...Self.lanes ~= smoothing.count, "at least one gap, and one a lane")
    precondition(smoothing.count == signalSmoothing.count, "a signal for each average")
    self.column = column
    self.smoothing = smoothing
    self.signalSmoothing = signalSmoothing
    averages = Array(repeating: .nan, count: smoothing.count)
    signals = averages
    gaps = Array(repeating: .nan, count: smoothing.count * column.count)
  }

  /// Lets gap `lane` begin at a bar, with what its average and its signal have come to there.
  public mutating func start(lane: Int, at bar: Int, average: Double, signal: Double) {
    averages[lane] = average
    signals[lane] = signal
    let gap = (average - signal) / column[bar]
    gaps[lane * bars + bar] = gap.isFinite ? gap : .nan
  }

  public mutating func extend(lane: Int, over range: Range<Int>) {
    if range.isEmpty { return }
    precondition(
      smoothing.indices ~= lane && range.lowerBound >= 1 && range.upperBound <= bars, "bars of a gap")
    var (part, signalPart) = (smoothing[lane], signalSmoothing[lane])
    let start = lane * bars
    unsafe gaps.withUnsafeMutableBufferPointer { gaps in
      guard let gaps = gaps.baseAddress else { return }
      unsafe fluke_average_gaps(
        1, range.lowerBound, range.upperBound, column, &part, &signalPart, &averages[lane], &signals[lane], 0,
        gaps + start)
    }
  }

  public mutating func extendAll(from first: Int) {
    precondition(1...bars ~= first, "a value to start from")
    unsafe fluke_average_gaps(
      count, first, bars, column, smoothing, signalSmoothing, &averages, &signals, bars, &gaps)
  }

  /// The values of gap `lane`.
  public func column(lane: Int) -> [Double] { Array(gaps[lane * bars..<(lane + 1) * bars]) }
}
