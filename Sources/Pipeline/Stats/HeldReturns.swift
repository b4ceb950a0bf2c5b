import Glibc

/// What who held one series of returns would have had: growth and the largest fall.
struct HeldReturns: Equatable, Sendable {
  /// Growth a year, compounded, less 1; NaN of less than a fiftieth of a year, a week, from which a year would be its
  /// fiftieth power.
  let annualGrowth: Double
  /// The largest fall from an earlier highest point, as a fraction of it.
  let maximumDrawdown: Double

  /// - Parameter periodsPerYear: how many returns make a year.
  init(_ returns: [Double], periodsPerYear: Double) {
    var equity = 1.0
    var highest = 1.0
    var fall = 0.0
    for value in returns {
      equity *= max(1 + value, 0)
      highest = max(highest, equity)
      fall = max(fall, 1 - equity / highest)
    }
    maximumDrawdown = fall
    annualGrowth =
      returns.isEmpty || Double(returns.count) * 50 < periodsPerYear
      ? .nan : pow(equity, periodsPerYear / Double(returns.count)) - 1
  }
}
