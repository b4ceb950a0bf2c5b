import Kernels

extension BlockSums {
  /// The sums of the first `count` strategies alone: what one pass over many strategies leaves for fewer of them.
  ///
  /// - Precondition: there are as many.
  public func prefix(_ count: Int) -> BlockSums {
    precondition(count <= strategies, "strategies of these sums")
    let layout = BlockSumsLayout(blocks: blocks, quantities: quantities.count)
    var few = Array(values.prefix(layout.count(strategies: count)))
    // The last group is padded with zeros.
    for lane in count..<BlockSumsLayout.groups(count) * BlockSumsLayout.lanes {
      layout.forEachIndex(of: lane) { few[$0] = 0 }
    }
    return BlockSums(self, firstStrategies: count, values: few)
  }
}
