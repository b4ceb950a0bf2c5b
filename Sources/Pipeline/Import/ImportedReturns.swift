import Statistics

/// Returns of strategies that were made elsewhere.
public struct ImportedReturns: Sendable, Equatable {
  /// The strategies' names, all different; their numbers from 0 where the file has none.
  public let names: [String]
  /// The bars' times in microseconds since 1970-01-01T00:00:00Z, strictly increasing, if the file gives them.
  public let timestamps: [Int64]?
  /// Bars × strategies, as fractions and finite, or NaN where a return is undefined.
  public let matrix: ReturnMatrix
  /// For each strategy how many of its returns are undefined.
  public let undefinedCounts: [Int]

  /// The bars of every strategy, at least one.
  public var bars: Int { matrix.bars }
  /// The number of strategies, at least one.
  public var strategies: Int { matrix.strategies }
}
