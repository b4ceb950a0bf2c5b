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

  @Test("the deviation of whole numbers", arguments: [0, 1, 2, 7, 100, 301])
  func wholeNumbers(bars: Int) {
    let column = Self.column(bars: bars)
    for period in [1, 2, 3, 7, 8, 50, 99, 100, 101, 300, 301, 302, 1_000] {
      let deviations = WindowDeviations.deviations(of: column.map(Double.init), period: period)
      #expect(deviations.count == bars)
      for (bar, deviation) in deviations.enumerated() {
        guard bar + 1 >= period else {
          #expect(deviation.isNaN)
          continue
        }
        let window = column[(bar + 1 - period)...bar]
        let sum = window.reduce(0, +)
        let squares = window.reduce(0) { $0 + $1 * $1 }
        let expected = (Double(period * squares - sum * sum)).squareRoot() / Double(period)
        #expect(abs(deviation - expected) <= 1e-13 * expected, "bar \(bar), \(period) bars")
      }
    }
  }

  /// Sums run from the anchor, the bar whose number is a multiple of the period, to both sides; where the kernel goes
  /// without a division it must round as one.
  @Test("the bits are those of divisions", arguments: [1.0, 1e-30, 1e40])
  func bits(scale: Double) {
    var generator = SeededGenerator(seed: 3)
    let column = (0..<700).map { _ in scale * Double.random(in: 1...2, using: &generator) }
    for period in 1...140 {
      let deviations = WindowDeviations.deviations(of: column, period: period)
      for bar in column.indices where bar + 1 >= period {
        let anchor = bar / period * period
        var (before, after) = ((sum: 0.0, square: 0.0), (sum: 0.0, square: 0.0))
        for other in (bar + 1 - period..<anchor).reversed() {
          let difference = column[other] - column[anchor]
          before = (before.sum + difference, before.square + difference * difference)
        }
        for other in anchor...bar {
          let difference = column[other] - column[anchor]
          after = (after.sum + difference, after.square + difference * difference)
        }
        let sum = before.sum + after.sum
        let squared = before.square + after.square - sum * sum / Double(period)
        #expect(deviations[bar] == (max(squared, 0) / Double(period)).squareRoot(), "bar \(bar), \(period)")
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
      }
    }
  }
}
