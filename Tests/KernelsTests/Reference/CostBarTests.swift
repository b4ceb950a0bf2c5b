import Kernels
import TestSupport
import Testing

@Suite("Observations that bear the costs of their positions")
struct CostBarTests {
  @Test("long with costs of 1/64: entering burdens the first bar, leaving the last one")
  func longWithCosts() {
    var example = Example([1, 1, -1, 1, 0], .sign(), earned: [9, 0.5, -0.5, 0.25, 0.5], cost: 1.0 / 64)
    let paid = example.path
    example.costBar = .held
    let path = example.path
    #expect(path.positions == paid.positions && path.netReturns == paid.netReturns)
    // 1/2 - c; -1/2 - c; no position; 1/2 - c - c.
    #expect(path.observed.map { $0 * 64 } == [0, 31, -33, 0, 30])
    var expected = paid.tallies[0]
    expected.winningBars = 2
    expected.sumOfSquares = (961 + 1_089 + 900) / 4_096.0
    expected.sumOfCubes = (29_791 - 35_937 + 27_000) / 262_144.0
    expected.sumOfFourths = (923_521 + 1_185_921 + 810_000) / 16_777_216.0
    expected.sumOfLosses = -33.0 / 64
    expected.sumOfSquaredLosses = 1_089.0 / 4_096
    #expect(path.tallies == [expected])
    #expect(expected.sum * 64 == 31 - 33 + 30)
  }

  @Test("a reversal burdens the old position's last bar and the new one's first, each with half of the cost")
  func reversal() {
    var example = Example([1, -1, 0], .sign(.longShort), earned: [0, 0.25, 0.5], cost: 1.0 / 64)
    example.costBar = .held
    #expect(example.path.observed.map { $0 * 64 } == [0, 14, -34])
    #expect(example.path.tallies[0].sum * 64 == -20)
    #expect(example.path.tallies[0].sumOfSquares * 4_096 == 196 + 1_156)
  }

  /// The trade that once had a Sharpe ratio of 52.6.
  @Test("one trade is one observation, whose square is that of its sum")
  func oneTrade() {
    var example = Example([-1, 1, -1, -1, -1], .sign(), earned: [0, 0, 0.25, 0.5, 0], cost: 1.0 / 64)
    example.costBar = .held
    let tally = example.path.tallies[0]
    #expect(example.path.observed.map { $0 * 64 } == [0, 0, 14, 0, 0])
    #expect(tally.barsInMarket == 1 && tally.winningBars == 1)
    #expect(tally.sumOfSquares == tally.sum * tally.sum)
    #expect(tally.sumOfFourths == tally.sumOfSquares * tally.sumOfSquares)
    let moments = PowerSumMoments(tally, count: 1)
    #expect(moments.populationVariance == 0 && moments.skewness.isNaN && moments.kurtosis.isNaN)
  }

  @Test("a win that leaving makes a loss is taken back in the block that begins with leaving")
  func acrossBlocks() {
    let earned = [0, 1.0 / 64, 0.5, 0.5]
    let path = ReferenceKernel.run(
      scores: [1, -1, -1, -1], rule: .sign(), returns: BarReturns(earned: earned, known: earned),
      cost: 1.0 / 128, costBar: .held,
      timeline: Timeline(segments: [Segment(name: "all", blocks: [0..<2, 2..<4])]))
    #expect(path.observed.map { $0 * 128 } == [0, 0, 0, 0])
    #expect(path.tallies.map(\.barsInMarket) == [1, 0])
    #expect(path.tallies.map(\.winningBars) == [1, -1])
    #expect(path.tallies.map(\.sumOfSquares) == [1.0 / 16_384, -1.0 / 16_384])
    let whole = Tally.merged(path.tallies)
    #expect([whole.sum, whole.sumOfSquares, whole.sumOfCubes, whole.sumOfFourths] == [0, 0, 0, 0])
    #expect(whole.winningBars == 0 && whole.turnover == 2)
  }

