import Kernels
import TestSupport
import Testing

@Suite("Fused kernel against the reference")
struct FusedKernelTests {
  /// One bar, one strategy, tile ± 1, primes, several blocks of strategies.
  static let shapes: [KernelProblem.Shape] = {
    let sizes = [
      (1, 1), (2, 1), (3, 2), (7, 63), (31, 64), (97, 65), (257, 131), (1_023, 3), (1_024, 5), (1_025, 64),
      (2_053, 70),
    ]
    return sizes.flatMap { bars, strategies -> [KernelProblem.Shape] in
      Direction.allCases.flatMap { direction -> [KernelProblem.Shape] in
        let plain = KernelProblem.Shape(bars: bars, strategies: strategies).with { $0.direction = direction }
        return [
          plain,
          plain.with { $0.hasStops = true },
          plain.with { $0.fill = 2 },
          plain.with { ($0.fill, $0.hasStops, $0.cost) = (2, true, 1.0 / 512) },
          plain.with { ($0.cost, $0.blocks, $0.segments) = (1.0 / 256, 7, 3) },
          plain.with { ($0.cost, $0.costBar) = (1.0 / 64, .held) },
          plain.with {
            ($0.cost, $0.costBar, $0.hasStops, $0.blocks, $0.segments) = (1.0 / 256, .held, true, 7, 3)
          },
          plain.with { ($0.cost, $0.costBar, $0.fill, $0.blocks) = (1.0 / 128, .held, 2, 11) },
        ]
      }
    }
  }()

  @Test("whole-numbered inputs: counts equal, sums within rounding", arguments: shapes)
  func wholeNumbers(shape: KernelProblem.Shape) {
    let problem = KernelProblem.random(shape, seed: 1)
    for (compared, faults) in [problem.conformance(of: Float.self), problem.conformance(of: Double.self)] {
      #expect(compared == shape.strategies * problem.timeline.stretches.count)
      #expect(faults.isEmpty)
    }
  }

  @Test("any inputs in double precision", arguments: shapes.filter { $0.bars > 30 })
  func doublePrecision(shape: KernelProblem.Shape) {
    let problem = KernelProblem.random(shape.with { $0.isWhole = false }, seed: 2)
    #expect(problem.conformance(of: Double.self).faults.isEmpty)
  }

  @Test("many features, packed and unpacked", arguments: [1, 2, 16, 33, 130])
  func manyFeatures(features: Int) {
    let shape = KernelProblem.Shape(bars: 613, strategies: 130).with { $0.features = features }
    let problem = KernelProblem.random(shape, seed: 3)
    #expect(problem.conformance(of: Float.self).faults.isEmpty)
  }

  /// Around the 16 and 32 features that fill one register and two.
  @Test(
    "differences of features: the same bits as by the product", arguments: [1, 2, 7, 15, 16, 17, 31, 32],
    [1, 15, 16, 17, 1_039])
  func differences(features: Int, bars: Int) {
    let shape = KernelProblem.Shape(bars: bars, strategies: 63).with {
      ($0.features, $0.areDifferences, $0.isWhole) = (features, true, false)
    }
    let problem = KernelProblem.random(shape, seed: 8)
    // One strategy with another weight on a feature that is used anyhow, and the whole block goes by the product.
    let other = problem.terms.first { !$0.isEmpty }.map { [(feature: $0[0].feature, weight: 2.0)] } ?? []
    let mixed = KernelProblem(
      name: "mixed", bars: bars, features: problem.features, terms: problem.terms + [other],
      rules: problem.rules + problem.rules.prefix(1), returns: problem.returns, cost: problem.cost,
      timeline: problem.timeline)
    let areEqual =
      problem.solveByFused(as: Float.self) == Array(mixed.solveByFused(as: Float.self).dropLast())
    #expect(!other.isEmpty && areEqual)
    let whole = KernelProblem.random(shape.with { $0.isWhole = true }, seed: 8)
    #expect(whole.conformance(of: Float.self).faults.isEmpty)
  }

  /// From too few to too many features for the own product, around multiples of eight; bars around those that it makes
  /// at a time and those of a tile.
  @Test(
    "products that are made while they are accounted: those of the reference, and the same bits as stored ones",
    arguments: [8, 9, 16, 17, 24, 31, 33, 41, 49, 57, 64, 65],
    [(1, Direction.long), (8, .longShort), (9, .long), (17, .long), (613, .longShort), (1_039, .long)])
  func products(features: Int, barsAndDirection: (Int, Direction)) {
    let shape = KernelProblem.Shape(bars: barsAndDirection.0, strategies: 67).with {
      ($0.features, $0.direction, $0.hasGaps, $0.cost) = (features, barsAndDirection.1, false, 1.0 / 256)
    }
    let whole = KernelProblem.random(shape, seed: 9)
    #expect(whole.conformance(of: Float.self).faults.isEmpty)
    let problem = KernelProblem.random(shape.with { $0.isWhole = false }, seed: 9)
    // Scores are stored where stops are expected.
    #expect(problem.solveByFused(as: Float.self) == problem.solveByFused(as: Float.self, expectsStops: true))
  }

