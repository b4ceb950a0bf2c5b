import Glibc
import Statistics
import TestSupport
import Testing

@Suite struct DistinctSharpesTests {
  private static let sharpes = (0..<20).map { 0.05 * sin(1.7 * Double($0)) }

  /// However often one near the mean is copied, no copy makes the best look better.
  @Test(arguments: [100, 500, 2_000]) func copiesDoNotRaiseTheDeflatedRatio(copies: Int) {
    let best = SharpeEstimate(bars: 500, sharpePerBar: 0.15)
    func deflated(_ sharpes: [Double]) -> DeflatedSharpe {
      DeflatedSharpe(
        best: best, trials: Double(sharpes.count),
        varianceAcrossTrials: DeflatedSharpe.varianceAcrossTrials(sharpes).variance)
    }
    let few = deflated(Self.sharpes)
    // The ninth is 0.043 above 0, and leverage changes it by rounding.
    let many = deflated(Self.sharpes + (0..<copies).map { Self.sharpes[8] * (1 + Double($0 % 3) * 0x1p-52) })
    #expect(many.varianceAcrossTrials == few.varianceAcrossTrials)
    #expect(many.probability < few.probability && many.benchmarkPerBar > few.benchmarkPerBar)
  }

  @Test func theFirstOfCopiesStands() {
    let found = DistinctSharpes([0.3, -0.1, .nan, 0.3 * (1 + 0x1p-45), -0.1, 0.3 * (1 + 0x1p-38), 0, 0])
    #expect(found.numbers == [0, 1, 5, 6] && found.copies == 3)
    let some = DistinctSharpes([0.3, -0.1, .nan, 0.3, -0.1], among: [1, 2, 3, 4])
    #expect(some.numbers == [1, 3] && some.copies == 1)
  }

  @Test func edges() {
    #expect(DistinctSharpes([]).numbers.isEmpty && DistinctSharpes([.nan]).numbers.isEmpty)
    #expect(DistinctSharpes([0.1]).variance(of: [0.1]).isNaN)
    #expect(DistinctSharpes([0.1, 0.1]).variance(of: [0.1, 0.1]) == 0)
  }
}
