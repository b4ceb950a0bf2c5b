import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct WinnerBoundTests {
  private static func bound(_ name: String) throws -> WinnerBound {
    WinnerBound(
      winner: try SelectionFigures.integers("bound", name, "winner")[0],
      sharpesPerBar: try SelectionFigures.values("bound", name, "sharpes"),
      standardErrorsPerBar: try SelectionFigures.values("bound", name, "errors"),
      correlations: try SelectionFigures.values("bound", name, "correlations"))
  }

  /// SciPy's truncated normal distribution, its root found by Brent's method to 14 digits where the distribution has 10.
  @Test(arguments: BootstrapFigures.matrices) func agreesWithSciPy(name: String) throws {
    let found = try Self.bound(name)
    let luck = LuckOfTheBest(try SelectionFigures.snooping(name).maxima)
    let cut = try SelectionFigures.values("bound", name, "truncation")
    #expect(relativeError(found.lowestWinning, cut[0]) < 1e-9 && found.highestWinning == cut[1])
    let simultaneous = WinnerBound.simultaneous(
      sharpePerBar: found.sharpePerBar, standardErrorPerBar: found.standardErrorPerBar, luck: luck)
    for (value, key) in [
      (found.conditional(), "conditional"), (found.median, "median"), (found.hybrid(luck: luck), "hybrid"),
      (simultaneous, "simultaneous"),
    ] {
      let expected = try SelectionFigures.values("bound", name, key)[0]
      #expect(Tolerance.rounding(absolute: 1e-8).accepts(value, expected), "\(key)")
    }
    #expect(found.conditional() < found.median && found.median < found.sharpePerBar)
  }

  /// The covariances and errors that the bounds are made of, from returns.
  @Test(arguments: BootstrapFigures.matrices) func correlationsOfReturns(name: String) throws {
    let snooping = try SelectionFigures.snooping(name)
    let returns = try BootstrapFigures.matrix(name)
    let standing = try SelectionFigures.integers("stepdown", name, "strategies")
    let winner = standing[try SelectionFigures.integers("bound", name, "winner")[0]]
    let covariances = LongRunCovariance.all(
      of: returns, with: winner, meanBlockLength: BootstrapFigures.blockLength, threads: 2)
    let expected = try SelectionFigures.values("bound", name, "correlations")
    let errors = try SelectionFigures.values("bound", name, "errors")
    for (place, strategy) in standing.enumerated() {
      let mean = snooping.means[strategy]
      let correlation =
        covariances[strategy] / (mean.longRunDeviation * snooping.means[winner].longRunDeviation)
      #expect(Tolerance.rounding(absolute: SelectionFigures.near).accepts(correlation, expected[place]))
      let deviation = ReturnMoments(returns.column(strategy)).variance.squareRoot()
      #expect(relativeError(mean.sharpeError(deviation: deviation), errors[place]) < SelectionFigures.near)
    }
  }

  @Test func covariancesLessABenchmark() throws {
    let returns = try BootstrapFigures.matrix("tailed")
    let benchmark = returns.column(3)
    let excess = try DataSnoopingTests.matrix(
      (0..<returns.strategies).map { zip(returns.column($0), benchmark).map { $0 - $1 } })
    let one = LongRunCovariance.all(of: returns, with: 1, benchmark: benchmark, meanBlockLength: 4)
    let other = LongRunCovariance.all(of: excess, with: 1, meanBlockLength: 4)
    for (one, other) in zip(one, other) { #expect(Tolerance.rounding(absolute: 1e-15).accepts(one, other)) }
  }

  /// Alone it was not chosen from any, and the bound is the usual one.
  @Test func aloneItIsTheUsualBound() {
    let bound = WinnerBound(
      winner: 1, sharpesPerBar: [.nan, 0.1, 0.05], standardErrorsPerBar: [0.03, 0.03, 0.03],
      correlations: [0, 1, 1])
    #expect(bound.lowestWinning == -.infinity && bound.highestWinning == .infinity)
    let expected = 0.1 - 0.03 * NormalDistribution.quantile(0.95)
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(bound.conditional(), expected))
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(bound.median, 0.1))
  }

  /// One that ties says all; one that is far behind says nothing.
  @Test func nearRivalsLowerIt() throws {
    let luck = LuckOfTheBest(try SelectionFigures.snooping("tailed").maxima)
    let bounds = [-0.5, 0.0, 0.05, 0.09, 0.0999, 0.1].map { rival in
      WinnerBound(
        winner: 0, sharpesPerBar: [0.1, rival], standardErrorsPerBar: [0.03, 0.03], correlations: [1, 0.2])
    }
    let conditional = bounds.map { $0.conditional() }
    #expect(conditional == conditional.sorted(by: >) && conditional.last == -.infinity)
    let hybrid = bounds.map { $0.hybrid(luck: luck) }
    #expect(hybrid == hybrid.sorted(by: >))
    let least = 0.1 - luck.criticalValue(level: 0.005) * 0.03
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(try #require(hybrid.last), least))
  }

  @Test func whatDidNotWinHasNone() {
    let bound = WinnerBound(
      winner: 0, sharpesPerBar: [0.1, 0.11], standardErrorsPerBar: [0.03, 0.03], correlations: [1, 0])
    #expect(bound.conditional().isNaN && bound.median.isNaN)
  }

  /// Statistical, of 400 seeds: the share of those in which the true ratio is above the bound is 95 %, within 3.3 standard
  /// errors, below for the conditional one and above none; the naive bound of the best of 50 covers 31 to 60 %.
  @Test(.tags(.slow), arguments: [(1, 0.0), (5, 0), (50, 0), (50, 0.5), (1_000, 0)])
  func coversTheTruth(strategies: Int, correlation: Double) throws {
    let seeds = 400
    var covered = (conditional: 0, hybrid: 0, simultaneous: 0, naive: 0, median: 0)
    let luck = Self.luck(strategies, correlation)
    for seed in 0..<seeds {
      var random = RandomStream(seed: UInt64(seed), purpose: .noise, index: UInt64(strategies))
      // Skill that differs by as much as an error does.
      let truths = (0..<strategies).map { _ in random.normal() }
      let shared = correlation.squareRoot() * random.normal()
      let estimates = truths.map { $0 + shared + (1 - correlation).squareRoot() * random.normal() }
      let winner = try #require(estimates.indices.max { estimates[$0] < estimates[$1] })
      let bound = WinnerBound(
        winner: winner, sharpesPerBar: estimates, standardErrorsPerBar: estimates.map { _ in 1 },
        correlations: estimates.indices.map { $0 == winner ? 1 : correlation })
      let simultaneous = WinnerBound.simultaneous(
        sharpePerBar: estimates[winner], standardErrorPerBar: 1, luck: luck)
      if bound.conditional() <= truths[winner] { covered.conditional += 1 }
      if bound.hybrid(luck: luck) <= truths[winner] { covered.hybrid += 1 }
      if simultaneous <= truths[winner] { covered.simultaneous += 1 }
      if bound.median <= truths[winner] { covered.median += 1 }
      if estimates[winner] - NormalDistribution.quantile(0.95) <= truths[winner] { covered.naive += 1 }
    }
    let count = Double(seeds)
    let error = 3.3 * (0.05 * 0.95 / count).squareRoot()
    #expect(Tolerance.statistical(absolute: error).accepts(Double(covered.conditional) / count, 0.95))
    #expect(Double(covered.hybrid) / count >= 0.95 - error)
    #expect(Double(covered.simultaneous) / count >= 0.95 - error)
    #expect(
      Tolerance.statistical(absolute: 3.3 * 0.5 / count.squareRoot()).accepts(
        Double(covered.median) / count, 0.5))
    if strategies >= 50 { #expect(Double(covered.naive) / count < 0.9 - error) }
  }

  /// The same of returns, by errors, correlations and luck as they are estimated from 200 bars. Statistical, of 300 seeds:
  /// by 3.3 standard errors, the naive bound of the best of 50 far below.
  @Test(.tags(.slow), arguments: [1, 5, 50]) func coversTheTruthOfReturns(strategies: Int) throws {
    let (seeds, bars) = (300, 200)
    let resamples = try Resamples(.stationary(meanBlockLength: 1), bars: bars, count: 199, seed: 1)
    let drawn = DrawnResamples(resamples, threads: 2)
    var covered = (conditional: 0, hybrid: 0, simultaneous: 0, naive: 0, median: 0)
    for seed in 0..<seeds {
      var random = RandomStream(seed: UInt64(seed), purpose: .noise, index: UInt64(strategies))
      let truths = (0..<strategies).map { _ in random.normal() / Double(bars).squareRoot() }
      let values = (0..<bars).flatMap { _ in truths.map { $0 + random.normal() } }
      let returns = try ReturnMatrix(bars: bars, strategies: strategies, values: values)
      let snooping = try DataSnooping(returns, resamples: resamples, threads: 2, drawn: drawn)
      let (bound, winner) = try Self.bound(returns, snooping.means)
      let luck = LuckOfTheBest(snooping.maxima)
      let (estimate, error) = (bound.sharpePerBar, bound.standardErrorPerBar)
      let simultaneous = WinnerBound.simultaneous(
        sharpePerBar: estimate, standardErrorPerBar: error, luck: luck)
      if bound.conditional() <= truths[winner] { covered.conditional += 1 }
      if bound.hybrid(luck: luck) <= truths[winner] { covered.hybrid += 1 }
      if simultaneous <= truths[winner] { covered.simultaneous += 1 }
      if bound.median <= truths[winner] { covered.median += 1 }
      if estimate - error * NormalDistribution.quantile(0.95) <= truths[winner] { covered.naive += 1 }
    }
    let least = Double(seeds) * 0.95 - 3.3 * (Double(seeds) * 0.05 * 0.95).squareRoot()
    for count in [covered.conditional, covered.hybrid, covered.simultaneous] {
      #expect(Double(count) >= least)
    }
    let reach = 3.3 * 0.5 * Double(seeds).squareRoot()
    #expect(Tolerance.statistical(absolute: reach).accepts(Double(covered.median), 0.5 * Double(seeds)))
    if strategies >= 50 { #expect(Double(covered.naive) < 0.7 * Double(seeds)) }
  }

  /// The bound of the best of `returns` by its Sharpe ratio, and its number.
  private static func bound(
    _ returns: ReturnMatrix, _ means: [MeanReturn]
  ) throws -> (bound: WinnerBound, winner: Int) {
    let sharpes = SharpeRatios.all(of: returns)
    let winner = try #require(sharpes.indices.max { sharpes[$0] < sharpes[$1] })
    let covariances = LongRunCovariance.all(of: returns, with: winner, meanBlockLength: 1)
    let own = means[winner].longRunDeviation
    let bound = WinnerBound(
      winner: winner, sharpesPerBar: sharpes,
      standardErrorsPerBar: zip(means, sharpes).map { $0.sharpeError(deviation: $0.mean / $1) },
      correlations: zip(means, covariances).map { $1 / ($0.longRunDeviation * own) })
    return (bound, winner)
  }

  /// The best of so many normal numbers, resampled 1,999 times.
  private static func luck(_ strategies: Int, _ correlation: Double) -> LuckOfTheBest {
    let resamples = 1_999
    let maxima = (0..<resamples).map { resample in
      var random = RandomStream(seed: 77, purpose: .noise, index: UInt64(resample))
      let shared = correlation.squareRoot() * random.normal()
      let own = (1 - correlation).squareRoot()
      return (0..<strategies).reduce(-Double.infinity) { largest, _ in
        max(largest, shared + own * random.normal())
      }
    }
    return LuckOfTheBest(maxima: maxima)
  }
}
