import Backtesting
import Kernels
import TestSupport
import Testing

@Suite("Segments and blocks")
struct SegmentTests {
  static let market = Market.randomWalk(seed: 31, count: 1_300)

  /// The cases with costs and stops, which carry the most from bar to bar.
  static let cases = EngineCase.all.filter { $0.hasStops && $0.fill == .close }

  @Test("the blocks of a segment merge to the whole segment", arguments: cases)
  func blocksMerge(run: EngineCase) throws {
    let strategies = try run.strategies(signalCount: 1_290)
    for precision in Precision.allCases {
      let unitRoundoff = precision == .single ? UnitRoundoff.single : UnitRoundoff.double
      func table(blocks: Int) -> TallyTable {
        run.backtest(
          Self.market, segments: [Segment(name: "all", bars: 10..<1_300, blockCount: blocks)],
          precision: precision
        ).run(strategies)
      }
      let whole = table(blocks: 1)
      for blocks in [2, 7, 64] {
        let cut = table(blocks: blocks)
        for strategy in 0..<strategies.count {
          // Two sums in different order are each off by the bound.
          let differences = TallyAgreement.differences(
            cut.tally(of: strategy, segment: 0), whole.tally(of: strategy, segment: 0),
            unitRoundoff: 2 * unitRoundoff)
          #expect(differences == [])
        }
      }
    }
  }

  @Test("segments of one pass are what each is alone, and whole blocks have the same bits", arguments: cases)
  func segmentsAlone(run: EngineCase) throws {
    let strategies = try run.strategies(signalCount: 700)
    let segments = [
      Segment(name: "a", bars: 0..<300), Segment(name: "b", bars: 300..<1_000, blockCount: 3),
      Segment(name: "c", bars: 1_100..<1_300),
    ]
    let together = run.backtest(Self.market, segments: segments, precision: .double).run(strategies)
    for (index, segment) in segments.enumerated() {
      let alone = run.backtest(Self.market, segments: [segment], precision: .double).run(strategies)
      for strategy in 0..<strategies.count {
        let differences = TallyAgreement.differences(
          together.tally(of: strategy, segment: index), alone.tally(of: strategy, segment: 0),
          unitRoundoff: 2 * UnitRoundoff.double)
        #expect(differences == [])
      }
    }
  }

  @Test("given signals begin anew with each segment, or run along the market")
  func signalAlignment() {
    let signals: [[Int8]] = [(0..<40).map { Int8($0 % 3 == 0 ? 1 : 0) }]
    let strategies = StrategySet(
      family: .signals, columns: .signals(SignalColumns(signals)), direction: .long, stops: .none)
    let segments = [Segment(name: "a", bars: 0..<25), Segment(name: "b", bars: 25..<40)]
    for alignment in SignalAlignment.allCases {
      let backtest = Backtest(market: Self.market[0..<40], segments: segments, signalAlignment: alignment)
      let positions = backtest.path(of: 0, in: strategies).positions
      for bar in 0..<40 where bar != 24 && bar != 39 {
        let signal = alignment == .market || bar < 25 ? bar : bar - 25
        #expect(positions[bar] == (signal % 3 == 0 ? 1 : 0))
      }
      #expect(EngineComparison(strategies, backtest).faults == [])
    }
  }
}
