/// The sums of eight strategies over any union of blocks, by one addition each.
///
/// The blocks stand in two halves. The sums over all subsets of either half are tabulated, and a union is one
/// entry of each table, so that a split costs no more than an addition for each quantity. The order of
/// summation is fixed: within a half from its last block to its first, then the first half plus the second.
struct CombinationTable {
  let halfBlocks: Int
  let quantities: Int
  /// By subset of the half's blocks, then by quantity.
  private var low: [BlockSums.Lanes]
  private var high: [BlockSums.Lanes]

  init(blocks: Int, quantities: Int) {
    halfBlocks = blocks / 2
    self.quantities = quantities
    low = Array(repeating: .zero, count: (1 << halfBlocks) * quantities)
    high = low
  }

  /// Tabulates the strategies of `group`.
  mutating func load(_ sums: BlockSums, group: Int) {
    let base = group * quantities * sums.blocks
    Self.fill(&low, from: sums.lanes, base: base, blocks: sums.blocks, half: 0..<halfBlocks)
    Self.fill(&high, from: sums.lanes, base: base, blocks: sums.blocks, half: halfBlocks..<sums.blocks)
  }

  private static func fill(
    _ table: inout [BlockSums.Lanes], from lanes: [BlockSums.Lanes], base: Int, blocks: Int, half: Range<Int>
  ) {
    let quantities = table.count >> half.count
    for subset in 1..<(1 << half.count) {
      let first = half.lowerBound + subset.trailingZeroBitCount
      let rest = subset & (subset - 1)
      for quantity in 0..<quantities {
        table[subset * quantities + quantity] =
          table[rest * quantities + quantity] + lanes[base + quantity * blocks + first]
      }
    }
  }

  /// The metric of the eight strategies over the union `blocks`, NaN where it is undefined.
  @inline(__always)
  func values<Metric: SplitMetric>(_ metric: Metric, blocks: UInt32, bars: Double) -> BlockSums.Lanes {
    let lowBase = Int(blocks & ((1 << UInt32(halfBlocks)) - 1)) * quantities
    let highBase = Int(blocks >> UInt32(halfBlocks)) * quantities
    return metric.values(bars: bars) { low[lowBase + $0] + high[highBase + $0] }
  }

  /// The same sums for one group and one union, bit for bit, without a table.
  static func sums(of sums: BlockSums, group: Int, over blocks: UInt32) -> [BlockSums.Lanes] {
    sums.quantities.indices.map { quantity in
      let base = (group * sums.quantities.count + quantity) * sums.blocks
      func added(_ half: Range<Int>) -> BlockSums.Lanes {
        half.reversed().reduce(.zero) { blocks >> UInt32($1) & 1 == 1 ? $0 + sums.lanes[base + $1] : $0 }
      }
      return added(0..<sums.blocks / 2) + added(sums.blocks / 2..<sums.blocks)
    }
  }
}
