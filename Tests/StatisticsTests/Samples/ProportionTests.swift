import Statistics
import TestSupport
import Testing

@Suite struct ProportionTests {
  /// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
  ])
  func published(count: Int, trials: Int, lower: Double, upper: Double) {
    let found = Proportion(count, of: trials)
    #expect(Tolerance.published(decimals: 4).accepts(found.lower, lower))
    #expect(Tolerance.published(decimals: 4).accepts(found.upper, upper))
    // Failures are successes seen from the other side.
    let other = Proportion(trials - count, of: trials)
    let rounding = Tolerance.rounding(absolute: 16 * UnitRoundoff.double)
    #expect(rounding.accepts(other.lower, 1 - found.upper) && rounding.accepts(other.upper, 1 - found.lower))
  }

  @Test func theEndsAreExact() {
    #expect(Proportion(0, of: 7).lower == 0 && Proportion(7, of: 7).upper == 1)
    let none = Proportion(0, of: 0)
    #expect(none.share.isNaN && none.lower.isNaN && none.upper.isNaN)
  }

  /// The interval is where the score test does not reject: at its ends the deviation is z standard errors.
  @Test(arguments: [1, 10, 50, 99]) func endsAreWhereTheTestTurns(count: Int) {
    let found = Proportion(count, of: 100, confidence: 0.9)
    for end in [found.lower, found.upper] {
      let z = abs(found.share - end) / (end * (1 - end) / 100).squareRoot()
      #expect(Tolerance.published(decimals: 6).accepts(z, 1.644854))
    }
  }
}
