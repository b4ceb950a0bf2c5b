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

  @Test(arguments: [(3.0, "3"), (0.25, "0.25"), (-1, "-1"), (.nan, "nan"), (1e20, "1e+20")])
  func short(value: Double, text: String) {
    #expect(Figures.short(value) == text)
  }
}
