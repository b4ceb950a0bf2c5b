import Testing

@testable import Artifacts

struct NumberFormatTests {
  @Test(arguments: [
    (NumberFormat.plain, 1.2345, "1.23"), (.plain, -0.21, "−0.21"), (.plain, 0, "0.00"),
    (.plain, -0.0, "0.00"),
    (.plain, 0.00123, "0.0012"), (.plain, 1e-9, "1.00×10⁻⁹"), (.plain, -1e12, "−1.00×10¹²"),
    (.plain, 9.999e7, "1.00×10⁸"), (.plain, 12_345.6, "12,346"), (.plain, .nan, "undefined"),
    (.plain, -.infinity, "−∞"), (.percent, 0.5591, "55.9\u{A0}%"), (.percent, 3.21, "321.0\u{A0}%"),
    (.percent, 0.0004, "0.040\u{A0}%"), (.multiple, 1.931, "1.93×"),
  ])
  func valuesOnTheirOwn(format: NumberFormat, value: Double, text: String) {
    #expect(format.text(value) == text)
  }

  @Test(arguments: [
    (NumberFormat.plain, 0.3, 0.1, "0.3"), (.plain, 2, 1, "2"), (.plain, -20_000, 10_000, "−20,000"),
    (.plain, 2e-9, 1e-9, "2×10⁻⁹"), (.plain, 1e-9, 1e-9, "10⁻⁹"), (.plain, 1e12, 5e11, "1.0×10¹²"),
    (.plain, 1e-17, 0.5, "0"), (.percent, 0.55, 0.05, "55\u{A0}%"), (.percent, 0.505, 0.005, "50.5\u{A0}%"),
    (.multiple, 5, 1, "5×"), (.multiple, 0.25, 0.05, "0.25×"), (.percent, 0, 0.1, "0\u{A0}%"),
  ])
  func ticks(format: NumberFormat, value: Double, step: Double, text: String) {
    #expect(format.text(value, step: step) == text)
  }

  @Test func valuesThatDifferReadDifferently() {
    #expect(Wording.distinct(0.5591, 0.5594, .percent) == ("55.91\u{A0}%", "55.94\u{A0}%"))
    #expect(Wording.distinct(0.55, 0.56, .percent) == ("55.0\u{A0}%", "56.0\u{A0}%"))
    #expect(Wording.distinct(0.5, 0.5, .percent) == ("50.0\u{A0}%", "50.0\u{A0}%"))
  }

  @Test(arguments: [
    (1.5, 0.5, "falls from 1.50 in training to 0.50 in validation"),
    (0.5, 1.5, "rises from 0.50 in training to 1.50 in validation"),
    (0.5, 0.5, "stays at 0.50 from training to validation"),
    (0.5, Double.nan, "is 0.50 in training and undefined in validation"),
    (.nan, 0.5, "is undefined in training and 0.50 in validation"),
    (.nan, .nan, "is undefined in training and in validation"),
  ])
  func changesAreSaidAsTheyAre(training: Double, validation: Double, text: String) {
    #expect(Wording.change(from: training, to: validation, .plain) == text)
  }

  /// Two figures that read alike are no range.
  @Test func rangesOfWhatReadsAlike() {
    #expect(NumberFormat.range("0.0160", "0.0160") == "0.0160")
    #expect(NumberFormat.range("0.0160", "0.0161") == "0.0160 to 0.0161")
  }
}
