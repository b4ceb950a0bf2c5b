import Kernels
import TestSupport
import Testing

@Suite("Deviations of windows")
struct WindowDeviationsTests {
  /// Whole numbers, for which the sums of a window and of its squares are exact.
  private static func column(bars: Int) -> [Int] {
    var generator = SeededGenerator(seed: 2)
    return (0..<bars).map { _ in Int.random(in: -1_000...1_000, using: &generator) }
  }

  /// Whole windows of `column` with what was found of them, their sum, and the exact square of their deviation times the
  /// period; what is not whole has to be undefined.
  private static func forEachWindow(
    of column: [Int], period: Int, in found: [Double],
    _ body: (_ bar: Int, _ value: Double, _ sum: Int, _ squared: Int) -> Void
  ) {
    #expect(found.count == column.count)
    for (bar, value) in found.enumerated() {
      guard bar + 1 >= period else {
        #expect(value.isNaN)
        continue
      }
      let window = column[(bar + 1 - period)...bar]
      let sum = window.reduce(0, +)
      body(bar, value, sum, period * window.reduce(0) { $0 + $1 * $1 } - sum * sum)
    }
  }

  @Test("the deviation of whole numbers", arguments: [0, 1, 2, 7, 100, 301])
  func wholeNumbers(bars: Int) {
    let column = Self.column(bars: bars)
    for period in [1, 2, 3, 7, 8, 50, 99, 100, 101, 300, 301, 302, 1_000] {
      let deviations = WindowDeviations.deviations(of: column.map(Double.init), period: period)
      Self.forEachWindow(of: column, period: period, in: deviations) { bar, deviation, _, squared in
        let expected = Double(squared).squareRoot() / Double(period)
        #expect(abs(deviation - expected) <= 1e-13 * expected, "bar \(bar), \(period) bars")
      }
    }
  }

  /// What the kernel is said to do, bar by bar: sums run to both sides from the last multiple of a power of two, the
  /// largest that is not longer than the window.
  private static func window(_ column: [Double], _ bar: Int, period: Int) -> (
    distance: Double, deviation: Double
  ) {
    var spacing = 1
    while 2 * spacing <= period { spacing *= 2 }
    let anchor = bar / spacing * spacing
    var (before, after) = ((sum: 0.0, square: 0.0), (sum: 0.0, square: 0.0))
    for other in (bar + 1 - period..<anchor).reversed() {
      let difference = column[other] - column[anchor]
      before = (before.sum + difference, before.square + difference * difference)
    }
    for other in anchor...bar {
      let difference = column[other] - column[anchor]
      after = (after.sum + difference, after.square + difference * difference)
    }
    let (sum, length) = (before.sum + after.sum, Double(period))
    let root = max(length * (before.square + after.square) - sum * sum, 0).squareRoot()
    let mean = column[anchor] + sum * (1 / length)
    return ((mean - column[bar]) * length / root, root / length)
  }

