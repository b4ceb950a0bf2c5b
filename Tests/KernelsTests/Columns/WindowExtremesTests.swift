import Kernels
import TestSupport
import Testing

@Suite("Extremes and means of windows")
struct WindowExtremesTests {
  /// Few different values, so that many are equal, both zeros, and here and there one that is not finite.
  private static func column(seed: UInt64, bars: Int, gaps: Bool) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<bars).map { _ in
      let value = Int.random(in: -4...4, using: &generator)
      guard gaps, Int.random(in: 0..<15, using: &generator) == 0 else {
        return value == 0 ? -0.0 : value == 1 ? 0 : Double(value)
      }
      return value < 0 ? .nan : .infinity
    }
  }

  /// Value by value; of equal values the latest.
  private static func extreme(_ side: WindowExtremes.Side, of window: ArraySlice<Double>) -> Double {
    guard window.allSatisfy(\.isFinite) else { return .nan }
    return window.dropFirst().reduce(window[window.startIndex]) { extreme, value in
      (side == .highest ? extreme > value : extreme < value) ? extreme : value
    }
  }

  @Test("each window has the extreme of its values", arguments: [0, 1, 2, 63, 200], [false, true])
  func extremes(bars: Int, gaps: Bool) {
    let column = Self.column(seed: 5, bars: bars, gaps: gaps)
    for side in [WindowExtremes.Side.highest, .lowest] {
      var windows = WindowExtremes(side, of: column)
      // By one, by as much as can be, and beyond the column.
      for period in [1, 2, 3, 4, 9, 10, 20, 21, 63, 64, 150, 199, 200, 201, 500] {
        windows.lengthen(to: period)
        let expected = column.indices.map { bar in
          bar + 1 < period ? .nan : Self.extreme(side, of: column[(bar + 1 - period)...bar])
        }
        #expect(windows.columnOfLastBars.map(\.bits) == expected.map(\.bits), "\(side) of \(period) bars")
      }
    }
  }

  @Test("a mean of few bars is that of the exact sum", arguments: 1...WindowMeans.longestShortPeriod)
  func shortMeans(period: Int) {
    var generator = SeededGenerator(seed: 9)
    // Whole sixty-fourths, whose sums are exact in Double.
    var column = (0..<150).map { _ in Double(Int.random(in: -9_000...9_000, using: &generator)) / 64 }
    column[70] = .nan
    column[110] = .infinity
    let means = WindowMeans.shortMeans(of: column, period: period)
    for bar in column.indices {
      let window = bar + 1 < period ? [.nan] : column[(bar + 1 - period)...bar]
      let sum = window.reduce(0, +)
      #expect(sum.isFinite ? means[bar] == sum / Double(period) : means[bar].isNaN)
    }
    #expect(WindowMeans.shortMeans(of: [1], period: 2).map(\.isNaN) == [true])
  }
}

extension Double {
  /// The bits, one pattern for all NaNs.
  fileprivate var bits: UInt64 { isNaN ? Double.nan.bitPattern : bitPattern }
}
