import Kernels
import TestSupport
import Testing

@testable import Backtesting

@Suite("Features by need")
struct FeatureGroupTests {
  /// 13 × 15 crosses: 195 in four blocks, which use 28 windows.
  private static func crosses() throws -> StrategySet { try ReproducibilityTests.manyStrategies(.smaCross) }

  private static func used(by blocks: [Int], of strategies: StrategySet) -> Set<Int> {
    var used = Set<Int>()
    for strategy in blocks.flatMap({ $0 * 64..<min(($0 + 1) * 64, strategies.count) }) {
      strategies.forEachWeight(of: strategy) { feature, weight in if weight != 0 { used.insert(feature) } }
    }
    return used
  }

  @Test("one group of all features where they fit")
  func fits() throws {
    let strategies = try Self.crosses()
    let blocks = [1, 3]
    let groups = FeatureGroup.cut(blocks, of: strategies, bytesPerFeature: 10, memory: 280)
    #expect(groups == [FeatureGroup(blocks: blocks, features: Array(0..<28))])
  }

  @Test(
    "each block once, with its features, within memory", arguments: [0, 10, 160, 170, 250, 279])
  func cut(memory: Int) throws {
    let strategies = try Self.crosses()
    let groups = FeatureGroup.cut([0, 1, 2, 3], of: strategies, bytesPerFeature: 10, memory: memory)
    #expect(groups.flatMap(\.blocks).sorted() == [0, 1, 2, 3])
    for (index, group) in groups.enumerated() {
      let needed = Self.used(by: group.blocks, of: strategies)
      #expect(needed.isSubset(of: group.features))
      // What else there is was there before and is needed again.
      let kept = Set(group.features).subtracting(needed)
      #expect(kept.isSubset(of: index == 0 ? [] : groups[index - 1].features))
      #expect(kept.isSubset(of: Self.used(by: groups[(index + 1)...].flatMap(\.blocks), of: strategies)))
      #expect(group.features == group.features.sorted())
      // A first block may need more by itself; then nothing comes to it that needs anything else.
      let first = Self.used(by: [group.blocks[0]], of: strategies)
      #expect(group.features.count * 10 <= memory || Set(group.features) == first)
    }
    // A block that would have fitted into the group before is not in one of its own.
    for (group, next) in zip(groups, groups.dropFirst()) {
      let together = Self.used(by: group.blocks, of: strategies).union(
        Self.used(by: [next.blocks[0]], of: strategies))
      #expect(together.count * 10 > memory)
    }
  }

  /// 96 × 104 crosses are 12 × 13 blocks of 8 windows of either kind: one row of blocks after the other would bring all
  /// slow windows again for every 8 fast ones, 1,282 in all with room for 50. MACD of 16 × 80 averages and 4 signals has
  /// 64 features of fast averages, each for 10 blocks, and 320 of slow ones, each for 2.
  @Test(
    "few features are made again",
    arguments: [
      (Family.smaCross, 50, 480), (.smaCross, 64, 390), (.smaCross, 100, 350), (.smaCross, 128, 200),
      (.macd, 80, 384), (.macd, 25, 900),
    ])
  func madeAgain(family: Family, room: Int, most: Int) throws {
    func windows(_ range: Range<Int>) -> [Double] { range.map(Double.init) }
    let axes =
      family == .macd
      ? [windows(4..<20), windows(20..<100), windows(5..<9)] : [windows(2..<98), windows(98..<202)]
    let grid = try RuleGrid(
      family: try #require(RuleFamily(family)), axisValues: axes, direction: .long, stops: .none)
    let strategies = StrategySet(family: family, columns: .grid(grid), direction: .long, stops: .none)
    let blocks = Array(0..<strategies.count / 64)
    let groups = FeatureGroup.cut(blocks, of: strategies, bytesPerFeature: 10, memory: 10 * room)
    #expect(groups.flatMap(\.blocks).sorted() == blocks)
    #expect(groups.allSatisfy { $0.features.count <= room })
    #expect((strategies.features.count...most).contains(FeatureGroup.made(by: groups)))
  }

  @Test("blocks that need nothing new stay together, however little memory there is")
  func sameFeatures() throws {
    let strategies = try ReproducibilityTests.manyStrategies(.randomWeights)
    let groups = FeatureGroup.cut([0, 1, 2, 3], of: strategies, bytesPerFeature: 10, memory: 10)
    #expect(groups.map(\.blocks) == [[0, 1, 2, 3]])
    #expect(FeatureGroup.cut([], of: strategies, bytesPerFeature: 10, memory: 10).isEmpty)
  }

  @Test(
    "memory does not show in tallies and returns",
    arguments: [StrategySample.smaCross, .randomWeights, .coinFlips],
    [(KernelChoice.fused, Precision.single), (.fused, .double), (.reference, .double)])
  func memory(sample: StrategySample, choice: (kernel: KernelChoice, precision: Precision)) throws {
    let (kernel, precision) = choice
    let strategies = try ReproducibilityTests.manyStrategies(sample)
    let backtest = Backtest(
      market: ReproducibilityTests.market, segments: ReproducibilityTests.segments, precision: precision,
      kernel: kernel, threads: 2)
    let size = ReproducibilityTests.market.count * MemoryLayout<Double>.stride
    let whole = PreparedStrategies(strategies, under: backtest)
    let expected = whole.run(whole.blocks)
    for memory in [0, 17 * size] {
      let parts = PreparedStrategies(strategies, under: backtest, featureMemory: memory)
      let table = parts.run(parts.blocks)
      for strategy in 0..<strategies.count {
        for segment in 0..<2 {
          #expect(
            table.tally(of: strategy, segment: segment) == expected.tally(of: strategy, segment: segment))
        }
      }
      #expect(parts.netReturns([3, 0, 2]) == whole.netReturns([3, 0, 2]))
    }
  }
}
