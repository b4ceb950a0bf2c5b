import Testing

@testable import Artifacts

struct WordingTests {
  @Test(arguments: [
    (9, "9"), (14.2, "14.2"), (14.26, "14.3"), (2.26, "2.26"), (0.5, "0.5"), (0.25, "0.25"), (123.4, "123"),
    (1_234, "1,234"), (-3, "−3"), (.nan, "undefined"), (.infinity, "∞"),
  ])
  func quantitiesHaveTheDecimalsThatMatter(value: Double, text: String) {
    #expect(Wording.quantity(value) == text)
  }

  @Test func countsHaveTheirPlural() {
    #expect([0, 1, 12_870].map(Wording.splits) == ["0 splits", "1 split", "12,870 splits"])
    #expect([1, 2].map(Wording.trials) == ["1 trial", "2 trials"])
    #expect(Wording.strategies(1) == "1 strategy")
  }

  @Test func aShareOfNothingIsUndefined() {
    #expect(Wording.share(1, of: 8) == "12.5\u{A0}%")
    #expect(Wording.share(0, of: 0) == "undefined")
  }

  @Test func differencesOfPercentagesAreInPoints() {
    #expect(Wording.difference(0.061, .percent) == "6.1 percentage points")
    #expect(Wording.difference(1.234, .plain) == "1.23")
  }

  @Test func aTitleTakesTheNameWithoutTheUnit() {
    #expect(Wording.name("Sharpe ratio, annualised") == "Sharpe ratio")
    #expect(Wording.name("win rate") == "win rate")
  }
}
