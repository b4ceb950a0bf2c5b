/// Given positions: -1, 0 or +1 for each strategy and bar, imported rather than scored.
public struct SignalMatrix: Sendable, Equatable {
  /// `values[strategy * length + index]`.
  public let values: [Int8]
  /// Signals of each strategy.
  public let length: Int
  /// The number of strategies.
  public let count: Int
  /// `indices[bar]` is the signal that stands for the market's bar, or -1 for none.
  public let indices: [Int]

  /// - Parameters:
  ///   - signals: for each strategy its signals, all of one length.
  ///   - indices: for each bar of the market the index of its signal, -1 for none.
  public init(signals: [[Int8]], indices: [Int]) {
    let length = signals.first?.count ?? 0
    precondition(signals.allSatisfy { $0.count == length }, "signals of one length")
    precondition(indices.allSatisfy { $0 < length }, "indices of signals that are there")
    self.values = Array(signals.joined())
    self.length = length
    self.count = signals.count
    self.indices = indices
  }
}