  @Test("the bits do not depend on what is asked for together", arguments: [1.0, 1e-30, 1e40])
  func bits(scale: Double) {
    var generator = SeededGenerator(seed: 3)
    let column = (0..<700).map { _ in scale * Double.random(in: 1...2, using: &generator) }
    let periods = Array((1...140).shuffled(using: &generator)) + [700, 701, 1 << 60]
    let distances = WindowDeviations.distances(of: column, periods: periods)
    #expect(distances.count == periods.count)
    for (period, distances) in zip(periods, distances) {
      let deviations = WindowDeviations.deviations(of: column, period: period)
      #expect(distances.count == 700 && deviations.count == 700)
      for bar in column.indices {
        if bar + 1 < period {
          #expect(distances[bar].isNaN && deviations[bar].isNaN, "bar \(bar), \(period) bars")
          continue
        }
        let expected = Self.window(column, bar, period: period)
        #expect(deviations[bar] == expected.deviation, "bar \(bar), \(period) bars")
        // A bar alone does not deviate.
        #expect(
          period == 1 ? distances[bar].isNaN : distances[bar] == expected.distance,
          "bar \(bar), \(period) bars")
      }
    }
  }

  @Test("the distance of whole numbers", arguments: [0, 1, 2, 301])
  func distancesOfWholeNumbers(bars: Int) {
    let column = Self.column(bars: bars)
    let periods = [2, 3, 7, 8, 50, 99, 128, 300, 301, 302]
    let found = WindowDeviations.distances(of: column.map(Double.init), periods: periods)
    for (period, distances) in zip(periods, found) {
      Self.forEachWindow(of: column, period: period, in: distances) { bar, distance, sum, squared in
        let expected = Double(sum - period * column[bar]) / Double(squared).squareRoot()
        // No more than the bars of the window, times a unit roundoff of the mean, in deviations: these are of 500 or more.
        let tolerance = Tolerance.rounding(
          absolute: 16 * Double(period) * UnitRoundoff.double * max(abs(expected), 1))
        #expect(tolerance.accepts(distance, expected), "bar \(bar), \(period) bars: \(distance), \(expected)")
      }
    }
  }

  /// Closes in cents: where their mean is the last of them, a rule that leaves at the mean leaves there.
  @Test("a value that is the mean of its window is at no distance", arguments: [3, 5, 10, 20])
  func atTheMean(period: Int) {
    var generator = SeededGenerator(seed: 5)
    var cents = 10_000
    let closes = (0..<20_000).map { _ in
      cents += Int.random(in: -5...5, using: &generator)
      return cents
    }
    let distances = WindowDeviations.distances(of: closes.map { Double($0) / 100 }, periods: [period])[0]
    let ties = closes.indices.dropFirst(period - 1).filter { bar in
      let window = closes[(bar + 1 - period)...bar]
      return window.reduce(0, +) == period * closes[bar] && Set(window).count > 1
    }
    #expect(ties.count > 40)
    // A sum that is rounded may miss it, where the mean lies near the middle between two numbers.
    #expect(ties.count { distances[$0] == 0 } * 100 >= ties.count * 95)
  }

  @Test("a window of equal values has no deviation, and so no distance")
  func equalValues() {
    let column = Array(repeating: 0.1, count: 40) + [0.2] + Array(repeating: 0.3, count: 40)
    for (period, distances) in zip([2, 5, 13], WindowDeviations.distances(of: column, periods: [2, 5, 13])) {
      let deviations = WindowDeviations.deviations(of: column, period: period)
      for bar in column.indices where bar + 1 >= period {
        let areEqual = bar < 40 || bar > 40 + period - 1
        #expect((deviations[bar] == 0) == areEqual, "bar \(bar), \(period) bars")
        #expect(distances[bar].isNaN == areEqual, "bar \(bar), \(period) bars")
      }
    }
  }

  @Test("a window that holds a value that is not finite is undefined", arguments: [Double.nan, .infinity])
  func gaps(gap: Double) {
    var column = Self.column(bars: 90).map(Double.init)
    let whole = column
    column[30] = gap
    for period in [1, 4, 10, 29] {
      let deviations = WindowDeviations.deviations(of: column, period: period)
      let expected = WindowDeviations.deviations(of: whole, period: period)
      for bar in column.indices where bar + 1 >= period {
        #expect(
          (30..<30 + period).contains(bar) ? deviations[bar].isNaN : deviations[bar] == expected[bar],
          "bar \(bar), \(period) bars")
        let distance = WindowDeviations.distances(of: column, periods: [period])[0][bar]
        let expectedDistance = WindowDeviations.distances(of: whole, periods: [period])[0][bar]
        #expect(
          (30..<30 + period).contains(bar) || period == 1 ? distance.isNaN : distance == expectedDistance,
          "bar \(bar), \(period) bars")
      }
    }
  }
}
