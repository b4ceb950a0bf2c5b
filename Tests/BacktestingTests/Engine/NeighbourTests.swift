import Backtesting
import Kernels
import TestSupport
import Testing

/// What a strategy is must not depend on what else is swept beside it.
///
/// A rule's score is one feature or the difference of two: the zeros that a block adds to it round nothing, so scores
/// have the same bits in every grid. Sums are folded to double precision at the end of a tile, whose bars depend on the
/// number of features of the block; so tallies have the same bits as long as the bars fit into one tile, and beyond
/// that counts do, while sums agree to rounding. Linear scores are sums of many products, in an order that depends on
/// the features of the block and may be BLAS's own:
/// strategies of given weights agree to rounding; those of random weights always use all features, and agree in every
/// bit.
@Suite("A strategy does not know its neighbours")
struct NeighbourTests {
  /// Values of the axes that make a block or two.
  static func wideAxes(_ sample: StrategySample) -> [[Double]] {
    func bars(_ range: ClosedRange<Int>) -> [Double] { range.map(Double.init) }
    return switch sample {
    case .smaCross, .emaCross: [bars(2...10), bars(11...20)]
    case .macd: [bars(4...7), bars(9...13), bars(3...6)]
    case .momentum: [bars(1...20), [0, 0.02], [-0.01, 0]]
    case .rsi: [bars(2...20), [30, 40], [50, 70]]
    case .bollinger: [bars(5...24), [1, 2], [-0.5, 0.5]]
    case .donchian: [bars(2...30), [-1, 0, 1]]
    default: [bars(5...16), bars(1...3), [20, 40], [60]]
    }
  }

  static func grid(_ sample: StrategySample, _ axisValues: [[Double]]) throws -> StrategySet {
    let rule = try #require(RuleFamily(sample.family))
    let stops = StopAxes(stopLoss: [0.05])
    let grid = try RuleGrid(
      family: rule, axisValues: axisValues, direction: .longShort, stops: stops)
    return StrategySet(family: rule.family, columns: .grid(grid), direction: .longShort, stops: stops)
  }

  static func tallies(_ strategies: StrategySet, _ market: Market, _ precision: Precision) -> [Tally] {
    Backtest(
      market: market, segments: [Segment(name: "all", bars: 0..<market.count)], costBasisPoints: 5,
      precision: precision
    ).run(strategies).tallies
  }

  @Test("of a rule grid, every bit within a tile", arguments: StrategySample.grids, Precision.allCases)
  func ruleGrids(sample: StrategySample, precision: Precision) throws {
    let market = Market.randomWalk(seed: 51, count: 400)
    let wide = try Self.grid(sample, Self.wideAxes(sample))
    let together = Self.tallies(wide, market, precision)
    try #require(wide.count > 64)
    for index in [0, 1, 17, 63, 64, wide.count - 1] {
      let alone = try Self.grid(sample, wide.parameters(of: index).dropLast().map { [$0] })
      #expect(alone.count == 1)
      #expect(Self.tallies(alone, market, precision) == [together[index]])
    }
  }

  @Test("of a rule grid over several tiles, every count, and sums to rounding")
  func longMarkets() throws {
    let market = Market.randomWalk(seed: 52, count: 2_100)
    let wide = try Self.grid(.smaCross, [(2...9).map(Double.init), (20...27).map(Double.init)])
    let together = Self.tallies(wide, market, .single)
    #expect(TilePlan.barsPerTile(features: 16) != TilePlan.barsPerTile(features: 2))
    for index in stride(from: 0, to: wide.count, by: 9) {
      let alone = try Self.grid(.smaCross, wide.parameters(of: index).dropLast().map { [$0] })
      let found = Self.tallies(alone, market, .single)[0]
      #expect(
        TallyAgreement.differences(found, together[index], unitRoundoff: 2 * UnitRoundoff.single) == [])
    }
  }

  @Test("of random weights, every bit, however many there are")
  func randomWeights() {
    let market = Market.randomWalk(seed: 53, count: 1_500)
    func tallies(_ count: Int) -> [Tally] {
      let columns = LinearColumns(features: Feature.linearDefaults, weights: .random(seed: 4, count: count))
      let strategies = StrategySet(
        family: .linear, columns: .linear(columns, Threshold(entry: 0.5, exit: 0)), direction: .long,
        stops: .none)
      return Self.tallies(strategies, market, .single)
    }
    let many = tallies(150)
    for count in [1, 5, 64, 65] { #expect(tallies(count) == Array(many.prefix(count))) }
  }

  @Test("of coin flips, every bit, however many there are")
  func coinFlips() {
    let market = Market.randomWalk(seed: 54, count: 1_500)
    func tallies(_ count: Int) -> [Tally] {
      let strategies = StrategySet(
        family: .coinflip, columns: .coinFlips(seed: 4, probability: 0.5, count: count), direction: .long,
        stops: .none)
      return Self.tallies(strategies, market, .single)
    }
    let many = tallies(150)
    for count in [1, 5, 64, 65] { #expect(tallies(count) == Array(many.prefix(count))) }
  }

  /// A value that single precision cannot hold, and a weight that it takes for zero, stay with their strategy.
  @Test("extreme values of one strategy do not reach another")
  func extremes() {
    let features = [[1, 1e200, -1e300, 1, 1, 1], [.nan, 1, 1, -1, 1, 1], [1, 2, 1, -1, 2, -1]]
    let terms = [[(0, 1.0)], [(1, 1)], [(2, 1)], [(1, 1e-60), (2, 1)]]
    let earned = [0, 0.5, -0.25, 0.125, 0.5, 0.25]
    let problem = KernelProblem(
      name: "extremes", bars: 6, features: features,
      terms: terms.map { $0.map { (feature: $0.0, weight: $0.1) } },
      rules: terms.map { _ in PositionRule(entry: 0, exit: 0, direction: .longShort) },
      returns: BarReturns(earned: earned, known: earned), cost: 0,
      timeline: Timeline(segments: [Segment(name: "all", bars: 0..<6)]))
    #expect(problem.conformance(of: Float.self).faults == [])
    #expect(problem.conformance(of: Double.self).faults == [])
  }
}
