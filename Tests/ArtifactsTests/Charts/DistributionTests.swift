import TestSupport
import Testing

@testable import Artifacts

/// The computations behind the pictures: bins, regression, the range that is shown.
struct DistributionTests {
  @Test(arguments: [1, 2, 7, 500, 20_000])
  func everyValueFallsIntoItsBin(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = (0..<count).map { _ in 0.5 + 0.0163 * generator.normal() }
    let histogram = try #require(Histogram(values))
    #expect(histogram.counts.reduce(0, +) == count)
    #expect(histogram.counts.count <= 82)
    for bin in histogram.counts.indices {
      let edges = (histogram.edge(bin), histogram.edge(bin + 1))
      let isLast = bin == histogram.counts.count - 1
      let expected = values.count { edges.0 <= $0 && ($0 < edges.1 || isLast && $0 <= edges.1) }
      #expect(histogram.counts[bin] == expected)
    }
  }

  @Test func ratesUpToOneHaveNoBinBeyondOne() throws {
    let histogram = try #require(Histogram((0...20).flatMap { Array(repeating: Double($0) / 20, count: 5) }))
    #expect(histogram.edge(0) == 0)
    #expect(histogram.edge(histogram.counts.count) == 1)
    #expect(histogram.counts.reduce(0, +) == 105)
  }

  @Test(arguments: [0.5, 0, -3, 1e-9, 1e12])
  func equalValuesShareOneBinAroundThem(value: Double) throws {
    let histogram = try #require(Histogram(Array(repeating: value, count: 9)))
    #expect(histogram.counts == [9])
    #expect(histogram.edge(0) < value && value < histogram.edge(1))
  }

  @Test func noValuesHaveNoHistogram() { #expect(Histogram([]) == nil) }

  @Test func regressionOfAnExactLine() throws {
    let xs: [Double] = [1, 2, 4, 8]
    let line = try #require(LeastSquares(xs, xs.map { 3 - 0.5 * $0 }))
    #expect(abs(line.slope + 0.5) < 1e-14 && abs(line.intercept - 3) < 1e-14)
    #expect(abs(line.correlation + 1) < 1e-14)
  }

  /// By hand: means 2 and 4, Sxx = 2, Sxy = 4, Syy = 14.
  @Test func regressionOfScatteredPoints() throws {
    let line = try #require(LeastSquares([1, 2, 3], [3, 2, 7]))
    #expect(abs(line.slope - 2) < 1e-14 && abs(line.intercept) < 1e-14)
    #expect(abs(line.correlation - 4 / (2.0 * 14).squareRoot()) < 1e-14)
  }

  @Test func regressionNeedsTwoDifferentPoints() {
    #expect(LeastSquares([], []) == nil)
    #expect(LeastSquares([1], [2]) == nil)
    #expect(LeastSquares([0.1, 0.1, 0.1], [1, 2, 3]) == nil)
    #expect(LeastSquares([1, 2], [3, 3])?.correlation.isNaN == true)
  }

  @Test func aFewOutliersDoNotSetTheFrame() {
    let values = (0..<3_000).map { Double($0) / 3_000 }
    #expect(Quantiles.frame(values) == [0, 2_999 / 3_000])
    let ends = Quantiles.frame(values + [1e12, -1e9])
    #expect(ends == [0, 2_999 / 3_000])
    #expect(Quantiles.frame([1, 2, 1e6]) == [1, 1e6])
    // In no order, and the other way round; the least four of them decide.
    for values in [Array(values.reversed()), (0..<3_000).map { Double($0 * 1_009 % 3_000) / 3_000 }] {
      #expect(Quantiles.frame(values + [1e12, -1e9]) == [0, 2_999 / 3_000])
    }
  }
}
