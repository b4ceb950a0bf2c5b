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

  /// Prices on few levels, so that averages are often equal and closes often stand on a channel's edge.
  @Test("ties of prices come out as in double precision", arguments: StrategySample.grids, Direction.allCases)
  func coarsePrices(sample: StrategySample, direction: Direction) throws {
    let fine = Market.randomWalk(seed: 6, count: Self.bars)
    func coarse(_ column: [Double]) -> [Double] {
      column.map { 64 + ($0 * 2).rounded().truncatingRemainder(dividingBy: 8) }
    }
    let market = Market(
      name: "coarse", timestamps: fine.timestamps, open: coarse(fine.open),
      high: coarse(fine.high).map { $0 + 4 },
      low: coarse(fine.low).map { $0 - 4 }, close: coarse(fine.close), volume: fine.volume)
    let strategies = try sample.strategies(direction: direction, hasStops: false, signalCount: 0)
    for precision in Precision.allCases {
      let comparison = EngineComparison(
        strategies,
        Backtest(market: market, segments: [Segment(name: "all", bars: 0..<Self.bars)], precision: precision))
      // A trade that ends at the price at which it began is won or lost by rounding, in the reference as well.
      #expect(comparison.faults.filter { !$0.contains("tradesWon") } == [])
      // A difference of two equal averages is 0, and a close on the edge is 1, in either precision.
      if [.smaCross, .donchian].contains(sample) { #expect(comparison.ties == 0) }
      #expect(comparison.ties <= 4)
    }
  }
}
