import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct AutocorrelatedSharpeTests {
  /// Rounding: sums of n terms, in units of the deviation.
  @Test(arguments: StatisticsFigures.matrices, [0, 3, 11])
  func standardErrorAgreesWithNumPysMatrices(name: String, column: Int) throws {
    let returns = try StatisticsFigures.matrix(name).column(column)
    let figures = try StatisticsFigures.values("lo", name)
    for lags in [0, 1, 6] {
      let expected = try #require(figures["\(column)/\(lags)"])[0]
      let found = AutocorrelatedSharpe.standardErrorPerBar(returns, lags: lags)
      #expect(relativeError(found, expected) < 64 * Double(returns.count) * UnitRoundoff.double)
    }
  }

  /// Without lags it is the standard error of independent returns, by moments with n.
  @Test(arguments: StatisticsFigures.matrices)
  func withoutLagsIsTheErrorOfIndependentReturns(name: String) throws {
    let returns = try StatisticsFigures.matrix(name).column(0)
    let moments = ReturnMoments(returns)
    let population = SharpeEstimate(
      bars: returns.count, sharpePerBar: moments.mean / moments.populationVariance.squareRoot(),
      skewness: moments.skewness, kurtosis: moments.kurtosis)
    #expect(
      relativeError(
        AutocorrelatedSharpe.standardErrorPerBar(returns, lags: 0), population.standardErrorPerBar)
        < 64 * Double(returns.count) * UnitRoundoff.double)
  }

  /// Lo 2002, table 1: standard errors of monthly Sharpe ratios .5 to 3 under independent normal returns.
  @Test(arguments: [
    (sharpe: 0.5, bars: 12, expected: 0.306), (1.0, 12, 0.354), (1.5, 24, 0.298), (2.0, 60, 0.224),
    (3.0, 500, 0.105),
  ])
  func independentNormalReturns(sharpe: Double, bars: Int, expected: Double) {
    let error = SharpeEstimate(bars: bars, sharpePerBar: sharpe).standardErrorPerBar
    #expect(Tolerance.published(decimals: 3).accepts(error, expected))
  }

  @Test(arguments: [-0.6, -0.1, 0, 0.1, 0.5, 0.9], [1, 2, 12, 250])
  func closedFormIsTheSumForAutoregressiveReturns(correlation: Double, bars: Int) {
    var power = 1.0
    let correlations = (1...bars).map { _ in
      power *= correlation
      return power
    }
    let summed = AutocorrelatedSharpe.aggregationFactor(bars: bars, autocorrelations: correlations)
    let closed = AutocorrelatedSharpe.aggregationFactor(bars: Double(bars), autocorrelation: correlation)
    #expect(relativeError(closed, summed) < 1e-12)
    if correlation == 0 { #expect(relativeError(summed, Double(bars).squareRoot()) < 1e-15) }
  }

  /// Rounding: both are sums of n terms.
  @Test func autocorrelationsAreThoseOfTheDefinition() {
    let series: [Double] = [1, 2, 4, 3, 0]
    let found = AutocorrelatedSharpe.autocorrelations(of: series, lags: 5)
    // Centred: -1 0 2 1 -2, whose squares sum to 10.
    for (value, expected) in zip(found, [0, -0.6, -0.1, 0.2]) {
      #expect(Tolerance.rounding(absolute: 16 * UnitRoundoff.double).accepts(value, expected))
    }
    #expect(found[4].isNaN)
    #expect(AutocorrelatedSharpe.autocorrelations(of: [1, 1, 1], lags: 1)[0].isNaN)
  }

  @Test func undefinedInput() {
    #expect(AutocorrelatedSharpe.standardErrorPerBar([]).isNaN)
    #expect(AutocorrelatedSharpe.standardErrorPerBar([1, 1, 1]).isNaN)
    #expect(AutocorrelatedSharpe.standardErrorPerBar([1, .nan, 2]).isNaN)
    #expect(AutocorrelatedSharpe.aggregationFactor(bars: 3, autocorrelations: [-0.9]).isNaN)
  }
}
