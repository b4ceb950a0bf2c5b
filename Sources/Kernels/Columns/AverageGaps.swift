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
  public private(set) var values: [Double]

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
    values = Array(repeating: .nan, count: smoothing.count * column.count)
  }

  /// Lets gap `lane` begin at a bar, with what its average and its signal have come to there.
  public mutating func start(lane: Int, at bar: Int, average: Double, signal: Double) {
    averages[lane] = average
    signals[lane] = signal
    values[lane * bars + bar] = RuleFormulas.relativeDifferences([average], [signal], to: [column[bar]])[0]
  }

  public mutating func extend(lanes: Range<Int>, over range: Range<Int>) {
    precondition(range.lowerBound >= 1 && range.upperBound <= bars, "bars that have one before")
    let (parts, signalParts) = (Array(smoothing[lanes]), Array(signalSmoothing[lanes]))
    var (some, someSignals) = (Array(averages[lanes]), Array(signals[lanes]))
    let stride = bars
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard let values = values.baseAddress else { return }
      unsafe fluke_average_gaps(
        parts.count, range.lowerBound, range.upperBound, column, parts, signalParts, &some, &someSignals,
        stride, values + lanes.lowerBound * stride)
    }
    averages.replaceSubrange(lanes, with: some)
    signals.replaceSubrange(lanes, with: someSignals)
  }
}
