import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What the statistics look at, of a sweep.
@Suite struct EvidenceTests {
  private static let cases: [(Convention, Fill)] = Convention.allCases.flatMap { convention in
    Fill.allCases.map { (convention, $0) }
  }

  private func sweep(_ convention: Convention, _ fill: Fill) throws -> MeasuredSweep {
    try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.backtest.kernel = .reference
        $0.backtest.convention = convention
        $0.backtest.fill = fill
        $0.selection.metric = .totalReturn
      })
  }

  @Test(arguments: cases) func theWinnersReturnsAndSharpeRatioAgree(convention: Convention, fill: Fill) throws
  {
    let sweep = try sweep(convention, fill)
    let evidence = sweep.evidence
    let path = sweep.experiment.backtest.path(of: sweep.winner, in: sweep.experiment.strategies)
    #expect(evidence.winnerReturns == path.returns(0..<210, convention))
    // The table's figure comes from the same kernel here, so it is the same.
    let annual = sweep.experiment.barsPerYear.squareRoot()
    #expect(evidence.winnerSharpePerReturn == sweep.training.sharpeRatios[sweep.winner] / annual)
    #expect(evidence.sharpesPerReturn == sweep.training.sharpeRatios.map { $0 / annual })
    // Rounding: power sums of 210 returns against two passes.
    #expect(
      Tolerance.rounding(absolute: 210 * 8 * UnitRoundoff.double)
        .accepts(evidence.winnerSharpePerReturn, convention.sharpe(evidence.winnerReturns)))
  }

  @Test(arguments: cases) func countsTheReturnsOfTheConvention(convention: Convention, fill: Fill) throws {
    let sweep = try sweep(convention, fill)
    let evidence = sweep.evidence
    #expect(evidence.unit == (convention == .perTrade ? "bar in the market" : "bar"))
    for (strategy, path) in sweep.paths.enumerated() {
      let inMarket = path.positions[0..<210].count { $0 != 0 }
      #expect(evidence.returnCounts[strategy] == (convention == .perTrade ? inMarket : 210))
    }
    #expect(evidence.winnerReturns.count == evidence.returnCounts[sweep.winner])
    #expect(evidence.periodsPerYear == sweep.experiment.barsPerYear)
  }

  @Test(arguments: Fill.allCases) func theMarketIsHeldFromTheFirstBar(fill: Fill) throws {
    let sweep = try MeasuredSweep(
      Configuration.fewCoins.with {
        $0.strategies.buyProbability = 1
        $0.backtest.feeBasisPoints = 0
        $0.backtest.fill = fill
        $0.statistics.benchmark = .market
      })
    let evidence = sweep.evidence
    #expect(evidence.benchmarkName == "market")
    let held = try #require(evidence.benchmark)
    let (open, close) = (sweep.experiment.market.open, sweep.experiment.market.close)
    #expect(held.count == 210)
    for bar in 0..<210 {
      let isEarned = bar > 0 && (fill == .close || bar < 209)
      let earned = fill == .close ? close[bar] / close[max(bar - 1, 0)] : open[bar + 1] / open[bar]
      #expect(held[bar] == (isEarned ? earned - 1 : 0))
    }
    // A coin that always says buy holds the market, too.
    let path = sweep.experiment.backtest.path(of: 0, in: sweep.experiment.strategies)
    #expect(held == Array(path.netReturns[0..<210]))
  }

  @Test(arguments: SweepBenchmark.allCases, Direction.allCases)
  func theBenchmarkIsTheOneThatWasAskedFor(benchmark: SweepBenchmark, direction: Direction) throws {
    let evidence = try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.strategies.direction = direction
        $0.statistics.benchmark = benchmark
      }
    ).evidence
    #expect(evidence.benchmarkName == benchmark.rawValue)
    #expect((evidence.benchmark != nil) == (benchmark == .market))
  }

  /// Each strategy's own exposure, by what its positions and the market are before and after a bar.
  @Test(arguments: Direction.allCases, KernelChoice.allCases)
  func exposureIsTakenOutOfWhatIsTested(direction: Direction, kernel: KernelChoice) throws {
    let sweep = try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.strategies.direction = direction
        $0.backtest.kernel = kernel
      })
    let held = sweep.experiment.holding
    let found = Self.columns(of: sweep.evidence.tested)
    for (column, path) in zip(found, sweep.paths) {
      #expect(path.positions[0..<209].contains { $0 != 0 })
      #expect(column[0] == 0)
      for bar in 1..<210 {
        let position = Double(path.positions[bar - 1])
        let earlier = bar == 1 ? position : Double(path.positions[0..<bar - 1].reduce(0, +)) / Double(bar - 1)
        let later = 209 - bar
        let mean = held[(bar + 1)...].reduce(0, +) / Double(max(later, 1))
        let deviation = (Double(later) / Double(later + 1)).squareRoot() * (held[bar] - mean)
        let expected = path.netReturns[bar] - position * held[bar] + (position - earlier) * deviation
        #expect(abs(column[bar] - expected) < 1e-15)
      }
    }
  }

  /// Exactly nothing is left of a strategy that is always in the market, in either precision.
  @Test(arguments: Precision.allCases) func alwaysInTheMarketIsNoSkill(precision: Precision) throws {
    let sweep = try MeasuredSweep(
      Configuration.fewCoins.with {
        $0.strategies.buyProbability = 1
        $0.backtest.precision = precision
        $0.backtest.feeBasisPoints = 0
      })
    #expect(Self.columns(of: sweep.evidence.tested).allSatisfy { $0.allSatisfy { $0 == 0 } })
    let snooping = try sweep.report().snooping.get()
    #expect(snooping.withoutVariance == 20 && snooping.superiorAbility.consistent.isNaN)
    #expect(snooping.stepwise.rejected.isEmpty)
  }

  private static func columns(of source: some ReturnSource) -> [[Double]] {
    DisjointSlots.fill(count: source.strategies, repeating: [Double]()) { slots in
      source.forEachTile(threads: 2) {
        0
      } body: { _, tile in
        for lane in 0..<tile.count { slots.write(tile.column(lane), at: tile.firstStrategy + lane) }
      }
    }
  }

  @Test func allReturnsAreThoseOfTheReference() throws {
    let sweep = try sweep(.portfolio, .close)
    let source = sweep.evidence.returns
    #expect(source.bars == 210 && source.strategies == 9)
    let columns = Self.columns(of: source)
    #expect(columns == sweep.paths.map { Array($0.netReturns[0..<210]) })
  }
}
