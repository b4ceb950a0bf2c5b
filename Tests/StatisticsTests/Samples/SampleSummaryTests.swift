import Statistics
import TestSupport
import Testing

@Suite struct SampleSummaryTests {
  /// Student's own sample: additional hours of sleep (1908, p. 20), mean 1.58, s² = 1.513 with n - 1; the quantile of 9
  /// degrees of freedom for 95 % is 2.262 in every table.
  @Test func student() {
    let summary = SampleSummary([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4])
    #expect(Tolerance.published(decimals: 2).accepts(summary.mean, 1.58))
    #expect(Tolerance.published(decimals: 3).accepts(summary.standardError, 0.389))
    #expect(Tolerance.published(decimals: 2).accepts(summary.upper, 2.46))
    #expect(Tolerance.published(decimals: 2).accepts(summary.lower, 0.70))
  }

  @Test func quantilesLieOnStraightLines() {
    let summary = SampleSummary([4, .nan, 1, 3, 2], quantiles: [0, 0.25, 0.5, 0.9, 1])
    #expect(summary.count == 4 && summary.undefined == 1)
    #expect(summary.quantiles[0] == 1 && summary.quantiles[2] == 2.5 && summary.quantiles[4] == 4)
    let rounding = Tolerance.rounding(absolute: 8 * UnitRoundoff.double)
    #expect(rounding.accepts(summary.quantiles[1], 1.75))
    #expect(rounding.accepts(summary.quantiles[3], 3.7))
  }

  @Test(arguments: [[], [Double.nan], [2.5]]) func tooFew(values: [Double]) {
    let summary = SampleSummary(values, quantiles: [0.5])
    #expect(summary.standardError.isNaN && summary.lower.isNaN && summary.upper.isNaN)
    #expect(summary.mean.isNaN == (summary.count == 0) && summary.quantiles[0].isNaN == (summary.count == 0))
  }

  @Test func equalFiguresAreCertain() {
    let summary = SampleSummary([0.1, 0.1, 0.1])
    #expect(summary.mean == 0.1 && summary.standardError == 0 && summary.lower == 0.1 && summary.upper == 0.1)
  }
}
