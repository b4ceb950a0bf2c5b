import TestSupport
import Testing

@testable import Artifacts

struct ScaleTests {
  @Test(arguments: [Scale.Kind.linear, .time, .logarithmic])
  func everyScaleHasWidthAndLabels(kind: Scale.Kind) {
    let cases: [[Double]] = [
      [], [0], [5], [-5, -5], [.nan], [.nan, 3, .infinity], [1e-9], [1e12, 1e12 + 1e-5], [-1e308, 1e308],
      [.leastNonzeroMagnitude, 5 * .leastNonzeroMagnitude], [1, 1 + 1e-16], [0, 1e-300],
    ]
    for values in cases {
      let scale = Scale(kind, covering: values, padding: 0.04)
      #expect(scale.lower < scale.upper, "\(values)")
      #expect(scale.lower.isFinite && scale.upper.isFinite)
      #expect(scale.fraction(scale.lower) == 0 && scale.fraction(scale.upper) == 1)
      let axis = Axis(scale, title: "")
      let texts = axis.ticks(limit: 6).map(axis.text)
      #expect((1...6).contains(texts.count), "\(values) \(scale)")
      #expect(Set(texts).count == texts.count, "\(texts)")
    }
  }

  @Test func finiteValuesAreCovered() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let values = (0..<5).map { _ in generator.normal() * DecimalPowers.power(generator.uniform(-9...9)) }
      let scale = Scale(covering: values + [.nan], padding: 0.05)
      #expect(values.allSatisfy(scale.contains))
      let rounded = scale.rounded(limit: 8)
      #expect(rounded.lower <= scale.lower + 1e-6 * (scale.upper - scale.lower))
      #expect(rounded.upper >= scale.upper - 1e-6 * (scale.upper - scale.lower))
    }
    #expect(Scale(covering: [0, 121]).rounded(limit: 8) == Scale(covering: [0, 140]))
  }

  @Test func equalRatiosTakeEqualLengths() {
    let scale = Scale(.logarithmic, covering: [0, -3, 1, 100])
    #expect(scale.lower == 1 && scale.upper == 100)
    #expect(abs(scale.fraction(10) - 0.5) < 1e-12)
  }

  @Test func countsAreMarkedAtWholeNumbers() {
    let axis = Axis(Scale(covering: [0, 2]), title: "", isWhole: true)
    #expect(axis.ticks(limit: 8).map(axis.text) == ["0", "1", "2"])
  }
}
