import Statistics
import TestSupport
import Testing

@Suite struct SplitOutcomesTests {
  /// Every union of half of the blocks, in order, by looking at all numbers.
  @Test(arguments: [2, 4, 10, 16]) func unionsAreAllHalves(blocks: Int) throws {
    let sums = try SplitSample(kind: .ordinary, strategies: 3, blocks: blocks).sums(of: [.sum])
    let found = BacktestOverfitting(sums, metric: MeanMetric())
    let expected = (0..<UInt32(1) << UInt32(blocks)).filter { $0.nonzeroBitCount == blocks / 2 }
    #expect(found.splits.map(\.inSampleBlocks) == expected)
  }

  /// 24 blocks, the most that there are. Expected: all numbers below 2²⁴ with 12 bits, by NumPy.
  @Test func unionsOfMostBlocks() throws {
    let sums = try SplitSample(kind: .ordinary, strategies: 2, blocks: BlockSums.maximumBlocks).sums(of: [
      .sum
    ])
    let splits = BacktestOverfitting(sums, metric: MeanMetric(), threads: 2).splits
    #expect(splits.count == 2_704_156)
    let places = [0, 1, 12, 1_000_000, 1_352_077, 1_352_078, 2_704_155]
    #expect(
      places.map { splits[$0].inSampleBlocks }
        == [0xFFF, 0x17FF, 0x1FFE, 0x60_379B, 0x7F_F800, 0x80_07FF, 0xFF_F000])
  }

  /// What is the same in most splits is told for each, and counted.
  @Test(arguments: SplitSample.all.filter { $0.blocks == 6 }) func columnsAreThoseOfTheOutcomes(
    sample: SplitSample
  ) throws {
    let found = BacktestOverfitting(
      try sample.sums(of: SharpeMetric().quantities), metric: SharpeMetric())
    let splits = Array(found.splits)
    #expect(found.undefined == splits.reduce(0) { $0 + $1.undefinedOutOfSample })
    #expect(found.undefinedSelections == splits.count { !$0.isDefined })
    let overfit = splits.count { $0.isOverfit(strategies: sample.strategies) }
    #expect(found.probability == Double(overfit) / Double(splits.count))
    func text(_ values: some Sequence<Double>) -> [String] { values.map { "\($0)" } }
    #expect(text(found.logits) == text(splits.map { $0.logit(strategies: sample.strategies) }))
    #expect(text(found.splits.inSample) == text(splits.map(\.inSample)))
    #expect(text(found.splits.outOfSample) == text(splits.map(\.outOfSample)))
    #expect(text(found.splits.meanOutOfSample) == text(splits.map(\.meanOutOfSample)))
  }
}
