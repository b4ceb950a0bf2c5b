/// Given positions of strategies, imported rather than scored: -1, 0 or +1 for each bar that they are given for.
public struct SignalColumns: Sendable {
  /// The number of strategies.
  public let count: Int
  /// Signals of each strategy.
  public let length: Int
  /// `values[strategy * length + index]`.
  let values: [Int8]

  /// - Parameter strategies: for each strategy its signals.
  /// - Precondition: all have the same number.
  public init(_ strategies: [[Int8]]) {
    let length = strategies.first?.count ?? 0
    precondition(strategies.allSatisfy { $0.count == length }, "signals of one length")
    count = strategies.count
    self.length = length
    var values: [Int8] = []
    values.reserveCapacity(count * length)
    for signals in strategies { values += signals }
    self.values = values
  }

  /// The signals of one strategy.
  public subscript(strategy: Int) -> [Int8] {
    Array(values[strategy * length..<(strategy + 1) * length])
  }
}
