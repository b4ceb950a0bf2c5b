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

  @Test func withoutResamplesThereIsNoViewByThem() throws {
    let report = try MeasuredSweep(Configuration.fewCrosses.with { $0.statistics.resamples = 0 }).report()
    #expect(report.deflation.views.map(\.basis) == [.published, .dependence])
  }
}
