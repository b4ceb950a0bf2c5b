/// Given positions: -1, 0 or +1 for each strategy and bar, imported rather than scored.
public struct SignalMatrix: Sendable {
  /// Bars of the market that stand side by side, as their signals do.
  struct Run: Sendable {
    let bars: Range<Int>
    /// The index of the signal of its first bar.
    let firstSignal: Int
  }

  /// `values[strategy * length + index]`.
  let values: [Int8]
  /// Signals of each strategy.
  let length: Int
  /// The bars of the market that have signals, in order.
  let runs: [Run]

  /// - Parameters:
  ///   - signals: for each strategy its signals, all of one length.
  ///   - indices: for each bar of the market the index of its signal, -1 for none.
  public init(signals: [[Int8]], indices: [Int], threads: Int) {
    let length = signals.first?.count ?? 0
    precondition(signals.allSatisfy { $0.count == length }, "signals of one length")
    precondition(indices.allSatisfy { $0 < length }, "indices of signals that are there")
    self.length = length
    runs = Self.runs(of: indices)
    values = DisjointSlots.fill(count: signals.count * length, leftOut: 0) { slots in
      Workers.forEach(items: signals.count, threads: threads) {
      } body: { _, strategy in
        slots.write(signals[strategy], from: strategy * length)
      }
      return []
    }
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
