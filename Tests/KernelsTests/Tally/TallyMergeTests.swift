import Kernels
import TestSupport
import Testing

@Suite("Merging tallies")
struct TallyMergeTests {
  /// The tally of a random walk through `bars` bars, all of whose growths are powers of two and so exact.
  static func exactTally(seed: UInt64, bars: Int) -> Tally {
    let problem = KernelProblem.random(
      KernelProblem.Shape(bars: bars, strategies: 1).with { ($0.segments, $0.blocks) = (1, 1) }, seed: seed)
    var tally = problem.solveByReference()[0].tallies[0]
    var random = RandomStream(seed: seed, purpose: .resample)
    func power() -> Double { [0.25, 0.5, 1, 2, 4][random.integer(below: 5)] }
    tally.growth = power()
    tally.highest = max(1, tally.growth, power())
    tally.lowest = min(1, tally.growth, power())
    tally.maximumDrawdown = max(1 - tally.lowest, 1 - tally.growth / tally.highest)
    tally.grossProfit = power()
    tally.grossLoss = power()
    return tally
  }

  @Test("the empty tally is the identity", arguments: 0..<20)
  func identity(seed: Int) {
    let tally = Self.exactTally(seed: UInt64(seed), bars: 3 + seed)
    #expect(tally.merging(Tally()) == tally)
    #expect(Tally().merging(tally) == tally)
  }

  @Test("merging is associative, exactly where growths are exact", arguments: 0..<200)
  func associative(seed: Int) {
    let (a, b, c) = (
      Self.exactTally(seed: UInt64(3 * seed), bars: 20),
      Self.exactTally(seed: UInt64(3 * seed + 1), bars: 31),
      Self.exactTally(seed: UInt64(3 * seed + 2), bars: 7)
    )
    #expect(a.merging(b).merging(c) == a.merging(b.merging(c)))
  }

  @Test(
    "the blocks of a segment merge to the whole segment", arguments: [1, 2, 3, 5, 16, 61], Direction.allCases)
  func blocksMergeToTheWhole(blocks: Int, direction: Direction) {
    let shape = KernelProblem.Shape(bars: 200, strategies: 5).with {
      ($0.segments, $0.blocks, $0.direction, $0.cost) = (1, blocks, direction, 1.0 / 512)
    }
    let cut = KernelProblem.random(shape, seed: 7)
    let whole = KernelProblem.random(shape.with { $0.blocks = 1 }, seed: 7)
    for (parts, expected) in zip(cut.solveByReference(), whole.solveByReference()) {
      #expect(parts.tallies.count == blocks)
      #expect(parts.positions == expected.positions)
      let differences = TallyAgreement.differences(
        Tally.merged(parts.tallies), expected.tallies[0], unitRoundoff: UnitRoundoff.double)
      #expect(differences.isEmpty)
    }
  }
}
