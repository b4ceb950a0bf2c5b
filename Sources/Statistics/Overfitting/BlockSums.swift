import Kernels

/// What cross-validation over blocks needs of many strategies: some quantities of each, summed over each
/// block of time.
///
/// Eight strategies stand side by side, so that one instruction works on several; memory is one number of
/// eight bytes for each strategy, quantity and block. Of more strategies than memory holds, parts of them are kept
/// elsewhere and handed to cross-validation one by one.
public struct BlockSums: Sendable {
  /// Splits grow like 2^blocks: with 24 blocks there are 2,704,156 of them.
  public static let maximumBlocks = 24

  /// The strategies that are evaluated together.
  public typealias Lanes = SIMD8<Double>

  /// S, even.
  public let blocks: Int
  /// The number of the first strategy: 0, or that of the part's first.
  public let firstStrategy: Int
  /// N, or the strategies of the part.
  public let strategies: Int
  /// The bars of each block; all equal where they were cut from returns.
  public let barsInBlock: [Int]
  /// The oldest bars that were dropped, because the bars are not a multiple of the blocks.
  public let droppedBars: Int
  /// The quantities that were summed, in this order.
  public let quantities: [BlockQuantity]
  /// By group of eight strategies, then by quantity, then by block, then by strategy; the last group is padded
  /// with zeros.
  public let values: [Double]

  /// The sums that `fill` writes, one tally of a strategy and block at a time, on any threads and in any order.
  ///
  /// This is how an engine hands over its tallies while it makes them, without keeping them. What is not written
  /// is zero.
  ///
  /// - Parameters:
  ///   - barsInBlock: the bars of each block, in the order of time; blocks may differ in length.
  ///   - fill: writes each tally once; it has ended all threads that write when it returns.
  /// - Throws: ``StatisticsError`` for a number of blocks that is odd or out of range, and fewer than two strategies.
  public init(
    barsInBlock: [Int], strategies: Int, quantities: [BlockQuantity], fill: (BlockSumsSlots) -> Void
  ) throws(StatisticsError) {
    try self.init(
      barsInBlock: barsInBlock, droppedBars: 0, strategies: strategies, quantities: quantities, fill: fill)
  }

  /// The sums of tallies that are at hand, one for each strategy and block.
  ///
  /// - Parameters:
  ///   - barsInBlock: the bars of each block, in the order of time; blocks may differ in length.
  ///   - tally: the tally of a strategy over a block.
  /// - Throws: ``StatisticsError`` for a number of blocks that is odd or out of range, and fewer than two strategies.
  public init(
    barsInBlock: [Int], strategies: Int, quantities: [BlockQuantity],
    tally: (_ strategy: Int, _ block: Int) -> Tally
  ) throws(StatisticsError) {
    try self.init(barsInBlock: barsInBlock, strategies: strategies, quantities: quantities) { slots in
      for strategy in 0..<strategies {
        for block in barsInBlock.indices {
          slots.write(tally(strategy, block), strategy: strategy, block: block)
        }
      }
    }
  }

  /// The sums of returns, cut into blocks of equal length; the oldest bars that are left over are dropped.
  ///
  /// A strategy with a return that is NaN is undefined in every split that holds its bar.
  ///
  /// - Throws: ``StatisticsError`` for a number of blocks that is odd or out of range, fewer bars than blocks, fewer
  ///   than two strategies, and quantities that returns do not hold.
  public init(
    _ returns: some ReturnSource, blocks: Int, quantities: [BlockQuantity], threads: Int = 1
  ) throws(StatisticsError) {
    try Self.check(blocks: blocks, strategies: returns.strategies)
    guard returns.bars >= blocks else { throw .fewerBarsThanBlocks(bars: returns.bars, blocks: blocks) }
    for quantity in quantities where !quantity.isOfReturns { throw .notInReturns(quantity) }
    let length = returns.bars / blocks
    let dropped = returns.bars - length * blocks
    try self.init(
      barsInBlock: Array(repeating: length, count: blocks), droppedBars: dropped,
      strategies: returns.strategies, quantities: quantities
    ) { slots in
      returns.forEachTile(threads: threads, makeState: { Array(repeating: 0.0, count: returns.tileWidth) }) {
        sums, tile in
        for (index, quantity) in quantities.enumerated() {
          for block in 0..<blocks {
            let start = dropped + block * length
            for lane in sums.indices { sums[lane] = quantity.identity }
            quantity.accumulate(tile, bars: start..<start + length, into: &sums)
            for lane in 0..<tile.count {
              slots.write(sums[lane], quantity: index, strategy: tile.firstStrategy + lane, block: block)
            }
          }
        }
      }
    }
  }

