import TestSupport
import Testing

@testable import Kernels

@Suite struct ResidentTileTests {
  /// One block of `count` strategies that weigh `features` features, on `bars` bars.
  private static func sample(bars: Int, features: Int, counts: [Int]) -> TileSample<Float> {
    var generator = SeededGenerator(seed: 1)
    let columns = (0..<features).map { _ in
      (0..<bars).map { _ in Double.random(in: -1...1, using: &generator) }
    }
    let blocks = counts.map { count in
      var block = StrategyBlock(featureCount: features)
      for _ in 0..<count {
        block.append(PositionRule(entry: 0.1, exit: 0, direction: .long))
        for feature in 0..<features { block.weigh(feature: feature, by: 1) }
      }
      return block
    }
    let returns = BarReturns(filledAtClose: (0..<bars).map { 100 + Double($0 % 7) })
    let kernel = FusedKernel<Float>(
      source: .product(FeatureMatrix(columns: columns, bars: bars)), direction: .long, hasStops: false,
      returns: returns, cost: 0,
      timeline: Timeline(segments: [Segment(name: "all", bars: 0..<bars)]))
    return TileSample(kernel: kernel, blocks: blocks)
  }

  @Test(
    "tiles cover every block, and all decisions from the first to the last",
    arguments: [(50, 3), (1_025, 3), (3_000, 3), (2_000, 40)])
  func cover(bars: Int, features: Int) {
    let sample = Self.sample(bars: bars, features: features, counts: [64, 10])
    var tile = ResidentTile(sample)
    let length = min(TilePlan.barsPerTile(features: features), bars - 1)
    let count = tile.count
    #expect(count == 2 * ((bars - 1) / length))
    var seen: Set<[Int]> = []
    var ends: [Int] = []
    for number in 0..<count {
      tile.show(number: number)
      let (shown, cells) = (tile.bars, tile.cells)
      #expect(shown.count == length)
      #expect(shown.lowerBound >= 0 && shown.upperBound <= bars - 1)
      #expect(cells == (number % 2 == 0 ? 64 : 10) * length)
      seen.insert([number % 2, shown.lowerBound])
      ends.append(shown.upperBound)
      tile.score(times: 2)
      tile.account(times: 20)
    }
    #expect(seen.count == count)
    if count > 2 { #expect(ends.max() == bars - 1) }
  }

  @Test(
    "what is accounted is the tile that is shown, in two halves and in one pass", arguments: [1, 2, 20],
    [false, true])
  func accounted(features: Int, isWhole: Bool) {
    let sample = Self.sample(bars: 700, features: features, counts: [64])
    var tile = ResidentTile(sample)
    if isWhole { tile.run(times: 1) } else { tile.account(times: 1) }
    var workspace = TileWorkspace<Float>()
    var tallies = Array(repeating: Tally(), count: StrategyBlock.lanes)
    sample.kernel.account(sample.blocks[0], in: &workspace, into: &tallies)
    for (lane, expected) in tallies.enumerated() {
      let found = tile.tally(lane: lane)
      #expect(found.barsInMarket > 0)
      // The kernel's last position is closed, and so is a trade; the tile goes on.
      #expect(found.barsInMarket == expected.barsInMarket)
      #expect(found.sum == expected.sum)
      #expect(found.growth == expected.growth)
    }
  }
}

@Suite struct PartsAloneTests {
  @Test("a product that was made is right, and one that was not is not", arguments: [1, 3, 32])
  func product(features: Int) {
    var single = TileProduct<Float>(features: features)
    let before = single.largestError()
    single.multiply(times: 2)
    let (after, operations) = (single.largestError(), single.operations)
    #expect(before == 1)
    #expect(after <= Double(features + 2) * Double(Float.ulpOfOne))
    #expect(operations == 2 * features * TilePlan.barsPerTile(features: features) * 64)
    var double = TileProduct<Double>(features: features)
    double.multiply(times: 1)
    let ofDouble = double.largestError()
    #expect(ofDouble <= Double(features + 2) * Double.ulpOfOne)
  }

  @Test("a triad that was passed is right, and one that was not is not", arguments: [1, 1_000])
  func triad(count: Int) {
    var triad = MemoryTriad(count: count)
    let before = triad.isRight
    triad.pass()
    let (after, bytes) = (triad.isRight, triad.bytes)
    #expect(!before && after)
    #expect(bytes == 12 * count)
  }

  @Test("the toolchain names both compilers")
  func toolchain() {
    #expect(Toolchain.name.hasPrefix("Swift 6."))
    #expect(Toolchain.name.contains(", "))
    #expect(!Toolchain.name.contains("("))
  }
}
