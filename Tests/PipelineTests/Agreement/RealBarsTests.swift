import Backtesting
import Kernels
import TestSupport
import Testing

@Suite("The fused engine against the reference on the built-in daily bars")
struct RealBarsTests {
  static let split = 1_885

  @Test("every position but at genuine ties, and every tally", arguments: EngineCase.all)
  func agrees(run: EngineCase) throws {
    let market = try RealBars.daily.get()
    let segments = [
      Segment(name: "training", bars: 0..<Self.split, blockCount: 4),
      Segment(name: "validation", bars: Self.split..<market.count),
    ]
    let strategies = try run.strategies(signalCount: Self.split)
    for precision in Precision.allCases {
      let comparison = EngineComparison(
        strategies, run.backtest(market, segments: segments, precision: precision))
      #expect(comparison.positions == strategies.count * (market.count - 2 * run.fill.unfilledDecisions))
      #expect(comparison.tallies == strategies.count * 5)
      #expect(comparison.ties == 0)
      #expect(comparison.faults == [])
    }
  }
}
