import Backtesting
import Kernels
import TestSupport
import Testing

@Suite("No strategy looks ahead")
struct LookAheadTests {
  static let bars = 230

  static let cases = EngineCase.all.filter { $0.hasStops && $0.convention == .portfolio }

  /// Positions up to bar t may depend on bars up to t alone: every later price and volume is changed, and no position
  /// up to t may move, in the reference or in the fused kernel bar by bar.
  @Test("whatever happens after a bar, positions up to it stay", arguments: cases)
  func altered(run: EngineCase) throws {
    let market = Market.randomWalk(seed: 21, count: Self.bars)
    let strategies = try run.strategies(signalCount: Self.bars)
    let before = paths(run, strategies, market)
    for bar in [3, 70, 150, 226] {
      var random = RandomStream(seed: 22, purpose: .permutation, index: UInt64(bar))
      let altered = market.changed(from: bar + 1) { $0 * (0.5 + random.uniform()) }
      let after = paths(run, strategies, altered)
      let fused = FusedPositions(of: strategies, like: backtest(run, altered))
      for strategy in 0..<strategies.count {
        #expect(after[strategy].positions[...bar] == before[strategy].positions[...bar])
        let moved = fused.firstDifference(of: strategy, from: before[strategy].positions) ?? .max
        #expect(moved > bar)
      }
      // The referee must be able to see a change.
      if bar == 70 { #expect(before.map(\.positions) != after.map(\.positions)) }
    }
  }

  private func backtest(_ run: EngineCase, _ market: Market) -> Backtest {
    run.backtest(market, segments: [Segment(name: "all", bars: 0..<Self.bars)], precision: .single)
  }

  private func paths(
    _ run: EngineCase, _ strategies: StrategySet, _ market: Market
  ) -> [ReferenceKernel.Path] {
    let backtest = backtest(run, market)
    return (0..<strategies.count).map { backtest.path(of: $0, in: strategies) }
  }
}
