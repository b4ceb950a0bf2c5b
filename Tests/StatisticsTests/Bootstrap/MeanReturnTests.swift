import Statistics
import TestSupport
import Testing

@Suite struct MeanReturnTests {
  /// Rounding: T autocovariances of T terms each, against a recursion.
  @Test(arguments: BootstrapFigures.matrices)
  func varianceAgreesWithArch(name: String) throws {
    let returns = try BootstrapFigures.matrix(name)
    let found = try DataSnooping(returns, resamples: BootstrapFigures.resamples(bars: returns.bars)).means
    for (mean, variance) in zip(found, try BootstrapFigures.values("variance", name, "all")) {
      #expect(
        relativeError(mean.longRunDeviation * mean.longRunDeviation, variance)
          < 64 * Double(returns.bars) * UnitRoundoff.double)
    }
  }

  /// Statistical: the variance of 4,000 resampled means, which scatters by √(2/4,000) of itself; four of these.
  @Test func isTheVarianceOfTheStationaryBootstrap() throws {
    let returns = try BootstrapFigures.matrix("tailed")
    let bars = returns.bars
    let resamples = try Resamples(.stationary(meanBlockLength: 6), bars: bars, count: 4_000, seed: 9)
    let found = try DataSnooping(
      returns, resamples: Resamples(.stationary(meanBlockLength: 6), bars: bars, count: 1, seed: 9))
    let column = returns.column(9)
    let mean = found.means[9].mean
    var squares = 0.0
    for number in 0..<resamples.count {
      let sum = resamples.multiplicities(of: number).enumerated()
        .reduce(0.0) { $0 + Double($1.element) * column[$1.offset] }
      squares += (sum / Double(bars) - mean) * (sum / Double(bars) - mean)
    }
    let variance = Double(bars) * squares / Double(resamples.count)
    let expected = found.means[9].longRunDeviation * found.means[9].longRunDeviation
    #expect(Tolerance.statistical(absolute: 4 * (2.0 / 4_000).squareRoot()).accepts(variance / expected, 1))
  }

  @Test func undefinedAndConstantReturns() throws {
    let returns = try ReturnMatrix(
      bars: 4, strategies: 5,
      values: [
        0.1, .nan, 0, 0.25, 1,
        0.2, 1, 0, 0.25, .infinity,
        0.3, 1, 0, 0.25, 1,
        -0.2, 1, 0, 0.25, 1,
      ])
    let resamples = try Resamples(.circular(blockLength: 2), bars: 4, count: 20, seed: 1)
    let found = try DataSnooping(returns, resamples: resamples)
    #expect(found.means.map(\.isDefined) == [true, false, true, true, false])
    #expect(found.means.map(\.hasVariance) == [true, false, false, false, false])
    #expect(found.means[3].mean == 0.25 && found.means[3].statistic.isNaN && found.means[1].mean.isNaN)
    #expect(found.maxima.undefined == 2 && found.maxima.withoutVariance == 2 && found.maxima.strategies == 5)
    #expect(found.maxima.bestMean?.strategy == 3 && found.maxima.bestStudentised?.strategy == 0)
  }
}
