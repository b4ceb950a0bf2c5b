import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// One benchmark for all figures that judge the winner.
@Suite struct TestedSampleTests {
  private static let tolerance = Tolerance.rounding(absolute: 1e-9)

  private static func sweep(_ benchmark: SweepBenchmark, _ convention: Convention) throws -> MeasuredSweep {
    try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.backtest.kernel = .reference
        $0.backtest.convention = convention
        $0.statistics.benchmark = benchmark
      })
  }

  /// Every figure from the paths by the reference, less the benchmark.
  @Test(arguments: [SweepBenchmark.market, .exposure], Convention.allCases)
  func areLessTheBenchmark(benchmark: SweepBenchmark, convention: Convention) throws {
    let sweep = try Self.sweep(benchmark, convention)
    let report = try sweep.report()
    let moments = sweep.paths.map { ReturnMoments(sweep.excess($0)) }
    let winner = moments[sweep.winner]
    func expect(_ found: Double, _ value: Double, _ name: String) {
      #expect(Self.tolerance.accepts(found, value), "\(name): \(found), \(value)")
    }
    #expect(report.sharpe.unit == "bar" && report.sharpe.benchmark == benchmark.rawValue)
    expect(report.sharpe.estimate.sharpePerBar, winner.sharpePerBar, "Sharpe ratio")
    expect(report.sharpe.estimate.skewness, winner.skewness, "skewness")
    expect(
      try #require(report.sharpe.probabilistic[.bailey2012]), SharpeEstimate(winner).probability(above: 0),
      "PSR")
    let variance = ReturnMoments(moments.map(\.sharpePerBar)).variance
    let deflated = DeflatedSharpe(best: SharpeEstimate(winner), trials: 9, varianceAcrossTrials: variance)
    expect(report.deflation.headline.probability, deflated.probability, "DSR")
    expect(
      report.multiplicity.pValue, HaircutSharpe.pValue(sharpePerBar: winner.sharpePerBar, bars: 210), "p")
    expect(report.multiplicity.meanPerYear, winner.mean * report.periodsPerYear, "mean")
    expect(report.deflation.years, 210 / report.periodsPerYear, "years")
    // Before it is taken out the Sharpe ratio is that of the table.
    let annual = sweep.experiment.barsPerYear.squareRoot()
    expect(
      report.sharpe.annualizedBeforeBenchmark, sweep.evidence.winnerSharpePerReturn * annual, "before")
    #expect(report.rows(DetectionOptions()).contains { $0.name == "above benchmark" })
  }

  /// Where doing nothing is the benchmark, they are the returns that count.
  @Test(arguments: Convention.allCases) func againstCashAreThoseThatCount(convention: Convention) throws {
    let sweep = try Self.sweep(.cash, convention)
    let (evidence, tested) = (sweep.evidence, TestedSample(sweep.evidence))
    #expect(tested.winnerReturns == evidence.winnerReturns && tested.unit == evidence.unit)
    #expect(tested.winnerSharpePerReturn == evidence.winnerSharpePerReturn)
    #expect(tested.returnCounts == evidence.returnCounts)
    #expect(try !sweep.report().rows(DetectionOptions()).contains { $0.name == "above benchmark" })
  }

  /// A strategy that always holds its market has no skill by any of the figures, however much the market gains.
  @Test func whoHoldsARisingMarketHasNone() throws {
    var random = SeededGenerator(seed: 6)
    let market = (0..<192).map { _ in 0.01 * random.normal() + 0.004 }
    // What they have beside it is 0 on average.
    let rows = market.enumerated().map { bar, earned in
      (0..<6).map { earned + (bar >> $0 & 1 == 0 ? 0.001 : -0.001) } + [earned]
    }
    let names = (0..<6).map { "s\($0)" } + ["index"]
    let cash = try StatsSample.run(
      StatsSample.file(rows.map { Array($0.dropLast()) }, names: Array(names.dropLast())))
    let index = try StatsSample.run(StatsSample.file(rows, names: names)) { $0.benchmark = "index" }
    let psr = "sharpe_ratio.probabilistic_sharpe_ratio.2012"
    // A Sharpe ratio of 0.4 a bar over 192 bars.
    #expect(try cash.json.number(psr) > 0.999)
    #expect(Tolerance.rounding(absolute: 1e-9).accepts(try index.json.number(psr), 0.5))
    #expect(try index.json.text("sharpe_ratio.benchmark") == "index")
    #expect(
      try index.json.number("sharpe_ratio.before_benchmark.sharpe_annualized")
        == cash.json.number("sharpe_ratio.before_benchmark.sharpe_annualized"))
    #expect(
      try index.json.number("deflated_sharpe.deflated_sharpe_ratio") <= index.json.number(psr))
  }
}
