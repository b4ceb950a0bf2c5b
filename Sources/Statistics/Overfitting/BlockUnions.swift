import Kernels

/// All unions of half of the blocks, ascending as numbers in which bit b stands for block b.
///
/// The complement of number i is number i from the end.
struct BlockUnions: Sendable {
  private let numbers: [UInt32]
  private let barsInBlock: [Int]

  /// The unions of half of the blocks of sums of this shape.
  init(halvesOf shape: BlockSumsShape) {
    numbers = Self.numbers(blocks: shape.blocks)
    barsInBlock = shape.barsInBlock
  }

  /// How many there are.
  var count: Int { numbers.count }

  /// Those of some places, with the bars of each.
  subscript(places: Range<Int>) -> [SplitUnion] {
    numbers[places].map { union in
      var bars = 0
      for block in barsInBlock.indices where union >> UInt32(block) & 1 == 1 { bars += barsInBlock[block] }
      return SplitUnion(blocks: union, bars: bars)
    }
  }

  private static func numbers(blocks: Int) -> [UInt32] {
    var union = (UInt64(1) << UInt64(blocks / 2)) - 1
    var unions: [UInt32] = []
    while union >> UInt64(blocks) == 0 {
      unions.append(UInt32(union))
      // The next larger number with as many bits (Gosper).
      let lowest = union & ~(union - 1)
      let carried = union + lowest
      union = carried | ((union ^ carried) / lowest) >> 2
    }
    return unions
  }
}
