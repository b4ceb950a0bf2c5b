import Statistics
import TestSupport
import Testing

@Suite struct DiscoveryRatesTests {
  /// The example of López de Prado, Lipton & Zoonekynd 2025: STATISTICS.md, P3.
  private static let published = SharpeEstimate(
    bars: 24, sharpePerBar: 0.036 / 0.079, skewness: -2.448, kurtosis: 10.164)

  /// Published: 0.581 of the strategies that pass at 5 % are without skill, and 0.306 of those that do as well as this one,
  /// where one in twenty has a Sharpe ratio of 0.5.
  @Test func publishedRates() {
    let rates = DiscoveryRates(Self.published, alternativePerBar: 0.5)
    #expect(Tolerance.published(decimals: 3).accepts(rates.falseDiscoveryRate(prior: 0.05), 0.581))
    #expect(Tolerance.published(decimals: 3).accepts(rates.observedFalseDiscoveryRate(prior: 0.05), 0.306))
    #expect(Tolerance.published(decimals: 3).accepts(1 - rates.pValue, 0.987))
  }

  @Test func ratesFallWithThePrior() {
    let rates = DiscoveryRates(Self.published, alternativePerBar: 0.5)
    let found = [0.01, 0.05, 0.1, 0.5].map { rates.falseDiscoveryRate(prior: $0) }
    #expect(found == found.sorted(by: >))
    // As many with skill as without: the odds are those of the tails alone.
    #expect(relativeError(found[3], 0.05 / (0.05 + rates.power)) < 1e-14)
  }

  /// At the cut-off the equation holds, and just below it does not.
  @Test(arguments: [0.05, 0.25]) func cutOffMeetsItsRate(rate: Double) {
    let rates = DiscoveryRates(Self.published, alternativePerBar: 0.5)
    let cut = rates.cutOff(rate: rate, prior: 0.1)
    func observed(_ sharpe: Double) -> Double {
      DiscoveryRates(
        SharpeEstimate(bars: 24, sharpePerBar: sharpe, skewness: -2.448, kurtosis: 10.164),
        alternativePerBar: 0.5
      ).observedFalseDiscoveryRate(prior: 0.1)
    }
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(observed(cut), rate))
    #expect(observed(cut - 1e-6) > rate)
    #expect(rates.cutOff(rate: 1e-300, prior: 0.1).isNaN)
  }

  /// By hand: M = 5, two above ½, so π₀ = min(1, 3/2.5) = 1; with λ = 0.25 and the same p-values 4/3.75 is 1 too; with ten
  /// small ones it is less.
  @Test func qValuesAreSharesOfBenjaminiHochberg() throws {
    let some = try TestedTogether([0.01, 0.02, 0.9, 0.3, 0.6])
    #expect(QValues(some).nullShare == 1)
    #expect(QValues(some).qValues == some.adjusted(by: .benjaminiHochberg))
    let many = try TestedTogether((1...10).map { Double($0) / 100 } + [.nan, 0.7])
    let found = QValues(many)
    #expect(relativeError(found.nullShare, 3.0 / 6) < 1e-15)
    for (found, whole) in zip(found.qValues, many.adjusted(by: .benjaminiHochberg)) {
      #expect(Tolerance.rounding(absolute: 1e-15).accepts(found, whole / 2))
    }
    #expect(QValues(try TestedTogether([])).nullShare.isNaN)
  }
}
