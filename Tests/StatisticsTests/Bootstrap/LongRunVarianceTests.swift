import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct LongRunVarianceTests {
  @Test(arguments: BootstrapFigures.matrices) func agreesWithNumPy(name: String) throws {
    let returns = try BootstrapFigures.matrix(name)
    let standing = try SelectionFigures.integers("stepdown", name, "strategies")
    let expected = try SelectionFigures.values("long_run", name, "andrews_monahan")
    for (strategy, expected) in zip(standing, expected) {
      #expect(
        relativeError(LongRunVariance.prewhitened(returns.column(strategy)), expected)
          < SelectionFigures.near)
    }
  }

  /// Statistical, over 60 series of 1,000 bars: the variance of the mean of y[t] = ρ·y[t-1] + e is 1/(1-ρ)², within 5 %.
  @Test(arguments: [-0.3, 0, 0.3, 0.6]) func seesPersistence(persistence: Double) {
    let variances = (UInt64(0)..<60).map { seed in
      var random = RandomStream(seed: seed, purpose: .noise)
      var last = 0.0
      return LongRunVariance.prewhitened(
        (0..<1_000).map { _ in
          last = persistence * last + random.normal()
          return last
        })
    }
    let mean = variances.reduce(0, +) / 60
    let expected = 1 / ((1 - persistence) * (1 - persistence))
    #expect(Tolerance.statistical(absolute: 0.05 * expected).accepts(mean, expected))
  }

  @Test func edges() {
    #expect(LongRunVariance.prewhitened([1, 2, 3]).isNaN)
    #expect(LongRunVariance.prewhitened([1, 2, .nan, 3, 4]).isNaN)
    #expect(LongRunVariance.prewhitened([2, 2, 2, 2, 2]) == 0)
    #expect(LongRunVariance.prewhitened([1, -1, 1, -1, 1, -1]) >= 0)
  }

  /// A mean whose error is corrected never has a smaller one.
  @Test func correctsAMean() {
    let alternating = (0..<60).map { $0 % 2 == 0 ? 1.0 : -0.9 }
    let runs = (0..<60).map { $0 / 10 % 2 == 0 ? 1.0 : -0.9 }
    for series in [alternating, runs] {
      let own = ReturnMoments(series).populationVariance.squareRoot()
      let mean = MeanReturn(bars: 60, sum: series.reduce(0, +), longRunDeviation: own)
      let expected = max(own, LongRunVariance.prewhitened(series).squareRoot())
      let corrected = mean.corrected(by: series)
      #expect(corrected.longRunDeviation == expected && corrected.sum == mean.sum)
    }
    let none = MeanReturn(bars: 4, sum: 0, longRunDeviation: 0)
    #expect(none.corrected(by: [0, 0, 0, 0]) == none)
  }
}
