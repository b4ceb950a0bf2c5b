import Kernels
import Synchronization
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
      case .signals: .signals(SignalColumns(signals))
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

  @Test(
    "blocks run alone have the bits of all",
    arguments: [StrategySample.coinFlips, .signals, .randomWeights, .smaCross], KernelChoice.allCases)
  func blocksAlone(sample: StrategySample, kernel: KernelChoice) throws {
    let strategies = try Self.manyStrategies(sample)
    let backtest = Backtest(market: Self.market, segments: Self.segments, kernel: kernel, threads: 2)
    let whole = backtest.run(strategies)
    let prepared = PreparedStrategies(strategies, under: backtest)
    for blocks in [0..<1, 1..<3, 3..<4, 2..<2] {
      let part = prepared.run(blocks)
      #expect(part.strategies == prepared.strategies(in: blocks))
      for segment in 0..<2 {
        for strategy in part.strategies {
          #expect(
            part.tally(of: strategy, segment: segment) == whole.tally(of: strategy, segment: segment))
        }
      }
    }
    #expect(prepared.strategies(in: 3..<4) == 192..<strategies.count)
    let all = prepared.netReturns(nil)
    let some = prepared.netReturns([0, 2])
    #expect(Set(some.keys) == [0, 128] && Set(all.keys) == [0, 64, 128, 192])
    for (first, values) in some { #expect(all[first] == values) }
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

  @Test("what a cancelled run did stands, and what it did not is empty", arguments: [1, 2])
  func cancelledInTheMiddle(threads: Int) throws {
    let strategies = try Self.manyStrategies(.coinFlips)
    let backtest = Backtest(market: Self.market, segments: Self.segments, threads: threads)
    let whole = backtest.run(strategies)
    let asked = Atomic(0)
    let progress = RunProgress { asked.add(1, ordering: .relaxed).newValue > 3 }
    let some = backtest.run(strategies, progress: progress)
    #expect(1..<TilePlan.blocks(strategies: strategies.count) ~= progress.done)
    var done: Set<Int> = []
    for (place, tally) in some.tallies.enumerated() where tally != Tally() {
      #expect(tally == whole.tallies[place])
      done.insert(place % strategies.count / TilePlan.strategiesPerBlock)
    }
    #expect(done.count == progress.done)
  }
}

extension PreparedStrategies {
  /// The net returns of some blocks in training, by their first strategy.
  func netReturns(_ chosen: [Int]?) -> [Int: [Double]] {
    let found = Mutex<[Int: [Double]]>([:])
    forEachNetReturns(
      chosen, segment: 0, makeState: { 0 },
      body: { _, returns in found.withLock { $0[returns.firstStrategy] = returns.values } })
    return found.withLock { $0 }
  }
}
