import Kernels

/// All unions of half of the blocks, ascending as numbers in which bit b stands for block b.
///
/// The complement of number i is number i from the end. None is kept: there are millions of many blocks.
struct BlockUnions: Sendable {
  /// How many there are.
  let count: Int
  private let barsInBlock: [Int]

  /// The unions of half of the blocks of sums of this shape.
  init(halvesOf shape: BlockSumsShape) {
    count = Self.count(blocks: shape.blocks)
    barsInBlock = shape.barsInBlock
  }

  /// Those of some places, with the bars of each.
  subscript(places: Range<Int>) -> [SplitUnion] {
    guard let first = places.first else { return [] }
    var next = Self.union(at: first, blocks: barsInBlock.count)
    return places.map { _ in
      let union = next
      next = Self.union(after: union)
      var bars = 0
      var rest = union
      while rest != 0 {
        bars += barsInBlock[rest.trailingZeroBitCount]
        rest &= rest - 1
      }
      return SplitUnion(blocks: union, bars: bars)
    }
  }

  /// How many halves so many blocks have: S choose S/2.
  static func count(blocks: Int) -> Int {
    (1...blocks / 2).reduce(1) { $0 * (blocks / 2 + $1) / $1 }
  }

  /// The union at a place among all of half of the blocks.
  static func union(at place: Int, blocks: Int) -> UInt32 {
    var rest = place
    var union: UInt32 = 0
    var missing = blocks / 2
    // Of the unions that go on like this, those without this block come first: block choose missing. At the highest one
    // that is half of all.
    var before = count(blocks: blocks) / 2
    for block in stride(from: blocks - 1, through: 0, by: -1) where missing > 0 {
      if rest < before {
        before = before * (block - missing) / block
      } else {
        union |= 1 << UInt32(block)
        rest -= before
        before = block > 0 ? before * missing / block : 0
        missing -= 1
      }
    }
    return union
  }

  /// The next larger number with as many bits (Gosper).
  private static func union(after union: UInt32) -> UInt32 {
    let union = UInt64(union)
    let lowest = union & ~(union - 1)
    let carried = union + lowest
    return UInt32(truncatingIfNeeded: carried | ((union ^ carried) / lowest) >> 2)
  }
}
