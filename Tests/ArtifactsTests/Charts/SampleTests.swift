import TestSupport
import Testing

@testable import Artifacts

/// Which values a picture shows, and their quantiles.
struct SampleTests {
  @Test func valuesAreSortedOutWithoutLoss() {
    var generator = SeededGenerator(seed: 51)
    for count in [0, 1, 3, 200, 5_000] {
      let usual = (0..<count).map { _ in generator.normal() }
      let sample = Sample(usual + [.nan, .infinity, 1e200])
      #expect(sample.finite == usual.sorted())
      #expect(sample.shown == sample.finite)
      #expect(sample.undefined == 3)
      #expect(sample.note == "; 3 undefined values are left out")
    }
  }

  /// Cut or not, the middle half of the values has two bins at least.
  @Test(arguments: [20, 200, 1_000, 20_000])
  func theMiddleHalfStaysVisible(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    // Quotients of normals: some of them far out.
    let values = (0..<count).map { _ in generator.normal() / generator.normal() }
    let sample = Sample(values + [1e12])
    let (lowest, highest) = try (#require(sample.shown.first), #require(sample.shown.last))
    let middle =
      Quantiles.quantile(0.75, ofSorted: sample.finite) - Quantiles.quantile(0.25, ofSorted: sample.finite)
    #expect(highest - lowest <= 31 * middle)
    let outside = sample.finite.count - sample.shown.count
    #expect(outside >= 1)
    #expect(sample.note == "; \(NumberFormat.count(outside)) beyond the axis")
  }

  /// By hand, and as R's default says.
  @Test(
    arguments: [
      ([1, 2, 3, 4], 0.5, 2.5), ([1, 2, 3, 4], 0.25, 1.75), ([0, 10], 0.1, 1), ([7], 0.9, 7),
      ([1, 2, 3], 0, 1), ([1, 2, 3], 1, 3),
    ] as [([Double], Double, Double)])
  func quantilesLieBetweenValues(values: [Double], fraction: Double, expected: Double) {
    let found = Quantiles.quantile(fraction, ofSorted: values)
    #expect(Tolerance.rounding(absolute: 16 * UnitRoundoff.double).accepts(found, expected))
  }

  @Test func quantilesOfNothingAndOfHugeValues() {
    #expect(Quantiles.quantile(0.5, ofSorted: []).isNaN)
    #expect(Quantiles.quantile(0.5, ofSorted: [-1e308, 1e308]) == 0)
  }

  @Test(arguments: [2, 7, 500])
  func binsClosedAboveHoldTheirUpperEdge(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count) + 100)
    // On a lattice, so that many values lie on edges, which are multiples of a round step.
    let values = (0..<count).map { _ in (generator.normal() * 4).rounded() / 2 } + [0, 0.25, -3]
    let above = try #require(Histogram(values, isClosedAbove: true))
    #expect(above.counts.reduce(0, +) == values.count)
    for bin in above.counts.indices {
      let expected = values.count { above.edge(bin) < $0 && $0 <= above.edge(bin + 1) }
      #expect(above.counts[bin] == expected, "\(above.edge(bin)) to \(above.edge(bin + 1))")
    }
  }

  @Test func zeroIsInTheBinBelowIt() throws {
    let histogram = try #require(Histogram([0, 0, 0.5, 3], isClosedAbove: true))
    #expect(histogram.counts[0] == 2 && histogram.edge(1) == 0)
  }

  @Test func binsOfAGivenWidthSpanTheRange() {
    let histogram = Histogram([0, 0.05, 0.5, 0.99, 1], width: RoundStep(notBelow: 0.05), over: 0...1)
    #expect(histogram.counts.count == 20)
    #expect(histogram.edge(0) == 0 && histogram.edge(20) == 1)
    #expect(histogram.counts[0] == 1 && histogram.counts[1] == 1)
    #expect(histogram.counts[10] == 1 && histogram.counts[19] == 2)
  }
}
