import Backtesting
import Kernels
import TestSupport
import Testing

@Suite("The fused engine against the reference on a random market")
struct EngineAgreementTests {
  static let bars = 420

  @Test("every position and tally, in both precisions", arguments: EngineCase.all)
  func agrees(run: EngineCase) throws {
    let market = Market.randomWalk(seed: 5, count: Self.bars)
    let segments = [
      Segment(name: "training", bars: 0..<290, blockCount: 3), Segment(name: "validation", bars: 293..<420),
    ]
    let strategies = try run.strategies(signalCount: 290)
    for precision in Precision.allCases {
      let comparison = EngineComparison(
        strategies, run.backtest(market, segments: segments, precision: precision))
      #expect(comparison.positions >= strategies.count * (290 + 127 - 4))
      #expect(comparison.tallies == strategies.count * 4)
      #expect(comparison.ties <= 1)
      #expect(comparison.faults == [])
    }
  }
}
