import Backtesting
import Kernels
import TestSupport
import Testing

@Suite("Net returns of blocks")
struct NetReturnsTests {
  static let market = Market.randomWalk(seed: 47, count: 700)
  static let segments = [
    Segment(name: "a", bars: 0..<400, blockCount: 3), Segment(name: "b", bars: 450..<700),
  ]

  /// All net returns of `segment`, by strategy.
  static func returns(_ strategies: StrategySet, _ backtest: Backtest, segment: Int) -> [[Double]] {
    let bars = backtest.timeline.segments[segment].bars.count
    return DisjointSlots.fill(count: strategies.count, repeating: [Double]()) { slots in
      backtest.forEachNetReturns(of: strategies, segment: segment) {
        0
      } body: { _, returns in
        for lane in 0..<returns.count {
          slots.write(
            (0..<bars).map { returns.values[$0 * StrategyBlock.lanes + lane] },
            at: returns.firstStrategy + lane)
        }
      }
    }
  }

  @Test(
    "they add up to the tallies, and in double precision they are the reference's", arguments: EngineCase.all)
  func agreement(run: EngineCase) throws {
    let strategies = try run.strategies(signalCount: 400)
    for precision in Precision.allCases {
      let backtest = run.backtest(Self.market, segments: Self.segments, precision: precision)
      let table = backtest.run(strategies)
      let unitRoundoff = precision == .single ? UnitRoundoff.single : UnitRoundoff.double
      for segment in Self.segments.indices {
        let found = Self.returns(strategies, backtest, segment: segment)
        for (strategy, returns) in found.enumerated() {
          // A sum of n terms is off by n roundings of the sum of their magnitudes.
          let bound = Double(returns.count) * unitRoundoff * returns.reduce(0) { $0 + abs($1) }
          let tally = table.tally(of: strategy, segment: segment)
          #expect(abs(returns.reduce(0, +) - tally.sum) <= bound)
          if run.convention == .portfolio { #expect(returns.count { $0 > 0 } == tally.winningBars) }
          guard precision == .double else { continue }
          let path = backtest.path(of: strategy, in: strategies)
          #expect(
            zip(returns, path.netReturns[Self.segments[segment].bars]).allSatisfy {
              abs($0 - $1) <= 4 * unitRoundoff * (1 + abs($1))
            })
        }
      }
    }
  }

  @Test("the positions that earn them follow, if asked for, and change nothing", arguments: EngineCase.all)
  func positions(run: EngineCase) throws {
    let strategies = try run.strategies(signalCount: 400)
    for kernel in KernelChoice.allCases {
      let backtest = run.backtest(Self.market, segments: Self.segments, precision: .double, kernel: kernel)
      for segment in Self.segments.indices {
        let bars = backtest.timeline.segments[segment].bars
        let returns = Self.returns(strategies, backtest, segment: segment)
        backtest.forEachNetReturns(of: strategies, segment: segment, withPositions: true, threads: 1) {
          0
        } body: { _, found in
          let lanes = StrategyBlock.lanes
          #expect(found.values.count == 2 * bars.count * lanes)
          for lane in 0..<found.count {
            let strategy = found.firstStrategy + lane
            let path = backtest.path(of: strategy, in: strategies)
            #expect((0..<bars.count).allSatisfy { found.values[$0 * lanes + lane] == returns[strategy][$0] })
            var expected = Array(repeating: 0.0, count: bars.count)
            for stretch in backtest.timeline.stretchesOfSegment[segment] {
              for decision in backtest.timeline.stretches[stretch].decisions {
                expected[decision + 1 - bars.lowerBound] = Double(path.positions[decision])
              }
            }
            #expect(
              (0..<bars.count).allSatisfy { found.values[(bars.count + $0) * lanes + lane] == expected[$0] })
          }
        }
      }
    }
  }

  @Test("they are the same on any number of threads, and the reference kernel's agree")
  func threads() throws {
    let run = EngineCase.all[0]
    let strategies = try run.strategies(signalCount: 400)
    func returns(threads: Int, kernel: KernelChoice) -> [[Double]] {
      let backtest = Backtest(
        market: Self.market, segments: Self.segments, precision: .double, kernel: kernel, threads: threads)
      return Self.returns(strategies, backtest, segment: 1)
    }
    let one = returns(threads: 1, kernel: .fused)
    #expect(returns(threads: 3, kernel: .fused) == one)
    #expect(
      zip(returns(threads: 2, kernel: .reference).joined(), one.joined()).allSatisfy {
        abs($0 - $1) <= 4 * UnitRoundoff.double * (1 + abs($1))
      })
  }
}
