/// The sums of eight strategies over any union of blocks, by one addition each.
///
/// The blocks stand in two halves. The sums over all subsets of either half are tabulated, and a union is one
/// entry of each table, so that a split costs no more than an addition for each quantity. The order of
/// summation is fixed: within a half from its last block to its first, then the first half plus the second.
/// What multiplies is multiplied in the same order.
struct CombinationTable {
  let halfBlocks: Int
  let quantities: [BlockQuantity]
  /// By subset of the half's blocks, then by quantity.
  private var low: [BlockSums.Lanes]
  private var high: [BlockSums.Lanes]

  init(blocks: Int, quantities: [BlockQuantity]) {
    halfBlocks = blocks / 2
    self.quantities = quantities
    low = Array(repeating: .zero, count: (1 << halfBlocks) * quantities.count)
    high = low
  }

  /// Tabulates the strategies of `group`.
  mutating func load(_ sums: BlockSums, group: Int) {
    Self.fill(&low, from: sums, group: group, half: 0..<halfBlocks)
    Self.fill(&high, from: sums, group: group, half: halfBlocks..<sums.blocks)
  }

  private static func fill(
    _ table: inout [BlockSums.Lanes], from sums: BlockSums, group: Int, half: Range<Int>
  ) {
    let count = sums.quantities.count
    for (index, quantity) in sums.quantities.enumerated() {
      table[index] = BlockSums.Lanes(repeating: quantity.identity)
      for subset in 1..<(1 << half.count) {
        let first = half.lowerBound + subset.trailingZeroBitCount
        let rest = table[(subset & (subset - 1)) * count + index]
        table[subset * count + index] = combine(
          quantity, rest, sums.lanes(group: group, quantity: index, block: first))
      }
    }
  }

  @inline(__always)
  private static func combine(
    _ quantity: BlockQuantity, _ one: BlockSums.Lanes, _ other: BlockSums.Lanes
  ) -> BlockSums.Lanes {
    quantity.multiplies ? one * other : one + other
  }

  /// The metric of the eight strategies over the union `blocks`, NaN where it is undefined.
  @inline(__always)
  func values<Metric: SplitMetric>(_ metric: Metric, blocks: UInt32, bars: Double) -> BlockSums.Lanes {
    let lowBase = Int(blocks & ((1 << UInt32(halfBlocks)) - 1)) * quantities.count
    let highBase = Int(blocks >> UInt32(halfBlocks)) * quantities.count
    return metric.values(bars: bars) { Self.combine(quantities[$0], low[lowBase + $0], high[highBase + $0]) }
  }

  /// The same sums for one group and one union, bit for bit, without a table.
  static func sums(of sums: BlockSums, group: Int, over blocks: UInt32) -> [BlockSums.Lanes] {
    sums.quantities.enumerated().map { index, quantity in
      func amount(_ half: Range<Int>) -> BlockSums.Lanes {
        half.reversed().filter { blocks >> UInt32($0) & 1 == 1 }
          .reduce(BlockSums.Lanes(repeating: quantity.identity)) {
            combine(quantity, $0, sums.lanes(group: group, quantity: index, block: $1))
          }
      }
      return combine(quantity, amount(0..<sums.blocks / 2), amount(sums.blocks / 2..<sums.blocks))
    }
  }
}
