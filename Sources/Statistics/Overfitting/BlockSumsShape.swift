/// What ``BlockSums`` are sums of, whether they are in one piece or in parts.
public struct BlockSumsShape: Equatable, Sendable {
  /// The bars of each block, in the order of time.
  public let barsInBlock: [Int]
  /// N, those of all parts.
  public let strategies: Int
  /// What is summed.
  public let quantities: [BlockQuantity]

  /// S.
  public var blocks: Int { barsInBlock.count }

  /// See the properties of the same names.
  public init(barsInBlock: [Int], strategies: Int, quantities: [BlockQuantity]) {
    self.barsInBlock = barsInBlock
    self.strategies = strategies
    self.quantities = quantities
  }

  /// - Throws: ``StatisticsError`` for a number of blocks that is odd or out of range, and fewer than two strategies.
  public func check() throws(StatisticsError) {
    try BlockSums.check(blocks: blocks, strategies: strategies)
  }

  /// How many numbers ``BlockSums/values`` are for so many strategies, the padding included.
  public func values(strategies: Int) -> Int {
    BlockSumsLayout(blocks: blocks, quantities: quantities.count).count(strategies: strategies)
  }
}
