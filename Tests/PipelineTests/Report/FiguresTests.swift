import Testing

@testable import Pipeline

@Suite struct FiguresTests {
  @Test(arguments: [
    (0.5, 4, "0.5000"), (-0.00001, 4, "0.0000"), (1.005, 0, "1"), (-12.345, 1, "-12.3"), (0.9996, 3, "1.000"),
    (.nan, 2, "undefined"), (.infinity, 2, "undefined"),
  ])
  func decimals(value: Double, digits: Int, text: String) {
    #expect(Figures.decimals(value, digits) == text)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")])
  func counts(value: Int, text: String) {
    #expect(Figures.count(value) == text)
  }

  /// Rounding to the usual digits would put the first of each beside its bound on the wrong side, or on it.
  @Test(arguments: [
    (0.05003, 0.05, "0.05003"), (0.94996, 0.95, "0.94996"), (0.95, 0.95, "0.9500"), (0.5137, 0.5, "0.5137"),
    (0.00003, 0.05, "<0.0001"), (0.00003, 0.00001, "0.00003"), (0.99998, 0.95, ">0.9999"),
    (0.99998, 0.999_99, "0.99998"), (1.0 / 3, 1.0 / 3, "\(1.0 / 3)"), (.nan, 0.5, "undefined"),
  ])
  func aProbabilityLiesOnItsSideOfTheBound(value: Double, bound: Double, text: String) {
    #expect(Figures.probability(value, against: bound) == text)
  }

  @Test(arguments: [
    (0.7403, 0.7401, "74.03 %", "74.01 %"), (0.732, 0.74, "73.2 %", "74.0 %"), (0.5, 0.5, "50.0 %", "50.0 %"),
    (.nan, 0.5, "undefined", "50.0 %"),
  ])
  func whatDiffersIsToldApart(first: Double, second: Double, one: String, other: String) {
    #expect(Figures.apart(first, second, digits: 1, Figures.percent) == (one, other))
  }

  @Test(arguments: [(0, "0 bars"), (1, "1 bar"), (2_000, "2,000 bars")])
  func oneIsNoPlural(count: Int, text: String) {
    #expect(Figures.count(count, "bar", "bars") == text)
  }

  @Test(arguments: [(3.0, "3"), (0.25, "0.25"), (-1, "-1"), (.nan, "nan"), (1e20, "1e+20")])
  func short(value: Double, text: String) {
    #expect(Figures.short(value) == text)
  }
}
