import CTileKernel

/// The highest or the lowest value of every window of one length over a column.
///
/// Windows are made longer by comparing each with a later one, at most doubled at a time. So the cost of a bar grows
/// with the logarithm of the period, and is one comparison where the next period is a little longer than the last.
public struct WindowExtremes: Sendable {
  /// Which extreme.
  public enum Side: Sendable { case highest, lowest }

  /// Which extreme.
  public let side: Side
  /// The length of the windows in bars.
  public private(set) var period = 1
  /// Element i is the extreme of the window that starts at bar i. Of equal values the latest counts, which tells the
  /// zeros apart; a window that holds a value that is not finite is undefined. Elements from ``count`` on mean nothing.
  public private(set) var values: [Double]

  /// The number of windows.
  public var count: Int { max(0, values.count + 1 - period) }

  /// Windows of `period` bars.
  ///
  /// - Precondition: `period` is at least 1.
  public init(_ side: Side, of column: [Double], period: Int = 1) {
    self.side = side
    self.values = column
    RuleFormulas.undefineInfinities(&values)
    lengthen(to: period)
  }

  /// Makes the windows `period` bars long.
  ///
  /// - Precondition: they are not longer.
  public mutating func lengthen(to period: Int) {
    precondition(period >= self.period, "windows only grow")
    while self.period < period {
      let growth = min(self.period, period - self.period)
      self.period += growth
      let count = count
      if count == 0 { continue }
      unsafe values.withUnsafeMutableBufferPointer { values in
        guard let values = values.baseAddress else { return }
        switch side {
        case .highest: unsafe fluke_lengthen_maxima(count, growth, values)
        case .lowest: unsafe fluke_lengthen_minima(count, growth, values)
        }
      }
    }
  }

  /// For each bar the extreme of the `period` values that end at it, undefined before bar `period - 1`.
  public var columnOfLastBars: [Double] {
    [Double](repeating: .nan, count: values.count - count) + values[..<count]
  }
}
