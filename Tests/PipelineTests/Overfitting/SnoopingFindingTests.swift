import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What resampling says of the winner and of luck, of a sweep.
@Suite struct SnoopingFindingTests {
  private static let cases: [Configuration] = SweepBenchmark.allCases.flatMap { benchmark in
    [0, 20].map { trades in
      Configuration.fewCrosses.with {
        $0.backtest.kernel = .reference
        $0.statistics.benchmark = benchmark
        $0.selection.minimumTrades = trades
      }
    }
  }

  /// Rounding: the benchmark is taken out before sums are made or after, of numbers of some hundredths.
  private static let tolerance = Tolerance.rounding(absolute: 1e-12)

  @Test(arguments: cases.indices) func theWinnerIsMeasuredByWhatIsTested(index: Int) throws {
    let sweep = try MeasuredSweep(Self.cases[index])
    let found = try sweep.report().snooping.get()
    let excess = sweep.excess(sweep.paths[sweep.winner])
    for (one, other) in zip(sweep.evidence.testedReturns(of: sweep.winner), excess) {
      #expect(Self.tolerance.accepts(one, other))
    }
    #expect(Self.tolerance.accepts(found.winner.sharpePerBar, ReturnMoments(excess).sharpePerBar))
    #expect(Self.tolerance.accepts(found.winner.mean.mean, excess.reduce(0, +) / 210))
    let deviation = found.winner.standardErrorPerBar * (210 * ReturnMoments(excess).variance).squareRoot()
    #expect(Self.tolerance.accepts(found.winner.mean.longRunDeviation, deviation))
    #expect(found.winner.pValue == found.stepdown.pValues[sweep.winner])
    #expect(found.winner.sharpePerBar(standardErrors: 2) == 2 * found.winner.standardErrorPerBar)
  }

  /// That of the very numbers, in a matrix of those that may be chosen alone.
  @Test(arguments: cases.indices) func theWinnersPValueIsThatOfThoseThatMayBeChosen(index: Int) throws {
    let sweep = try MeasuredSweep(Self.cases[index])
    let found = try sweep.report().snooping.get()
    let standing = sweep.evidence.eligible ?? Array(0..<9)
    let columns = standing.map { sweep.evidence.testedReturns(of: $0) }
    let matrix = try ReturnMatrix(
      bars: 210, strategies: columns.count, values: (0..<210).flatMap { bar in columns.map { $0[bar] } })
    let resamples = try Resamples(
      .stationary(meanBlockLength: found.blockLength), bars: 210, count: 50,
      seed: sweep.experiment.configuration.strategies.seed)
    let expected = try DataSnooping(matrix, resamples: resamples)
    let place = try #require(standing.firstIndex(of: sweep.winner))
    #expect(found.winner.pValue == expected.stepdown(errors: .corrected).pValues[place])
    #expect(found.luck == LuckOfTheBest(expected.maxima))
    #expect(found.luckCurve == expected.luckCurve())
    #expect(found.luckCurve.points.last?.strategies == standing.count)
    #expect(found.stepdown.pValues.indices.filter { !found.stepdown.pValues[$0].isNaN } == standing)
    let plan = MeasurePlan(sweep.experiment.configuration, threads: 1)
    let decision = try SnoopingFinding.Decision(sweep.evidence, plan: plan)
    #expect(decision.winnerPValue == found.winner.pValue)
    #expect(decision.superiorAbility == found.superiorAbility)
  }

  @Test func theDocumentSaysIt() throws {
    let sweep = try MeasuredSweep(.fewCrosses)
    let found = try sweep.report().snooping.get()
    let json = try sweep.document().at("data_snooping")
    let annual = sweep.experiment.barsPerYear.squareRoot()
    #expect(try json.number("stepdown.winner_p_value") == found.winner.pValue)
    #expect(try json.number("stepdown.winner_sharpe_annualized") == found.winner.sharpePerBar * annual)
    #expect(try json.count("stepdown.exact") == 9)
    for (name, errors) in [("mean", found.luck.mean), ("quantile_95", found.luck.quantile(0.95))] {
      #expect(errors > 0)
      #expect(try json.number("luck_of_the_best.\(name).standard_errors") == errors)
      #expect(
        try json.number("luck_of_the_best.\(name).sharpe_annualized")
          == errors * found.winner.standardErrorPerBar * annual)
    }
    guard case .list(let points) = try json.at("luck_curve") else {
      throw ReadJSON.Missing(path: "luck_curve")
    }
    #expect(try points.map { try $0.count("strategies") } == [1, 2, 4, 8, 9])
    // Rounding: another order of summation.
    let last = try #require(try points.last?.number("mean"))
    #expect(Self.tolerance.accepts(last, found.luck.mean))
  }
}
