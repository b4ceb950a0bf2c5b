import Statistics
import TestSupport
import Testing

@Suite struct TruncatedNormalTests {
  /// SciPy's, by logarithms, to the digits that its own tails have.
  @Test(arguments: 0..<8) func agreesWithSciPy(number: Int) throws {
    let row = try SelectionFigures.values("truncated", "\(number)", "case")
    let found = TruncatedNormal(mean: row[0], deviation: row[1], lower: row[2], upper: row[3]).survival(
      row[4])
    #expect(relativeError(found, row[5]) < 1e-10)
  }

  @Test func endsAtItsBounds() {
    let some = TruncatedNormal(mean: -60, deviation: 1, lower: 0, upper: 1)
    #expect(some.survival(0) == 1 && some.survival(-1) == 1 && some.survival(1) == 0 && some.survival(2) == 0)
    let values = stride(from: 0, through: 1, by: 0.125).map { some.survival($0) }
    #expect(values == values.sorted(by: >) && values[1] > 0)
    let whole = TruncatedNormal(mean: 1, deviation: 2, lower: -.infinity, upper: .infinity)
    #expect(relativeError(whole.survival(2), NormalDistribution.survival(0.5)) < 1e-14)
  }
}
