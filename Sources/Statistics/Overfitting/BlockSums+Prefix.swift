import Kernels

extension BlockSums {
  /// The sums of the first `count` strategies alone: what one pass over many strategies leaves for fewer of them.
  ///
  /// - Precondition: there are as many.
  public func prefix(_ count: Int) -> BlockSums {
    precondition(count <= strategies, "strategies of these sums")
    let layout = BlockSumsLayout(blocks: blocks, quantities: quantities.count)
    var few = Array(values.prefix(layout.count(strategies: count)))
    layout.clearPadding(after: count, in: &few)
    return BlockSums(self, firstStrategies: count, values: few)
  }
}