  /// The sums of a matrix of returns, likewise.
  ///
  /// - Parameter returns: bars × strategies, the strategies of a bar side by side.
  /// - Throws: what ``init(_:blocks:quantities:threads:)`` throws, and ``StatisticsError`` for a shape that does not fit.
  public init(
    returns: [Double], bars: Int, strategies: Int, blocks: Int, quantities: [BlockQuantity]
  ) throws(StatisticsError) {
    let matrix = try ReturnMatrix(bars: bars, strategies: strategies, values: returns)
    try self.init(matrix, blocks: blocks, quantities: quantities)
  }

  init(
    barsInBlock: [Int], droppedBars: Int, strategies: Int, quantities: [BlockQuantity],
    fill: (BlockSumsSlots) -> Void
  ) throws(StatisticsError) {
    try Self.check(blocks: barsInBlock.count, strategies: strategies)
    self.init(
      BlockSumsShape(barsInBlock: barsInBlock, strategies: strategies, quantities: quantities),
      droppedBars: droppedBars, part: 0..<strategies, fill: fill)
  }

  /// The sums of some strategies of many, which `fill` writes by their numbers from the first of the part.
  ///
  /// - Precondition: the part begins with a whole group of eight, and so ends, but at the end of all.
  public init(_ shape: BlockSumsShape, part: Range<Int>, fill: (BlockSumsSlots) -> Void) {
    self.init(shape, droppedBars: 0, part: part, fill: fill)
  }

  private init(
    _ shape: BlockSumsShape, droppedBars: Int, part: Range<Int>, fill: (BlockSumsSlots) -> Void
  ) {
    let layout = BlockSumsLayout(blocks: shape.blocks, quantities: shape.quantities.count)
    let values = DisjointSlots.fill(count: layout.count(strategies: part.count), repeating: 0) { slots in
      fill(
        BlockSumsSlots(slots: slots, layout: layout, strategies: part.count, quantities: shape.quantities))
    }
    self.init(shape, droppedBars: droppedBars, part: part, values: values)
  }

  /// Sums that were kept, ``values`` of a part.
  ///
  /// - Precondition: as many as the shape has for the part, which begins with a whole group of eight, and so ends, but
  ///   at the end of all.
  public init(_ shape: BlockSumsShape, part: Range<Int>, values: [Double]) {
    self.init(shape, droppedBars: 0, part: part, values: values)
  }

  private init(_ shape: BlockSumsShape, droppedBars: Int, part: Range<Int>, values: [Double]) {
    precondition(part.lowerBound % Lanes.scalarCount == 0, "whole groups before it")
    precondition(
      part.upperBound % Lanes.scalarCount == 0 || part.upperBound == shape.strategies, "whole groups")
    precondition(values.count == shape.values(strategies: part.count), "sums of this shape")
    blocks = shape.blocks
    firstStrategy = part.lowerBound
    strategies = part.count
    barsInBlock = shape.barsInBlock
    self.droppedBars = droppedBars
    quantities = shape.quantities
    self.values = values
  }

  /// The first strategies of `whole`, whose sums are `values`.
  init(_ whole: BlockSums, firstStrategies count: Int, values: [Double]) {
    let shape = BlockSumsShape(
      barsInBlock: whole.barsInBlock, strategies: count, quantities: whole.quantities)
    self.init(shape, droppedBars: whole.droppedBars, part: 0..<count, values: values)
  }

  /// The shape that these sums have as a whole.
  var shape: BlockSumsShape {
    BlockSumsShape(barsInBlock: barsInBlock, strategies: strategies, quantities: quantities)
  }

  static func check(blocks: Int, strategies: Int) throws(StatisticsError) {
    guard blocks >= 2, blocks <= maximumBlocks, blocks % 2 == 0 else { throw .blocks(blocks) }
    guard strategies >= 2 else { throw .fewStrategies(strategies) }
  }
}

extension BlockSums {
  /// The number of groups of eight strategies.
  var groups: Int { BlockSumsLayout.groups(strategies) }

  /// The eight strategies of `group` over one block.
  @inline(__always)
  func lanes(group: Int, quantity: Int, block: Int) -> Lanes {
    let layout = BlockSumsLayout(blocks: blocks, quantities: quantities.count)
    let first = layout.index(strategy: group * Lanes.scalarCount, quantity: quantity, block: block)
    return Lanes(values[first..<first + Lanes.scalarCount])
  }
}
