import Statistics
import TestSupport
import Testing

/// The figures are those of STATISTICS.md, P and M, with as many digits as it prints.
@Suite struct ProbabilisticSharpeTests {
  @Test(arguments: [
    (estimate: SharpeEstimate(bars: 24, sharpePerBar: 0.458), expected: 0.981675, decimals: 6),
    (SharpeEstimate(bars: 24, sharpePerBar: 0.458, skewness: -2.448, kurtosis: 10.164), 0.913, 3),
    (SharpeEstimate(bars: 500, sharpePerBar: 0.10, skewness: -0.5, kurtosis: 4), 0.9850816470, 10),
    (SharpeEstimate(bars: 100, sharpePerBar: 0.01), 0.5396278699, 10),
    (SharpeEstimate(bars: 100, sharpePerBar: -0.05), 0.3095299774, 10),
  ])
  func convention2012(estimate: SharpeEstimate, expected: Double, decimals: Int) {
    #expect(Tolerance.published(decimals: decimals).accepts(estimate.probability(above: 0), expected))
  }

  static let fund = SharpeEstimate(
    bars: 24, sharpePerBar: 0.036 / 0.079, skewness: -2.448, kurtosis: 10.164)

  @Test(arguments: [(benchmark: 0.0, expected: 0.987), (0.1, 0.939)])
  func convention2025(benchmark: Double, expected: Double) throws {
    let found = Self.fund.probability(above: benchmark, convention: .lopezDePrado2025)
    #expect(Tolerance.published(decimals: 3).accepts(found, expected))
    let length = try Self.fund.minimumTrackRecordLength(above: 0, convention: .lopezDePrado2025)
    #expect(Tolerance.published(decimals: 3).accepts(length, 13.029))
  }

  @Test(arguments: [
    (barsPerYear: 250.0, skewness: 0.0, kurtosis: 3.0, years: 2.7311878, decimals: 7),
    (52, 0, 3, 2.8288336, 7), (12, 0, 3, 3.2398, 4), (12, -0.72, 5.78, 4.991258, 6),
  ])
  func minimumTrackRecord(
    barsPerYear: Double, skewness: Double, kurtosis: Double, years: Double, decimals: Int
  ) throws {
    let estimate = SharpeEstimate(
      bars: 100, sharpePerBar: 2 / barsPerYear.squareRoot(), skewness: skewness, kurtosis: kurtosis)
    let bars = try estimate.minimumTrackRecordLength(above: 1 / barsPerYear.squareRoot())
    #expect(Tolerance.published(decimals: decimals).accepts(bars / barsPerYear, years))
  }

  @Test(arguments: ProbabilisticSharpeConvention.allCases)
  func aRecordOfTheMinimumLengthHasTheConfidence(convention: ProbabilisticSharpeConvention) throws {
    let estimate = SharpeEstimate(
      bars: 60, sharpePerBar: 0.2, skewness: -0.4, kurtosis: 5, autocorrelation: 0.1)
    let length = try estimate.minimumTrackRecordLength(above: 0.05, confidence: 0.9, convention: convention)
    func probability(bars: Double) -> Double {
      SharpeEstimate(
        bars: Int(bars), sharpePerBar: 0.2, skewness: -0.4, kurtosis: 5, autocorrelation: 0.1
      ).probability(above: 0.05, convention: convention)
    }
    #expect(probability(bars: length.rounded(.down)) <= 0.9 && probability(bars: length.rounded(.up)) >= 0.9)
  }

  @Test(arguments: ProbabilisticSharpeConvention.allCases, [0.2, 0.3])
  func noLengthIsEnoughBelowTheBenchmark(convention: ProbabilisticSharpeConvention, benchmark: Double) {
    let estimate = SharpeEstimate(bars: 60, sharpePerBar: 0.2)
    #expect(throws: StatisticsError.notAboveBenchmark(sharpePerBar: 0.2, benchmarkPerBar: benchmark)) {
      try estimate.minimumTrackRecordLength(above: benchmark, convention: convention)
    }
  }

  /// Positive autocorrelation of normal returns widens the error by (1 + ρ)/(1 - ρ) at a benchmark of 0.
  @Test func autocorrelationLowersTheConfidence() {
    let plain = SharpeEstimate(bars: 300, sharpePerBar: 0.1)
    let correlated = SharpeEstimate(bars: 100, sharpePerBar: 0.1 * 3.0.squareRoot(), autocorrelation: 0.5)
    let found = correlated.probability(above: 0, convention: .lopezDePrado2025)
    let independent = SharpeEstimate(bars: 100, sharpePerBar: 0.1 * 3.0.squareRoot())
      .probability(above: 0, convention: .lopezDePrado2025)
    #expect(found < independent)
    #expect(relativeError(found, NormalDistribution.cumulative(1)) < 1e-14)
    #expect(relativeError(independent, plain.probability(above: 0, convention: .lopezDePrado2025)) < 1e-14)
  }

  @Test func undefinedStaysUndefined() throws {
    let estimate = SharpeEstimate(ReturnMoments([0.1, 0.1, 0.1]))
    for convention in ProbabilisticSharpeConvention.allCases {
      #expect(estimate.probability(above: 0, convention: convention).isNaN)
      #expect(SharpeEstimate(bars: 1, sharpePerBar: 1).probability(above: 0, convention: convention).isNaN)
      #expect(try estimate.minimumTrackRecordLength(above: 0, convention: convention).isNaN)
    }
  }

  @Test func annualizesByTheRootOfTheBars() {
    #expect(SharpeEstimate(bars: 9, sharpePerBar: 0.1).annualized(barsPerYear: 256) == 0.1 * 16)
  }
}
