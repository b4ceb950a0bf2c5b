import Statistics
import TestSupport
import Testing

/// The figures are those of STATISTICS.md, E, D and L, with as many digits as it prints.
@Suite struct DeflatedSharpeTests {
  @Test(arguments: [
    (trials: 10.0, expected: 1.574598), (45, 2.235640), (46, 2.244171), (88, 2.485295), (1_000, 3.255122),
    (1_000_000, 4.867860),
  ])
  func expectedMaximum(trials: Double, expected: Double) {
    #expect(Tolerance.published(decimals: 6).accepts(ExpectedMaximum.approximate(trials: trials), expected))
  }

  @Test func expectedMaximumOfAHundred() {
    let found = ExpectedMaximum.approximate(trials: 100)
    #expect(Tolerance.published(decimals: 14).accepts(found, 2.5306028932016846))
    #expect(Tolerance.published(decimals: 6).accepts(ExpectedMaximum.exact(trials: 1_000_000), 4.862897))
  }

  /// Rounding: some thousand terms, most of them far below the sum.
  @Test(arguments: [
    "1.5", "2", "3", "10", "88", "1000", "1000000", "1000000000000", "1000000000000000000",
  ])
  func exactMaximumAgreesWithArithmeticOfFortyDigits(trials: String) throws {
    let expected = try #require(try StatisticsFigures.values("maximum", trials)["exact"])[0]
    #expect(relativeError(ExpectedMaximum.exact(trials: Double(trials)!), expected) < 1e-13)
  }

  @Test func maximaOfFewTrials() {
    for maximum in [ExpectedMaximum.approximate, ExpectedMaximum.exact] {
      #expect(maximum(1) == 0 && maximum(0.5).isNaN && maximum(.nan).isNaN)
    }
    #expect(ExpectedMaximum.approximate(trials: 1.1) == 0)
    #expect(relativeError(ExpectedMaximum.exact(trials: 2), 1 / Double.pi.squareRoot()) < 1e-14)
    var previous = (approximate: 0.0, exact: 0.0)
    for step in 1...90 {
      let trials = 1 + Double(step * step) / 8
      let next = (ExpectedMaximum.approximate(trials: trials), ExpectedMaximum.exact(trials: trials))
      #expect(next.0 >= previous.approximate && next.1 > previous.exact)
      previous = next
    }
  }

  static func paper(trials: Double, skewness: Double = -3, kurtosis: Double = 10) -> DeflatedSharpe {
    let best = SharpeEstimate(
      bars: 1_250, sharpePerBar: 2.5 / 250.0.squareRoot(), skewness: skewness, kurtosis: kurtosis)
    return DeflatedSharpe(best: best, trials: trials, varianceAcrossTrials: 0.5 / 250)
  }

  @Test func deflatedSharpeOfThePaper() {
    let deflated = Self.paper(trials: 100)
    #expect(Tolerance.published(decimals: 12).accepts(deflated.benchmarkPerBar, 0.113172001865))
    #expect(Tolerance.published(decimals: 14).accepts(deflated.probability, 0.9003968344493903))
    #expect(deflated.convention == .bailey2012)
  }

  @Test(arguments: [
    (trials: 46.0, expected: 0.9505017069, decimals: 10), (10, 0.99387964, 8), (50, 0.94615774, 8),
    (1_000, 0.63991496, 8),
  ])
  func deflatedSharpeByTrials(trials: Double, expected: Double, decimals: Int) {
    #expect(Tolerance.published(decimals: decimals).accepts(Self.paper(trials: trials).probability, expected))
  }

  @Test(arguments: [(trials: 88.0, expected: 0.9504908167), (100, 0.9427705860)])
  func deflatedSharpeOfNormalReturns(trials: Double, expected: Double) {
    let found = Self.paper(trials: trials, skewness: 0, kurtosis: 3).probability
    #expect(Tolerance.published(decimals: 10).accepts(found, expected))
  }

  @Test(arguments: ProbabilisticSharpeConvention.allCases)
  func oneTrialIsNotDeflated(convention: ProbabilisticSharpeConvention) {
    let best = SharpeEstimate(bars: 60, sharpePerBar: 0.1, skewness: 1, kurtosis: 4)
    // One trial alone has no variance across trials.
    for variance in [0.01, .nan] {
      let deflated = DeflatedSharpe(
        best: best, trials: 1, varianceAcrossTrials: variance, convention: convention)
      #expect(deflated.probability == best.probability(above: 0, convention: convention))
      #expect(deflated.benchmarkPerBar == 0)
    }
    let two = DeflatedSharpe(best: best, trials: 2, varianceAcrossTrials: .nan, convention: convention)
    #expect(two.probability.isNaN)
  }

  @Test func undefinedSharpesAreCountedAndLeftOut() {
    let (variance, undefined) = DeflatedSharpe.varianceAcrossTrials([0.1, .nan, 0.3, 0.2, .nan])
    #expect(relativeError(variance, 0.01) < 1e-14)
    #expect(undefined == 2)
    #expect(DeflatedSharpe.varianceAcrossTrials([.nan, 0.1]).variance.isNaN)
  }

  @Test func minimumBacktestLength() {
    let years = MinimumBacktestLength.years(trials: 45, sharpeAnnualized: 1)
    #expect(Tolerance.published(decimals: 6).accepts(years, 4.998087))
    let bound = MinimumBacktestLength.upperBoundInYears(trials: 45, sharpeAnnualized: 1)
    #expect(Tolerance.published(decimals: 4).accepts(bound, 7.6133))
    let seven = MinimumBacktestLength.years(trials: 7, sharpeAnnualized: 1)
    #expect(Tolerance.published(decimals: 3).accepts(seven, 1.923))
    #expect(MinimumBacktestLength.years(trials: 45, sharpeAnnualized: 2) == years / 4)
    #expect(MinimumBacktestLength.years(trials: 45, sharpeAnnualized: 0).isNaN)
    #expect(MinimumBacktestLength.years(trials: 1, sharpeAnnualized: 1) == 0)
  }
}
