import Backtesting
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// The bounds of the winner's true Sharpe ratio, of a table of returns and of a sweep.
@Suite struct WinnerBoundsTests {
  /// Rounding: deviations from two passes, and roots that are found to neighbouring numbers.
  private static let tolerance = Tolerance.rounding(absolute: 1e-9)

  @Test(arguments: 1...4) func areThoseOfTheMatrix(seed: UInt64) throws {
    let rows = StatsSample.noise(bars: 200, strategies: 6, seed: seed)
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows)) { $0.resamples = 400 }
    let found = try report.overfitting.snooping.get()
    let matrix = try ReturnMatrix(bars: 200, strategies: 6, values: rows.flatMap(\.self))
    let resamples = try Resamples(
      .stationary(meanBlockLength: found.blockLength), bars: 200, count: 400, seed: StatsOptions().seed)
    let snooping = try DataSnooping(matrix, resamples: resamples)
    let moments = (0..<6).map { ReturnMoments(matrix.column($0)) }
    let sharpes = moments.map(\.sharpePerBar)
    let winner = try #require(sharpes.indices.max { sharpes[$0] < sharpes[$1] })
    let own = snooping.means[winner]
    let beyond = own.corrected(by: matrix.column(winner)).longRunDeviation / own.longRunDeviation
    let errors = zip(snooping.means, moments).map {
      beyond * $0.sharpeError(deviation: $1.variance.squareRoot())
    }
    let covariances = LongRunCovariance.all(
      of: matrix, with: winner, meanBlockLength: found.blockLength)
    let bound = WinnerBound(
      winner: winner, sharpesPerBar: sharpes, standardErrorsPerBar: errors,
      correlations: zip(covariances, snooping.means).map {
        $0 / ($1.longRunDeviation * own.longRunDeviation)
      })
    let luck = LuckOfTheBest(snooping.maxima)
    let annual = report.overfitting.periodsPerYear.squareRoot()
    let conditional = try found.bounds.conditional.get()
    for (value, expected, path) in [
      (
        found.bounds.simultaneous, sharpes[winner] - luck.criticalValue(level: 0.05) * errors[winner],
        "simultaneous_annualized"
      ),
      (conditional.bound, bound.conditional(), "conditional.bound_annualized"),
      (conditional.hybrid, bound.hybrid(luck: luck), "conditional.hybrid_annualized"),
      (conditional.median, bound.median, "conditional.median_annualized"),
    ] {
      #expect(Self.tolerance.accepts(value, expected), "\(path): \(value), \(expected)")
      #expect(try json.number("data_snooping.sharpe_bounds.\(path)") == value * annual, "\(path)")
    }
    #expect(found.bounds.simultaneous < sharpes[winner] && conditional.bound < conditional.median)
    let lines = report.overfitting.rows(DetectionOptions())
    for name in ["luck of the best", "winner's p-value", "Sharpe at least"] {
      #expect(lines.count { $0.name == name } == 1)
    }
  }

  /// What was chosen by something else did not win by this Sharpe ratio.
  @Test(arguments: [Metric.sharpeRatio, .totalReturn], SweepBenchmark.allCases)
  func onlyWhereThatChose(metric: Metric, benchmark: SweepBenchmark) throws {
    let sweep = try MeasuredSweep(
      Configuration.fewCrosses.with {
        $0.selection.metric = metric
        $0.statistics.benchmark = benchmark
      })
    let found = try sweep.report().snooping.get().bounds
    let isKnown = metric == .sharpeRatio && benchmark == .cash
    #expect(((try? found.conditional.get()) != nil) == isKnown)
    #expect(found.simultaneous.isFinite)
    let reason = try? sweep.document().text("data_snooping.sharpe_bounds.conditional.not_computed")
    #expect((reason == nil) == isKnown)
  }
}
