import Glibc
import TestSupport
import Testing

@testable import Statistics

@Suite struct HarveyLiuZhuTests {
  /// Statistical: medians of 1,000 simulations against NumPy's of 40,000, within four standard errors, which
  /// NumPy puts at 0.002 (Holm) and 0.005 (Harvey–Liu) at most by resampling.
  @Test(arguments: [(correlation: 0.0, name: "0"), (0.4, "0.4"), (0.3, "0.3")])
  func mediansAgreeWithNumPys(correlation: Double, name: String) throws {
    let expected = try #require(try StatisticsFigures.values("harveyliuzhu", name)["medians"])
    let model = try HarveyLiuZhu(correlation: correlation)
    let sharpe = AutocorrelatedSharpe.aggregationFactor(bars: 12, autocorrelation: 0.1) / 12
    for (adjustment, figure, error) in [
      (PValueAdjustment.holm, expected[0], 0.002), (.harveyLiu, expected[1], 0.005),
    ] {
      let found = try model.haircut(
        sharpePerBar: sharpe, bars: 120, tests: 100, adjustment: adjustment, seed: 1, simulations: 1_000)
      #expect(Tolerance.statistical(absolute: 4 * error).accepts(found.adjustedPValue, figure))
    }
  }

  @Test func sameSeedSameFigure() throws {
    let model = try HarveyLiuZhu(correlation: 0.2)
    func haircut(_ seed: UInt64, threads: Int = 1) throws -> HaircutSharpe {
      try model.haircut(
        sharpePerBar: 0.2, bars: 120, tests: 20, adjustment: .harveyLiu, seed: seed, simulations: 50,
        threads: threads)
    }
    #expect(try haircut(1) == haircut(1))
    #expect(try haircut(1) == haircut(1, threads: 3))
    #expect(try haircut(1) != haircut(2))
  }

  /// Exact, among others that are the same, a little below, far below and above.
  @Test(arguments: [0, 1e-9, 0.004, 0.03, 0.5, 1], [0, 1, 7, 300])
  func holmAmongOthersIsThatOfAllInOrder(pValue: Double, tests: Int) throws {
    var generator = SeededGenerator(seed: 2)
    let others = (0..<tests).map { index in
      switch index % 5 {
      case 0: pValue
      case 1: pValue * generator.uniform(0.9...1)
      case 2: pValue * generator.uniform()
      default: pow(generator.uniform(), Double(index % 11))
      }
    }
    let expected = try PValueAdjustment.holm.adjust([pValue] + others)[0]
    #expect(TestedTogether.holm(pValue, among: others) == expected)
  }

  @Test func parametersAreInterpolated() throws {
    #expect(try HarveyLiuZhu(correlation: 0).shareOfNulls == 0.39660)
    #expect(try HarveyLiuZhu(correlation: 0.8).shareOfNulls == 0.83901)
    let between = try HarveyLiuZhu(correlation: 0.3)
    #expect(relativeError(between.shareOfNulls, (0.44589 + 0.48604) / 2) < 1e-14)
    #expect(relativeError(between.meanOfMeans, (0.0055508 + 0.0055413) / 2) < 1e-14)
  }

  @Test(arguments: [-0.1, 0.81, .nan])
  func refusesWhatWasNotPublished(correlation: Double) {
    #expect(throws: StatisticsError.self) { try HarveyLiuZhu(correlation: correlation) }
  }

  @Test func undefinedAndImpossible() throws {
    let model = try HarveyLiuZhu(correlation: 0.2)
    #expect(
      try model.haircut(sharpePerBar: .nan, bars: 9, tests: 9, adjustment: .holm, seed: 1).haircut.isNaN)
    #expect(throws: StatisticsError.fewerTestsThanPValues(tests: -1, pValues: 0)) {
      try model.haircut(sharpePerBar: 0.1, bars: 9, tests: -1, adjustment: .holm, seed: 1)
    }
  }
}
