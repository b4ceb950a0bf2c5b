import Glibc
import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct LuckOfTheBestTests {
  /// Rounding: ω and sums of some thousand terms in another order.
  @Test(arguments: BootstrapFigures.matrices) func agreesWithNumPy(name: String) throws {
    let luck = LuckOfTheBest(try SelectionFigures.snooping(name).maxima)
    let mean = try SelectionFigures.values("luck", name, "mean")[0]
    #expect(Tolerance.rounding(absolute: SelectionFigures.near).accepts(luck.mean, mean))
    let quantiles = try SelectionFigures.values("luck", name, "quantiles")
    for (level, expected) in zip([0.05, 0.95], quantiles) {
      #expect(Tolerance.rounding(absolute: SelectionFigures.near).accepts(luck.quantile(level), expected))
    }
  }

  /// What exceeds the critical value, and nothing else, has a p-value of at most the level.
  @Test func isTheBoundOfTheTest() throws {
    let luck = LuckOfTheBest(try SelectionFigures.snooping("tailed").maxima)
    let bound = luck.criticalValue(level: 0.05)
    #expect(luck.maxima.count { $0 > bound } == 9)
    #expect(luck.maxima.contains(bound))
    #expect(luck.criticalValue(level: 1.0 / 201).isInfinite)
  }

  /// Exact by counting subsets; of few strategies all are the sample.
  @Test(arguments: BootstrapFigures.matrices) func curveOfFewAgreesWithCounting(name: String) throws {
    let curve = try SelectionFigures.snooping(name, threads: 2).luckCurve()
    let last = try SelectionFigures.integers("stepdown", name, "strategies").count
    #expect(curve.points.map(\.strategies) == [1, 2, 4, 8, 16, last])
    for point in curve.points {
      let expected = try SelectionFigures.values("curve", name, "\(point.strategies)")
      for (found, expected) in zip([point.mean, point.lower, point.upper], expected) {
        #expect(Tolerance.rounding(absolute: SelectionFigures.near).accepts(found, expected))
      }
    }
  }

  /// Statistical: of independent strategies the curve is the expected maximum of normal numbers, in standard errors of
  /// 400 resamples, 1/√400 for one strategy and less for the best of many, and of the one matrix: within 0.2. Its band is
  /// that of the maximum, within 0.3.
  @Test func curveOfNoiseIsTheExpectedMaximum() throws {
    let bars = 200
    let strategies = 1_000
    var random = RandomStream(seed: 9, purpose: .noise)
    let returns = try ReturnMatrix(
      bars: bars, strategies: strategies, values: (0..<bars * strategies).map { _ in random.normal() })
    let resamples = try Resamples(.stationary(meanBlockLength: 1), bars: bars, count: 400, seed: 3)
    let curve = try DataSnooping(returns, resamples: resamples, threads: 2).luckCurve()
    let numbers = curve.points.map(\.strategies)
    #expect(numbers == numbers.sorted() && numbers.first == 1 && numbers.last == strategies)
    #expect(numbers.count >= 9)
    for point in curve.points {
      let n = Double(point.strategies)
      let expected = ExpectedMaximum.exact(trials: n)
      #expect(Tolerance.statistical(absolute: 0.2).accepts(point.mean, expected))
      for (found, level) in [(point.lower, 0.05), (point.upper, 0.95)] {
        // Φ(x)ⁿ = level.
        let exact = NormalDistribution.quantile(pow(level, 1 / n))
        #expect(Tolerance.statistical(absolute: 0.3).accepts(found, exact))
      }
    }
  }

  @Test func copiesMakeTheCurveFlat() throws {
    let one = try DataSnoopingTests.noise(bars: 60, strategies: 1).column(0)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    let curve = try DataSnooping(
      DataSnoopingTests.matrix(Array(repeating: one, count: 200)), resamples: resamples
    ).luckCurve()
    let first = try #require(curve.points.first)
    for point in curve.points {
      #expect(Tolerance.rounding(absolute: 1e-12).accepts(point.mean, first.mean))
    }
    #expect(curve.points.last?.strategies == 200)
  }

  @Test func withoutStrategiesThereIsNone() throws {
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 20, count: 9, seed: 5)
    let flat = try ReturnMatrix(bars: 20, strategies: 2, values: Array(repeating: 0, count: 40))
    let found = try DataSnooping(flat, resamples: resamples)
    #expect(found.luckCurve().points.isEmpty)
    #expect(found.stepdown().pValues.allSatisfy { $0.isNaN } && found.stepdown().leaders.isEmpty)
    let luck = LuckOfTheBest(found.maxima)
    #expect(luck.mean.isNaN && luck.quantile(0.5).isNaN && luck.criticalValue(level: 0.5).isNaN)
  }
}
