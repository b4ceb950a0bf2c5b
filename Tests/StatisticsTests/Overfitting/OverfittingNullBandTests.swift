import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct OverfittingNullBandTests {
  /// Statistical: STATISTICS.md, C, within four standard errors of 60 matrices: 0.14/√60 for the mean, 0.14/√120 for
  /// the deviation.
  @Test(.tags(.slow)) func withoutSkillThePublishedBand() throws {
    let band = try OverfittingNullBand(
      strategies: 200, bars: 1_000, blocks: 16, matrices: 60, seed: 1, threads: 2)
    #expect(Tolerance.statistical(absolute: 4 * 0.14 / 60.0.squareRoot()).accepts(band.mean, 0.476))
    #expect(
      Tolerance.statistical(absolute: 4 * 0.14 / 120.0.squareRoot()).accepts(band.standardDeviation, 0.14))
    #expect(band.quantile(0.05) < band.mean && band.mean < band.quantile(0.95))
  }

  /// Statistical: sums that are drawn at once give the band that returns give, bar by bar, within four standard errors
  /// of the difference of two means of 200.
  @Test func agreesWithReturnsBarByBar() throws {
    let band = try OverfittingNullBand(strategies: 12, bars: 40, blocks: 8, matrices: 200, seed: 3)
    let probabilities = try (0..<200).map { index in
      var random = RandomStream(seed: 4, purpose: .noise, index: UInt64(index))
      let returns = StatisticsFigures.Returns(
        bars: 40, strategies: 12, values: (0..<480).map { _ in random.normal() })
      return try BacktestOverfitting(returns, blocks: 8).probability
    }
    let moments = ReturnMoments(probabilities)
    let error = ((moments.variance + band.standardDeviation * band.standardDeviation) / 200).squareRoot()
    #expect(Tolerance.statistical(absolute: 4 * error).accepts(band.mean, moments.mean))
  }

  @Test func isAFunctionOfItsSeed() throws {
    func band(_ matrices: Int, seed: UInt64, threads: Int) throws -> [Double] {
      try OverfittingNullBand(
        strategies: 9, bars: 30, blocks: 6, matrices: matrices, seed: seed, threads: threads
      ).probabilities
    }
    let one = try band(20, seed: 1, threads: 1)
    #expect(try band(20, seed: 1, threads: 3) == one)
    #expect(try band(12, seed: 1, threads: 2) == Array(one.prefix(12)))
    #expect(try band(20, seed: 2, threads: 1) != one)
  }

  @Test func quantilesLieBetweenNeighbours() throws {
    let band = try OverfittingNullBand(strategies: 5, bars: 24, blocks: 4, matrices: 5, seed: 1)
    let sorted = band.probabilities.sorted()
    #expect(band.quantile(0) == sorted[0] && band.quantile(1) == sorted[4] && band.quantile(0.5) == sorted[2])
    #expect(Tolerance.rounding(absolute: 1e-15).accepts(band.quantile(0.375), (sorted[1] + sorted[2]) / 2))
  }

  /// Of ten permutations two are as low as 0.2 and nine as high, one is undefined and counts for nothing.
  @Test func permutationsOfTheSweepItself() {
    let band = OverfittingNullBand(permutations: [0.1, 0.2, 0.3, 0.4, .nan, 0.5, 0.5, 0.6, 0.6, 0.7, 0.9])
    #expect(band.probabilities.count == 10 && band.undefined == 1)
    #expect(band.skill(0.2) == 3.0 / 11 && band.overfitting(0.2) == 10.0 / 11)
    #expect(band.skill(0.05) == 1.0 / 11 && band.overfitting(0.95) == 1.0 / 11)
    #expect(band.skill(.nan).isNaN && band.quantile(0.5) == 0.5)
    let none = OverfittingNullBand(permutations: [])
    #expect(none.mean.isNaN && none.quantile(0.5).isNaN && none.skill(0.2) == 1)
  }

  @Test func refusesWhatDoesNotFit() {
    func band(_ strategies: Int, _ bars: Int, _ blocks: Int) throws {
      _ = try OverfittingNullBand(strategies: strategies, bars: bars, blocks: blocks, matrices: 1, seed: 1)
    }
    #expect(throws: StatisticsError.blocks(3)) { try band(5, 30, 3) }
    #expect(throws: StatisticsError.fewerBarsThanBlocks(bars: 5, blocks: 6)) { try band(5, 5, 6) }
    #expect(throws: StatisticsError.fewStrategies(1)) { try band(1, 30, 4) }
  }
}
