import Pipeline
import Testing

@Suite struct NaturalOrderTests {
  static let ordered = [
    "", "0", "00", "01", "1", "2", "10", "99999999999999999999998", "99999999999999999999999", "A", "a",
    "a01", "a1",
    "a1b2", "a1b10", "a2", "b", "strategy_2", "strategy_10", "é",
  ]

  @Test func isTotal() {
    for (i, left) in Self.ordered.enumerated() {
      for (j, right) in Self.ordered.enumerated() {
        #expect(NaturalOrder.isLess(left, right) == (i < j), "\(left) against \(right)")
      }
    }
  }
}