  static let shapes: [KernelProblem.Shape] = Direction.allCases.flatMap { direction in
    [(40, 13), (613, 67), (1_100, 20), (2_053, 5)].flatMap { bars, strategies in
      [(1, false, 1), (9, false, 2), (30, true, 1)].map { blocks, hasStops, fill in
        KernelProblem.Shape(bars: bars, strategies: strategies).with {
          ($0.direction, $0.blocks, $0.hasStops, $0.fill) = (direction, blocks, hasStops, fill)
          ($0.cost, $0.costBar, $0.isWhole) = (0.013, .held, false)
        }
      }
    }
  }

  /// The tallies of a segment's first blocks, merged, against observations found by looking back, and ahead as far as
  /// decisions are known.
  @Test("blocks merge to the sums over the observations known so far", arguments: shapes)
  func prefixes(shape: KernelProblem.Shape) {
    let problem = KernelProblem.random(shape, seed: 31)
    let paths = problem.solveByReference()
    let fused = problem.solveByFused(as: Double.self)
    var leaving = 0
    for (strategy, path) in paths.enumerated() {
      for (segment, stretches) in problem.timeline.stretchesOfSegment.enumerated() {
        var known = 0
        for last in stretches {
          known += problem.timeline.stretches[last].decisions.count
          let observations = TradeObservations.of(
            segment: segment, positions: path.positions, earned: problem.returns.earned, cost: problem.cost,
            timeline: problem.timeline, known: known)
          for tallies in [path.tallies, fused[strategy]] {
            let found = Tally.merged(tallies[stretches.lowerBound...last])
            #expect(Self.differences(found, observations, bars: shape.bars) == [])
            leaving += tallies[last].sumOfSquares < 0 ? 1 : 0
          }
        }
      }
    }
    // Blocks that begin with leaving do occur.
    #expect(shape.blocks < 30 || shape.bars > 100 || leaving > 0)
  }

  /// Rounding: sums of up to three terms a bar, none above 1.
  private static func differences(_ tally: Tally, _ x: [Double], bars: Int) -> [String] {
    let losses = x.map { min($0, 0) }
    func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
    let bound = Double(3 * bars) * Double(3 * bars) * UnitRoundoff.double
    let pairs: [(String, Double, Double)] = [
      ("bars in market", Double(tally.barsInMarket), Double(x.count)),
      ("winning bars", Double(tally.winningBars), Double(x.count { $0 > 0 })),
      ("sum", tally.sum, sum(x)), ("squares", tally.sumOfSquares, sum(x.map { $0 * $0 })),
      ("cubes", tally.sumOfCubes, sum(x.map { $0 * $0 * $0 })),
      ("fourths", tally.sumOfFourths, sum(x.map { $0 * $0 * $0 * $0 })),
      ("losses", tally.sumOfLosses, sum(losses)),
      ("squared losses", tally.sumOfSquaredLosses, sum(losses.map { $0 * $0 })),
    ]
    return pairs.filter { abs($0.1 - $0.2) > bound }.map { "\($0.0): \($0.1), expected \($0.2)" }
  }

  /// To the bit in returns, but for rounding in tallies.
  @Test("without costs it makes no difference", arguments: shapes.filter { $0.fill == 1 })
  func withoutCosts(shape: KernelProblem.Shape) {
    let held = KernelProblem.random(shape.with { $0.cost = 0 }, seed: 32)
    let following = KernelProblem.random(shape.with { ($0.cost, $0.costBar) = (0, .following) }, seed: 32)
    // Taking back and counting anew may turn the last bit of a sum.
    for (one, other) in zip(held.solveByReference(), following.solveByReference()) {
      #expect(one.observed == other.observed && one.netReturns == other.netReturns)
      for (tally, expected) in zip(one.tallies, other.tallies) {
        #expect(TallyAgreement.differences(tally, expected, unitRoundoff: 4 * UnitRoundoff.double) == [])
      }
    }
  }
}
