import Kernels
import Statistics
import TestSupport
import Testing

/// Sums of some strategies of many are those of these strategies alone, to the last number.
@Suite struct BlockSumsPackingTests {
  private static let sample = SplitSample(kind: .uneven, strategies: 131, blocks: 6)
  private static let quantities = SharpeOfTradesMetric().quantities

  /// The strategies of a draw, each kept with a chance of `share` in tenths.
  private static func chosen(_ share: Int) -> [Int] {
    var random = SeededGenerator(seed: UInt64(share))
    return (0..<sample.strategies).filter { _ in random.uniform() * 10 < Double(share) }
  }

  private static func alone(_ strategies: [Int]) throws -> BlockSums {
    try BlockSums(
      barsInBlock: sample.barsInBlock, strategies: strategies.count, quantities: quantities
    ) { sample.tally(strategies[$0], $1) }
  }

  @Test(arguments: [1, 3, 8, 10]) func leavesNoGap(share: Int) throws {
    let chosen = Self.chosen(share)
    let packed = BlockSums(packing: Self.sample.barsInBlock, quantities: Self.quantities, room: 192) {
      slots in
      // Blocks of 64, as the engine makes them, the later ones first.
      (0..<3).reversed().map { block in
        let first = 64 * block
        let members = chosen.filter { $0 / 64 == block }
        for (place, strategy) in members.enumerated() {
          for time in 0..<Self.sample.blocks {
            slots.write(Self.sample.tally(strategy, time), strategy: first + place, block: time)
          }
        }
        return first..<first + members.count
      }.reversed()
    }
    let alone = try Self.alone(chosen)
    #expect(packed.strategies == chosen.count && packed.values == alone.values)
  }

  @Test func ofNoneThereAreNone() {
    let packed = BlockSums(packing: [10, 10], quantities: Self.quantities, room: 64) { _ in [0..<0] }
    #expect(packed.strategies == 0 && packed.values.isEmpty)
  }

  /// Parts of any length are handed on in whole groups, and are the whole.
  @Test(arguments: [[131], [1, 130], [8, 8, 115], [3, 0, 5, 7, 9, 64, 43, 0], [0, 0, 7, 124, 0]])
  func seamsCloseUp(lengths: [Int]) throws {
    let whole = try Self.alone(Array(0..<131))
    let shape = BlockSumsShape(
      barsInBlock: Self.sample.barsInBlock, strategies: 131, quantities: Self.quantities)
    var seams = BlockSumsSeams(shape)
    var (values, next, first) = ([Double](), 0, 0)
    for length in lengths {
      let members = Array(first..<first + length)
      first += length
      let part = BlockSums(packing: shape.barsInBlock, quantities: Self.quantities, room: length) { slots in
        for (place, strategy) in members.enumerated() {
          for time in 0..<Self.sample.blocks {
            slots.write(Self.sample.tally(strategy, time), strategy: place, block: time)
          }
        }
        return [0..<length]
      }
      seams.take(strategies: length, values: part.values) { part in
        #expect(part.firstStrategy == next)
        next += part.strategies
        values += part.values
      }
    }
    #expect(next == 131 && values == whole.values)
  }
}
