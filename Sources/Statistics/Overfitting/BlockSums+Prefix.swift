import Kernels

extension BlockSums {
  /// The sums of the first `count` strategies alone: what one pass over many strategies leaves for fewer of them.
  ///
  /// - Throws: ``StatisticsError`` for fewer than two strategies.
  /// - Precondition: there are as many.
  public func prefix(_ count: Int) throws(StatisticsError) -> BlockSums {
    precondition(count <= strategies, "strategies of these sums")
    let layout = BlockSumsLayout(blocks: blocks, quantities: quantities.count)
    return try BlockSums(
      barsInBlock: barsInBlock, droppedBars: droppedBars, strategies: count, quantities: quantities
    ) { slots in
      for strategy in 0..<count {
        for quantity in quantities.indices {
          for block in 0..<blocks {
            let index = layout.index(strategy: strategy, quantity: quantity, block: block)
            slots.write(values[index], quantity: quantity, strategy: strategy, block: block)
          }
        }
      }
    }
  }
}
