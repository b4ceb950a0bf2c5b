import Statistics
import TestSupport
import Testing

/// The figures are those of Harvey & Liu 2015 in STATISTICS.md, H.
@Suite struct HaircutSharpeTests {
  /// Exhibit 1. The paper calls the column Bonferroni, but its figures are those of 1 - (1-p)^M, its equation
  /// for independent tests: within 0.1 for all nine, where M·p gives 26.8, 51.2 and 64.6 in the first row.
  @Test(arguments: [
    (statistic: 2.99, bars: 594, haircuts: [26.6, 50.0, 61.6]), (4.70, 594, [10.9, 19.2, 23.0]),
    (7.29, 1_045, [4.6, 7.9, 9.3]),
  ])
  func exhibit1(statistic: Double, bars: Int, haircuts: [Double]) throws {
    for (tests, expected) in zip([10, 50, 100], haircuts) {
      let found = try HaircutSharpe(
        sharpePerBar: statistic / Double(bars).squareRoot(), bars: bars, tests: tests, adjustment: .sidak)
      #expect(abs(100 * found.haircut - expected) <= 0.1, "\(tests) tests: \(100 * found.haircut)")
    }
  }

  @Test(arguments: [
    (statistic: 2.99, bars: 594, haircuts: [26.8, 51.2, 64.6]), (4.70, 594, [10.9, 19.2, 23.0]),
    (7.29, 1_045, [4.6, 7.9, 9.3]),
  ])
  func exhibit1ByBonferroni(statistic: Double, bars: Int, haircuts: [Double]) throws {
    for (tests, expected) in zip([10, 50, 100], haircuts) {
      let found = try HaircutSharpe(
        sharpePerBar: statistic / Double(bars).squareRoot(), bars: bars, tests: tests)
      #expect(abs(100 * found.haircut - expected) <= 0.1, "\(tests) tests: \(100 * found.haircut)")
    }
  }

  @Test func exhibit5() throws {
    let corrected = AutocorrelatedSharpe.aggregationFactor(bars: 12, autocorrelation: 0.1) / 12.0.squareRoot()
    #expect(Tolerance.published(decimals: 3).accepts(corrected, 0.912))
    let found = try HaircutSharpe(sharpePerBar: corrected / 12.0.squareRoot(), bars: 120, tests: 100)
    #expect(Tolerance.published(decimals: 3).accepts(found.adjustedPValue, 0.465))
    #expect(Tolerance.published(decimals: 3).accepts(found.haircutSharpePerBar * 12.0.squareRoot(), 0.232))
    #expect(Tolerance.published(decimals: 3).accepts(found.haircut, 0.746))
  }

  @Test(arguments: [(bars: 120, single: 0.516, bonferroni: 0.992), (240, 0.365, 0.702), (480, 0.258, 0.496)])
  func exhibit4(bars: Int, single: Double, bonferroni: Double) {
    func hurdle(_ tests: Int) -> Double {
      ProfitHurdle.meanReturnPerBar(volatilityPerBar: 10 / 12.0.squareRoot(), bars: bars, tests: tests)
    }
    // The paper cuts digits off where it should round: 0.5165 is printed as 0.516.
    #expect(abs(hurdle(1) - single) < 0.001 && hurdle(1) >= single)
    #expect(Tolerance.published(decimals: 3).accepts(hurdle(300), bonferroni))
  }

  @Test func hurdlesRiseWithTestsAndAreUndefinedWithoutBars() {
    for control in ProfitHurdle.Control.allCases {
      func hurdle(_ tests: Int, _ bars: Int = 100) -> Double {
        ProfitHurdle.meanReturnPerBar(volatilityPerBar: 1, bars: bars, tests: tests, control: control)
      }
      #expect(hurdle(1) < hurdle(2) && hurdle(2) < hurdle(1_000_000))
      #expect(hurdle(0).isNaN && hurdle(1, 0).isNaN)
    }
  }

  /// Rounding: SciPy's own t-statistics carry n roundings.
  @Test(arguments: StatisticsFigures.matrices)
  func pValuesAgreeWithSciPy(name: String) throws {
    let expected = try #require(try StatisticsFigures.values("adjustment", name)["p"])
    let columns = try StatisticsFigures.matrix(name).columns.map { ReturnMoments($0) }.filter {
      $0.variance > 0
    }
    #expect(columns.count == expected.count)
    for (moments, figure) in zip(columns, expected) {
      let found = HaircutSharpe.pValue(sharpePerBar: moments.sharpePerBar, bars: moments.bars)
      #expect(relativeError(found, figure) < 1e-10)
    }
  }

  @Test(arguments: PValueAdjustment.allCases)
  func ofASweepAreOrderedAsTheSharpes(adjustment: PValueAdjustment) throws {
    let sharpes = [0.3, -0.1, 0.05, .nan, 0.2, 0, -0.4]
    let found = try HaircutSharpe.all(sharpesPerBar: sharpes, bars: 250, adjustment: adjustment, tests: 20)
    for (cut, sharpe) in zip(found, sharpes) where !sharpe.isNaN {
      #expect(abs(cut.haircutSharpePerBar) <= abs(sharpe))
      #expect(cut.haircutSharpePerBar * sharpe >= 0)
      #expect(cut.haircut.isNaN ? sharpe == 0 : (0...1).contains(cut.haircut))
    }
    #expect(found[3].haircutSharpePerBar.isNaN && found[3].haircut.isNaN && found[3].pValue.isNaN)
    #expect(found[0].haircut < found[4].haircut && found[4].haircut <= found[2].haircut)
  }

  @Test func ends() throws {
    let certain = try HaircutSharpe(sharpePerBar: 60, bars: 2_000, tests: 100)
    #expect(certain.pValue == 0 && certain.haircut == 0 && certain.haircutSharpePerBar == 60)
    let alone = try HaircutSharpe(sharpePerBar: 0.2, bars: 100, tests: 1)
    #expect(abs(alone.haircut) < 1e-12)
    #expect(try HaircutSharpe(sharpePerBar: 0.2, bars: 1, tests: 1).haircut.isNaN)
  }

  /// Exact: the same operations for each test, whoever makes it.
  @Test(arguments: [1, 2, 5]) func manyPValuesAreThoseOfEach(threads: Int) {
    var sharpes = (0..<5_000).map { Double($0 % 61 - 30) / 200 }
    for index in stride(from: 0, to: sharpes.count, by: 97) { sharpes[index] = .nan }
    let bars = sharpes.indices.map { $0 % 401 }
    let found = HaircutSharpe.pValues(sharpesPerBar: sharpes, bars: bars, threads: threads)
    let expected = zip(sharpes, bars).map { HaircutSharpe.pValue(sharpePerBar: $0, bars: $1) }
    #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
    #expect(found.count { !$0.isNaN } > 4_000)
  }
}
