import Kernels
import TestSupport
import Testing

@testable import Backtesting

@Suite("The same bits, however it is run")
struct ReproducibilityTests {
  static let market = Market.randomWalk(seed: 41, count: 700)
  static let segments = [
    Segment(name: "training", bars: 0..<500, blockCount: 4), Segment(name: "validation", bars: 500..<700),
  ]

  /// Sets of several blocks each, with a part block at the end.
  static func manyStrategies(_ sample: StrategySample) throws -> StrategySet {
    func signal(_ strategy: Int, _ bar: Int) -> Int8 {
      Int8((bar * (strategy + 3) / 7) % 3 - 1)
    }
    let signals = (0..<200).map { strategy in (0..<500).map { signal(strategy, $0) } }
    let columns: StrategySet.Columns =
      switch sample {
      case .coinFlips: .coinFlips(seed: 1, probability: 0.4, count: 200)
      case .signals: .signals(signals)
      case .randomWeights:
        .linear(
          LinearColumns(features: Feature.linearDefaults, weights: .random(seed: 1, count: 200)),
          Threshold(entry: 0.5, exit: 0))
      default:
        .grid(
          try RuleGrid(
            family: .smaCross, axisValues: [(2...14).map(Double.init), (15...29).map(Double.init)],
            direction: .longShort, stops: .none))
      }
    return StrategySet(family: sample.family, columns: columns, direction: .longShort, stops: .none)
  }

  @Test(
    "threads and repetition do not show",
    arguments: [
      StrategySample.coinFlips, .signals, .randomWeights, .smaCross,
    ], Precision.allCases)
  func threads(sample: StrategySample, precision: Precision) throws {
    let strategies = try Self.manyStrategies(sample)
    func tallies(threads: Int, kernel: KernelChoice = .fused) -> [Tally] {
      let backtest = Backtest(
        market: Self.market, segments: Self.segments, costBasisPoints: 5, precision: precision,
        kernel: kernel, threads: threads)
      return StretchTallies(of: strategies, under: backtest).tallies
    }
    let once = tallies(threads: 1)
    #expect(once.count == strategies.count * 5)
    #expect(Set(once.map(\.sum)).count > 100)
    for threads in 1...3 { #expect(tallies(threads: threads) == once) }
    if precision == .double && sample == .smaCross {
      #expect(tallies(threads: 3, kernel: .reference) == tallies(threads: 1, kernel: .reference))
    }
  }

  @Test("a cancelled run begins no further block")
  func cancelled() throws {
    let strategies = try Self.manyStrategies(.coinFlips)
    let progress = RunProgress { true }
    let table = Backtest(market: Self.market, segments: Self.segments).run(strategies, progress: progress)
    #expect(progress.done == 0)
    #expect(table.tallies.allSatisfy { $0 == Tally() })
    let whole = RunProgress()
    _ = Backtest(market: Self.market, segments: Self.segments, threads: 2).run(strategies, progress: whole)
    #expect(whole.done == TilePlan.blocks(strategies: strategies.count))
  }
}
