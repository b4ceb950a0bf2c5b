import Artifacts
import Backtesting
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// The bars that the winner's Sharpe ratio is compared with.
@Suite struct DeflationFindingTests {
  private static let tolerance = Tolerance.rounding(absolute: 1e-12)

  @Test(arguments: SweepBenchmark.allCases, Convention.allCases)
  func barsWithoutSkill(benchmark: SweepBenchmark, convention: Convention) throws {
    let sweep = try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.statistics.benchmark = benchmark
        $0.backtest.convention = convention
      })
    let report = try sweep.report()
    let (views, estimate) = (report.deflation.views, report.sharpe.estimate)
    #expect(views.map(\.basis) == [.published, .dependence, .resampling])
    let tested = TestedSample(sweep.evidence)
    let squares = zip(tested.sharpesPerReturn, tested.returnCounts).map {
      (1 + $0 * $0 / 2) / Double($1)
    }
    let correlation = max(0, try report.dependence.get().dependence.averageCorrelation)
    let dependence =
      ((1 - correlation) * squares.reduce(0, +) / 9).squareRoot() * ExpectedMaximum.approximate(trials: 9)
    let found = try report.snooping.get()
    // So many standard errors of the winner's statistic.
    let resampling = estimate.sharpePerBar * found.luck.mean / found.winner.mean.statistic
    for (view, bar) in zip(views.dropFirst(), [dependence, resampling]) {
      #expect(Self.tolerance.accepts(view.deflated.benchmarkPerBar, bar), "\(view.basis)")
      #expect(
        view.deflated.probability == estimate.probability(above: view.deflated.benchmarkPerBar))
      #expect(
        view.deflated2025.probability
          == estimate.probability(above: view.deflated.benchmarkPerBar, convention: .lopezDePrado2025))
    }
    let names = report.rows(DetectionOptions()).map(\.name)
    #expect(names.contains("  by resampling") && names.contains("  by dependence"))
    let json = try sweep.document()
    for (place, view) in views.enumerated() {
      let path = "deflated_sharpe.views.\(place)"
      #expect(try json.text("\(path).basis") == view.basis.rawValue)
      #expect(try json.number("\(path).benchmark_sharpe_per_return") == view.deflated.benchmarkPerBar)
      #expect(try json.number("\(path).variance_across_trials").isNaN == (place > 0))
    }
  }

  /// The more the strategies differ in skill, the higher is the published bar; those without skill in them stay.
  @Test func skillRaisesThePublishedBarAlone() throws {
    func bars(_ spread: Double) throws -> [Double] {
      let noise = StatsSample.noise(bars: 400, strategies: 12)
      let rows = noise.map { row in row.enumerated().map { $1 + spread * (Double($0) - 5.5) } }
      let views = try StatsSample.run(StatsSample.file(rows)).report.overfitting.deflation.views
      return views.map(\.deflated.benchmarkPerBar)
    }
    // Mean returns up to a fifth of a deviation beside those of noise.
    let (without, with) = (try bars(0), try bars(0.0004))
    #expect(with[0] > 1.5 * without[0])
    for view in 1...2 { #expect(abs(with[view] / without[view] - 1) < 0.2) }
  }

  /// Copies are trials and nothing else: each bar rises with their number alone.
  @Test func copiesLowerNoBar() throws {
    let noise = StatsSample.noise(bars: 120, strategies: 20, seed: 4)
    func run(_ rows: [[Double]]) throws -> (report: StatsReport, json: JSONValue) {
      let names = rows[0].indices.map { "s\($0)" }
      let (report, json, _) = try StatsSample.run(StatsSample.file(rows, names: names))
      return (report, json)
    }
    let sharpes = (0..<20).map { column in ReturnMoments(noise.map { $0[column] }).sharpePerBar }
    let median = try #require(sharpes.firstIndex(of: sharpes.sorted()[10]))
    let few = try run(noise)
    let many = try run(noise.map { $0 + Array(repeating: $0[median], count: 100) })
    let (before, after) = (few.report.overfitting.deflation, many.report.overfitting.deflation)
    #expect(after.varianceAcrossTrials == before.varianceAcrossTrials)
    #expect(after.headline.probability < before.headline.probability)
    let more = ExpectedMaximum.approximate(trials: 120) / ExpectedMaximum.approximate(trials: 20)
    for view in 0...1 {
      let (old, new) = (before.views[view].deflated, after.views[view].deflated)
      #expect(Self.tolerance.accepts(new.benchmarkPerBar, old.benchmarkPerBar * more), "\(view)")
    }
    #expect(try many.json.count("deflated_sharpe.trials_copied") == 100)
    #expect(try many.json.count("deflated_sharpe.trials_distinct") == 20)
    #expect(try few.json.count("deflated_sharpe.trials_copied") == 0)
    let row = many.report.overfitting.rows(DetectionOptions()).first { $0.name == "deflated Sharpe" }
    #expect(row?.reading.hasSuffix("; 100 copies of others count as trials, not in their spread") == true)
  }

  @Test func withoutResamplesThereIsNoViewByThem() throws {
    let report = try MeasuredSweep(Configuration.fewCrosses.with { $0.statistics.resamples = 0 }).report()
    #expect(report.deflation.views.map(\.basis) == [.published, .dependence])
  }
}
