import Statistics
import TestSupport
import Testing

@Suite struct StudentDistributionTests {
  /// Rounding: the tail's logarithm, of magnitude up to 700 in these cases, carries some units in its last
  /// place; with many degrees of freedom ν the argument of the incomplete beta function is known to ν·u only.
  @Test(arguments: ["1", "2", "3.5", "23", "119", "593", "2500", "1000000"])
  func tailsAgreeWithArithmeticOfFortyDigits(degrees: String) throws {
    let student = StudentDistribution(degreesOfFreedom: Double(degrees)!)
    let bound = 1e-13 + 8 * student.degreesOfFreedom * UnitRoundoff.double
    let figures = try StatisticsFigures.values("student", degrees)
    #expect(figures.count == 7)
    for (t, tail) in figures where tail[0] > 1e-290 {
      #expect(relativeError(student.survival(Double(t)!), tail[0]) < bound, "t = \(t)")
      #expect(student.cumulative(-Double(t)!) == student.survival(Double(t)!))
    }
  }

  @Test(arguments: [0.5, 1, 2, 7, 119, 2_500], [1e-200, 1e-12, 1e-4, 0.02, 0.3, 0.499, 0.6, 0.975])
  func quantilesUndoTails(degrees: Double, upper: Double) {
    let student = StudentDistribution(degreesOfFreedom: degrees)
    let t = student.quantile(upper: upper)
    guard t.isFinite else {
      #expect(degrees < 1)
      return
    }
    // A last place of t moves the tail by up to ν + 1 times as much, relatively.
    #expect(relativeError(student.survival(t), upper) < 1e-12 * (1 + degrees / 100))
  }

  @Test func closedForms() {
    let cauchy = StudentDistribution(degreesOfFreedom: 1)
    #expect(relativeError(cauchy.quantile(0.75), 1) < 1e-14)
    #expect(relativeError(cauchy.density(0), 1 / .pi) < 1e-14)
    let two = StudentDistribution(degreesOfFreedom: 2)
    #expect(relativeError(two.survival(2.0.squareRoot()), 0.5 - 0.5.squareRoot() / 2) < 1e-14)
  }

  @Test(arguments: [1.0, 6, 300])
  func endsAndSymmetry(degrees: Double) {
    let student = StudentDistribution(degreesOfFreedom: degrees)
    #expect(student.quantile(0) == -.infinity && student.quantile(1) == .infinity)
    #expect(student.quantile(0.5) == 0 && student.survival(0) == 0.5)
    #expect(student.quantile(1.5).isNaN && student.survival(.nan).isNaN)
    #expect(student.survival(.infinity) == 0 && student.survival(-.infinity) == 1)
    #expect(student.quantile(0.25) == -student.quantile(0.75))
  }
}
