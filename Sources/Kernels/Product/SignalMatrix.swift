/// Given positions and the bars of a market that they are for.
public struct SignalMatrix: Sendable {
  /// Bars of the market that stand side by side, as their signals do.
  struct Run: Sendable {
    let bars: Range<Int>
    /// The index of the signal of its first bar.
    let firstSignal: Int
  }

  /// The signals, which nobody copies.
  let signals: SignalColumns
  /// The bars of the market that have signals, in order.
  let runs: [Run]

  /// - Parameters:
  ///   - signals: those of each strategy.
  ///   - indices: for each bar of the market the index of its signal, -1 for none.
  public init(signals: SignalColumns, indices: [Int]) {
    precondition(indices.allSatisfy { $0 < signals.length }, "indices of signals that are there")
    self.signals = signals
    runs = Self.runs(of: indices)
  }

  private static func runs(of indices: [Int]) -> [Run] {
    var runs: [Run] = []
    for (bar, index) in indices.enumerated() where index >= 0 {
      if let last = runs.last, last.bars.upperBound == bar, last.firstSignal + last.bars.count == index {
        runs[runs.count - 1] = Run(bars: last.bars.lowerBound..<bar + 1, firstSignal: last.firstSignal)
      } else {
        runs.append(Run(bars: bar..<bar + 1, firstSignal: index))
      }
    }
    return runs
  }
}
