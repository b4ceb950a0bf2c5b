import Backtesting
import Kernels
import TestSupport
import Testing

@testable import Pipeline
@testable import Statistics

/// What cross-validation gets of a sweep is what the reference's net returns add up to.
@Suite struct SweepTalliesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let metric: Metric
    var convention = Convention.portfolio
    let bars: CrossValidatedBars
    var fill = Fill.close

    var testDescription: String { "\(metric), \(convention), \(bars), \(fill)" }

    var configuration: Configuration {
      Configuration.fewCrosses.with {
        $0.selection.metric = metric
        $0.backtest.convention = convention
        // What costs do to bars in the market is for the tests of the kernels: they are not net returns.
        if convention == .perTrade { $0.backtest.feeBasisPoints = 0 }
        $0.backtest.fill = fill
        $0.statistics.crossValidated = bars
      }
    }
  }

  private static let cases = CrossValidatedBars.allCases.flatMap { bars in
    [
      Case(metric: .sharpeRatio, bars: bars),
      Case(metric: .sharpeRatio, bars: bars, fill: .nextOpen),
      Case(metric: .totalReturn, bars: bars),
      Case(metric: .sortinoRatio, bars: bars, fill: .nextOpen),
      Case(metric: .kurtosis, bars: bars),
      Case(metric: .sharpeRatio, convention: .perTrade, bars: bars),
      Case(metric: .winRate, convention: .perTrade, bars: bars),
      Case(metric: .profitFactor, convention: .perTrade, bars: bars, fill: .nextOpen),
    ]
  }

  /// The sums that bars alone decide, one bar after the other.
  private static func tally(_ path: ReferenceKernel.Path, _ bars: Range<Int>) -> Tally {
    var tally = Tally(bars: bars.count)
    for bar in bars {
      let x = path.netReturns[bar]
      tally.barsInMarket += bar > 0 ? abs(path.positions[bar - 1]) : 0
      tally.winningBars += x > 0 ? 1 : 0
      tally.sum += x
      tally.sumOfSquares += x * x
      tally.sumOfCubes += x * x * x
      tally.sumOfFourths += x * x * x * x
      tally.sumOfLosses += min(x, 0)
      tally.sumOfSquaredLosses += min(x, 0) * min(x, 0)
      tally.growth *= max(1 + x, 0)
    }
    return tally
  }

  /// Rounding: of n returns each is off by four units of what is near 1, and each of n additions by one of a sum that
  /// is at most n times the largest return, here below 0.2.
  @Test(arguments: cases) func blockSumsAreThoseOfTheReference(_ run: Case) throws {
    let sweep = try MeasuredSweep(run.configuration)
    let found = try sweep.tallies.blocks.get()
    let foundSums = try #require(sweep.tallies.sums)
    let cut = sweep.experiment.cut
    #expect(found.metricName == run.metric.rawValue)
    #expect(found.droppedBars == cut.dropped.count && cut.dropped.count > 0)
    #expect(cut.blocks.last?.upperBound == (run.bars == .all ? 300 : 210))
    // A block that straddles training and validation is among them.
    #expect(cut.blocks.contains { $0.lowerBound < 210 && $0.upperBound > 210 } == (run.bars == .all))
    let paths = sweep.paths
    #expect(paths.allSatisfy { $0.netReturns.allSatisfy { abs($0) < 0.2 } })
    let expected = try BlockSums(
      barsInBlock: cut.blocks.map(\.count), strategies: paths.count, quantities: found.metric.quantities
    ) { strategy, block in Self.tally(paths[strategy], cut.blocks[block]) }
    #expect(foundSums.barsInBlock == expected.barsInBlock)
    let n = Double(cut.blocks[0].count)
    let tolerance = Tolerance.rounding(absolute: n * UnitRoundoff.double * (4 + 0.2 * n))
    var compared = 0
    for group in 0..<expected.groups {
      for quantity in expected.quantities.indices {
        for block in 0..<expected.blocks {
          let (sums, needed) = (
            foundSums.lanes(group: group, quantity: quantity, block: block),
            expected.lanes(group: group, quantity: quantity, block: block)
          )
          for lane in 0..<BlockSums.Lanes.scalarCount where needed[lane] != 0 {
            #expect(tolerance.accepts(sums[lane], needed[lane]))
            compared += 1
          }
        }
      }
    }
    #expect(compared >= 72)
  }

  /// Rounding: power sums of returns whose mean is small against their deviation lose few digits to a second pass.
  @Test(arguments: cases.filter { $0.metric == .sharpeRatio })
  func crossValidationIsThatOfRowsOfReturns(_ run: Case) throws {
    let sweep = try MeasuredSweep(run.configuration)
    let blocks = try sweep.tallies.blocks.get()
    let found = try BacktestOverfitting(blocks.shape, metric: blocks.metric, forEachPart: blocks.forEachPart)
    let cut = sweep.experiment.cut.blocks
    #expect(found.splits.count == 70)
    let paths = sweep.paths
    func sharpes(_ isChosen: (Int) -> Bool) -> [Double] {
      let bars = cut.indices.filter(isChosen).flatMap { Array(cut[$0]) }
      return paths.map { run.convention.sharpe($0.returns(bars, run.convention)) }
    }
    let tolerance = Tolerance.rounding(absolute: 300 * 8 * UnitRoundoff.double)
    var overfit = 0
    for split in found.splits {
      let isInSample = { (block: Int) in split.inSampleBlocks >> UInt32(block) & 1 == 1 }
      let inSample = sharpes(isInSample)
      let outOfSample = sharpes { !isInSample($0) }
      let best = try #require(inSample.max())
      let selected = try #require(inSample.firstIndex(of: best))
      #expect(split.selected == selected)
      #expect(tolerance.accepts(split.inSample, best))
      #expect(tolerance.accepts(split.outOfSample, outOfSample[selected]))
      // Crosses that are the same on all bars of a half are equal there, bit for bit.
      let worse = outOfSample.count { $0 < outOfSample[selected] }
      let equal = outOfSample.count { $0 == outOfSample[selected] }
      #expect(split.worseOutOfSample == worse && split.equalOutOfSample == equal)
      let rank = Double(worse) + Double(equal + 1) / 2
      if rank / 10 <= 0.5 { overfit += 1 }
    }
    #expect(found.probability == Double(overfit) / 70)
  }

  @Test func theTableIsThatOfTheSweepWithoutBlocks() throws {
    // Blocks decide where sums are taken, and nothing else.
    let with = try MeasuredSweep(.fewCrosses)
    let without = try MeasuredSweep(Configuration.fewCrosses.with { $0.statistics.blocks = 0 })
    for strategy in 0..<9 {
      for segment in 0..<2 {
        let (a, b) = (
          with.tallies.table.tally(of: strategy, segment: segment),
          without.tallies.table.tally(of: strategy, segment: segment)
        )
        #expect(a.bars == b.bars && a.tradesClosed == b.tradesClosed && a.winningBars == b.winningBars)
        #expect(Tolerance.rounding(absolute: 300 * 2 * UnitRoundoff.double).accepts(a.sum, b.sum))
      }
    }
  }
}
