import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

/// What the permutation test says of the best of a sweep, which every permutation chooses anew.
@Suite(.tags(.slow)) struct PermutationCalibrationTests {
  static let bars = 200
  static let permutations = 19

  /// The best mean return of 40 momentum strategies, long and short.
  private func best(of market: Market, _ strategies: StrategySet) -> Double {
    let backtest = Backtest(market: market, segments: [Segment(name: "all", bars: 0..<market.count)])
    let table = backtest.run(strategies)
    let means = (0..<strategies.count).map { table.tally(of: $0, segment: 0).sum / Double(market.count) }
    return means.max()!
  }

  private func pValues(seeds: Range<UInt64>, edge: Double) throws -> [Double] {
    let grid = try RuleGrid(
      family: #require(RuleFamily(.momentum)),
      axisValues: [(1...40).map(Double.init), [0], [0]], direction: .longShort,
      stops: .none)
    let strategies = StrategySet(family: .momentum, columns: .grid(grid), direction: .longShort, stops: .none)
    #expect(strategies.count == 40)
    return try seeds.map { seed in
      let market = try SyntheticMarket(
        model: SyntheticModel("random-walk"), count: Self.bars, seed: seed, edge: edge
      ).market()
      return PermutationTest(
        observed: best(of: market, strategies),
        permuted: (0..<Self.permutations).map { number in
          best(of: market.permuted(seed: seed, number: number), strategies)
        }
      ).pValue
    }
  }

  /// Statistical: on a random walk bars are exchangeable, so every p-value is as likely as any other. The bound is that
  /// of Kolmogorov at a level of 0.1 %, on the safe side for a discrete distribution.
  @Test func isUniformWithoutAnEdge() throws {
    let pValues = try pValues(seeds: 0..<100, edge: 0)
    let distance = (1...20).map { rank in
      let share = Double(rank) / 20
      return abs(Double(pValues.count { $0 <= share + 1e-9 }) / 100 - share)
    }.max()!
    #expect(distance < 1.95 / 10)
  }

  @Test func findsAPlantedEdge() throws {
    let small = try pValues(seeds: 0..<10, edge: 0.002).count { $0 <= 0.05 }
    let large = try pValues(seeds: 0..<10, edge: 0.02).count { $0 <= 0.05 }
    #expect(large >= 9 && large > small)
  }
}