  /// Strategies in the order of rule grids: patches of two axes, thresholds of one feature; with whole blocks and not.
  @Test(
    "features that are picked while they are accounted: those of the reference, and the same bits as stored ones",
    arguments: [Direction.long, .longShort], [(1, 64), (7, 5), (8, 64), (9, 13), (613, 67), (1_039, 150)])
  func picks(direction: Direction, barsAndStrategies: (Int, Int)) {
    let (bars, strategies) = barsAndStrategies
    let patches = (0..<strategies).map {
      [(feature: $0 / 8, weight: 1.0), (feature: 20 + $0 % 8, weight: -1.0)]
    }
    let orders: [[[(feature: Int, weight: Double)]]] =
      [patches, patches.map { [$0[1], $0[0]] }]
      + [1, 7, 8, 16, 40].map { perFeature in (0..<strategies).map { [($0 / perFeature % 28, 1.0)] } }
    let shape = KernelProblem.Shape(bars: bars, strategies: strategies).with {
      ($0.features, $0.direction, $0.hasGaps, $0.cost) = (28, direction, false, 1.0 / 256)
    }
    for terms in orders {
      let whole = KernelProblem.random(shape, seed: 10).with(terms: terms)
      #expect(whole.conformance(of: Float.self).faults.isEmpty)
      let problem = KernelProblem.random(shape.with { $0.isWhole = false }, seed: 10).with(terms: terms)
      // Scores are stored where stops are expected.
      #expect(
        problem.solveByFused(as: Float.self) == problem.solveByFused(as: Float.self, expectsStops: true))
    }
  }

  @Test("sums of multiples of 1/64 are exact, so tiles and blocks cannot show in them")
  func exactSums() {
    let shape = KernelProblem.Shape(bars: 2_053, strategies: 70).with { $0.direction = .longShort }
    let problem = KernelProblem.random(shape, seed: 4)
    let expected = problem.solveByReference()
    let found = problem.solveByFused(as: Float.self)
    for (strategy, path) in expected.enumerated() {
      for (stretch, tally) in path.tallies.enumerated() {
        #expect(found[strategy][stretch].sum == tally.sum)
        #expect(found[strategy][stretch].sumOfSquares == tally.sumOfSquares)
      }
    }
  }

  @Test("positions bar by bar, through blocks of one bar", arguments: Direction.allCases)
  func positions(direction: Direction) {
    let shape = KernelProblem.Shape(bars: 211, strategies: 67).with {
      ($0.blocks, $0.segments, $0.direction, $0.hasStops) = (211, 1, direction, true)
    }
    let problem = KernelProblem.random(shape, seed: 5)
    let expected = problem.solveByReference()
    let found = problem.solveByFused(as: Float.self)
    for (strategy, path) in expected.enumerated() {
      for bar in 1..<shape.bars {
        #expect(found[strategy][bar].barsInMarket == abs(path.positions[bar - 1]))
        #expect(found[strategy][bar].sum == path.netReturns[bar])
      }
    }
  }

  @Test("an account that loses everything stays at nothing", arguments: Direction.allCases)
  func ruin(direction: Direction) {
    let earned = [0, 0.5, direction == .long ? -1.5 : 1.5, 0.25, -0.25]
    let problem = KernelProblem(
      name: "ruin", bars: 5, features: [[1, 1, 1, 1, 1]], terms: [[(0, direction == .long ? 1 : -1)]],
      rules: [PositionRule(entry: 0, exit: 0, direction: direction)],
      returns: BarReturns(earned: earned, known: earned), cost: 0,
      timeline: Timeline(segments: [Segment(name: "all", bars: 0..<5)]))
    let tally = problem.solveByFused(as: Float.self)[0][0]
    #expect(tally.growth == 0)
    #expect(tally.maximumDrawdown == 1)
    #expect(tally == problem.solveByReference()[0].tallies[0])
  }

  @Test(
    "padding lanes take no position and no strategy's weights reach another", arguments: [3, 20],
    [false, true])
  func lanesAreIndependent(features: Int, hasGaps: Bool) {
    let shape = KernelProblem.Shape(bars: 301, strategies: 64).with {
      ($0.features, $0.hasGaps) = (features, hasGaps)
    }
    let problem = KernelProblem.random(shape, seed: 6)
    let together = problem.solveByFused(as: Float.self)
    for strategy in [0, 17, 63] {
      let alone = KernelProblem(
        name: "alone", bars: problem.bars, features: problem.features, terms: [problem.terms[strategy]],
        rules: [problem.rules[strategy]], returns: problem.returns, cost: problem.cost,
        timeline: problem.timeline)
      #expect(alone.solveByFused(as: Float.self)[0] == together[strategy])
    }
  }

  @Test("coin flips and given signals agree with the reference")
  func otherSources() {
    let bars = 1_301
    let earned = (0..<bars).map { Double($0 % 13 - 6) / 64 }
    let timeline = Timeline(segments: [
      Segment(name: "a", bars: 3..<900, blockCount: 4), Segment(name: "b", bars: 901..<bars),
    ])
    let returns = BarReturns(earned: earned, known: earned)
    let flips = FusedKernel<Float>(
      source: .coinFlips(seed: 9, threshold: CoinFlips.threshold(probability: 0.3)), direction: .long,
      hasStops: false, returns: returns, cost: 0, timeline: timeline)
    var block = StrategyBlock(featureCount: 0)
    var workspace = TileWorkspace<Float>()
    let rule = PositionRule(entry: 0, exit: 0, direction: .long)
    block.begin(at: 128)
    for _ in 0..<10 { block.append(rule) }
    var tallies = Array(repeating: Tally(), count: timeline.stretches.count * StrategyBlock.lanes)
    flips.account(block, in: &workspace, into: &tallies)
    for lane in 0..<block.count {
      let scores = ReferenceKernel.coinFlips(seed: 9, strategy: 128 + lane, probability: 0.3, bars: bars)
      let path = ReferenceKernel.run(
        scores: scores, rule: rule, returns: returns, cost: 0, timeline: timeline)
      for (stretch, expected) in path.tallies.enumerated() {
        let found = tallies[stretch * StrategyBlock.lanes + lane]
        #expect(TallyAgreement.differences(found, expected, unitRoundoff: UnitRoundoff.single).isEmpty)
      }
    }
  }
}
