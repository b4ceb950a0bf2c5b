import Kernels

/// What cross-validation over blocks needs of many strategies: some quantities of each, summed over each
/// block of time.
///
/// Eight strategies stand side by side, so that one instruction works on several; memory is one number for
/// each strategy, quantity and block.
public struct BlockSums: Sendable {
  /// Splits grow like 2^blocks: with 24 blocks there are 2,704,156 of them.
  public static let maximumBlocks = 24

  /// The strategies that are evaluated together.
  public typealias Lanes = SIMD8<Double>

  /// S, even.
  public let blocks: Int
  /// N.
  public let strategies: Int
  /// The bars of each block; all equal where they were cut from a matrix.
  public let barsInBlock: [Int]
  /// The oldest bars that were dropped, because the bars are not a multiple of the blocks.
  public let droppedBars: Int
  /// The quantities that were summed, in this order.
  public let quantities: [BlockQuantity]
  /// By group of eight strategies, then by quantity, then by block; the last group is padded with zeros.
  let lanes: [Lanes]

  /// The sums of tallies, one for each strategy and block; blocks may differ in length.
  ///
  /// - Parameters:
  ///   - barsInBlock: the bars of each block, in the order of time.
  ///   - tally: the tally of a strategy over a block.
  /// - Throws: ``StatisticsError`` for a number of blocks that is odd or out of range, and fewer than two strategies.
  public init(
    barsInBlock: [Int], strategies: Int, quantities: [BlockQuantity],
    tally: (_ strategy: Int, _ block: Int) -> Tally
  ) throws(StatisticsError) {
    try Self.check(blocks: barsInBlock.count, strategies: strategies)
    let blocks = barsInBlock.count
    var lanes = Self.zeros(blocks: blocks, strategies: strategies, quantities: quantities)
    for strategy in 0..<strategies {
      let base = strategy / Lanes.scalarCount * quantities.count * blocks
      for block in 0..<blocks {
        let tally = tally(strategy, block)
        for (index, quantity) in quantities.enumerated() {
          lanes[base + index * blocks + block][strategy % Lanes.scalarCount] = quantity.value(in: tally)
        }
      }
    }
    self.blocks = blocks
    self.strategies = strategies
    self.barsInBlock = barsInBlock
    droppedBars = 0
    self.quantities = quantities
    self.lanes = lanes
  }

  /// The sums of a matrix of returns, cut into blocks of equal length; the oldest bars that are left over are
  /// dropped.
  ///
  /// - Parameters:
  ///   - returns: bars × strategies, the strategies of a bar side by side. A strategy with a return that is NaN is
  ///     undefined in every split that holds its bar.
  /// - Throws: ``StatisticsError`` for a shape that does not fit, a number of blocks that is odd or out of range,
  ///   fewer bars than blocks, fewer than two strategies, and quantities that returns do not hold.
  public init(
    returns: [Double], bars: Int, strategies: Int, blocks: Int, quantities: [BlockQuantity]
  ) throws(StatisticsError) {
    guard bars >= 0, strategies >= 0, returns.count == bars * strategies else {
      throw .matrixShape(rows: bars, columns: strategies, cells: returns.count)
    }
    try Self.check(blocks: blocks, strategies: strategies)
    guard bars >= blocks else { throw .fewerBarsThanBlocks(bars: bars, blocks: blocks) }
    let length = bars / blocks
    let dropped = bars - length * blocks
    var lanes = Self.zeros(blocks: blocks, strategies: strategies, quantities: quantities)
    for (index, quantity) in quantities.enumerated() {
      guard let value = quantity.valueOfReturn else { throw .notInReturns(quantity) }
      for bar in dropped..<bars {
        let block = (bar - dropped) / length
        for strategy in 0..<strategies {
          let group = strategy / Lanes.scalarCount
          lanes[(group * quantities.count + index) * blocks + block][strategy % Lanes.scalarCount] +=
            value(returns[bar * strategies + strategy])
        }
      }
    }
    self.blocks = blocks
    self.strategies = strategies
    barsInBlock = Array(repeating: length, count: blocks)
    droppedBars = dropped
    self.quantities = quantities
    self.lanes = lanes
  }

  /// The number of groups of eight strategies.
  var groups: Int { Self.groups(strategies) }

  private static func groups(_ strategies: Int) -> Int {
    (strategies + Lanes.scalarCount - 1) / Lanes.scalarCount
  }

  private static func zeros(blocks: Int, strategies: Int, quantities: [BlockQuantity]) -> [Lanes] {
    Array(repeating: .zero, count: groups(strategies) * quantities.count * blocks)
  }

  private static func check(blocks: Int, strategies: Int) throws(StatisticsError) {
    guard blocks >= 2, blocks <= maximumBlocks, blocks % 2 == 0 else { throw .blocks(blocks) }
    guard strategies >= 2 else { throw .fewStrategies(strategies) }
  }
}
