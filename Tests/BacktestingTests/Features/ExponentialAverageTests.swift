import Kernels
import Testing

@testable import Backtesting

/// However many averages are made at once, each has the bits of its own recursion.
@Suite struct ExponentialAverageTests {
  /// The definition, bar by bar. Prices are whole multiples of 1/64, so that the seed's sum is exact.
  private static func average(_ column: [Double], period: Int, smoothing: Double) -> [Double] {
    var result: [Double] = []
    var window: [Double] = []
    var average = Double.nan
    for value in column {
      guard value.isFinite else {
        window = []
        result.append(.nan)
        continue
      }
      window.append(value)
      if window.count == period { average = window.reduce(0, +) / Double(period) }
      if window.count > period { average += smoothing * (value - average) }
      result.append(window.count < period ? .nan : average)
    }
    return result
  }

  private static func column(seed: UInt64, bars: Int, gaps: [Int: Double] = [:]) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .market)
    var column = (0..<bars).map { _ in Double(1 + stream.integer(below: 100_000)) / 64 }
    for (bar, value) in gaps where bar < bars { column[bar] = value }
    return column
  }

  private static let gaps: [[Int: Double]] = [
    [:], [0: .nan, 1: .nan], [40: .nan], [40: .infinity, 41: -.infinity, 90: .nan], [199: .nan],
    [60: .nan, 199: .nan],
  ]

  @Test("averages of one column", arguments: [0, 1, 2, 9, 64, 200], gaps)
  func ofOneColumn(bars: Int, gaps: [Int: Double]) {
    let column = Self.column(seed: 3, bars: bars, gaps: gaps)
    // One, a vector of them, and more than that; periods that the column is too short for among them.
    for periods in [[5], Array(1...8), [2, 300, 3, 50, 7, 1, 20, 199, 200, 11, 12]] {
      let exponential = Indicators.exponentialMovingAverages(of: column, periods: periods)
      let wilder = Indicators.wilderAverages(of: column, periods: periods)
      for (index, period) in periods.enumerated() {
        #expect(
          bits(exponential[index])
            == bits(Self.average(column, period: period, smoothing: 2 / Double(period + 1))), "\(period)")
        #expect(
          bits(wilder[index]) == bits(Self.average(column, period: period, smoothing: 1 / Double(period))),
          "\(period)")
      }
    }
  }

  @Test("gaps between averages and their signals", arguments: [0, 1, 2, 9, 64, 200], gaps)
  func gapsToSignals(bars: Int, gaps: [Int: Double]) {
    // Zeros where some gaps start, and where all are made side by side.
    let zeros = [5: 0.0, 23: 0, 130: 0, 198: 0]
    let column = Self.column(seed: 5, bars: bars, gaps: gaps.merging(zeros) { gap, _ in gap })
    let many = (0..<19).map { (average: 1 + $0 * $0 % 37, signal: 1 + 5 * $0 % 11) }
    for periods in [[(average: 3, signal: 4)], Array(many.prefix(8)), many, [(40, 161), (40, 162), (2, 1)]] {
      let found = Indicators.averageGaps(of: column, periods: periods)
      #expect(found.count == periods.count)
      for (gap, (average, signal)) in zip(found, periods) {
        // By one column after the other.
        let averages = Indicators.exponentialMovingAverage(column, period: average)
        let signals = Indicators.exponentialMovingAverage(averages, period: signal)
        let expected = column.indices.map { bar in
          let gap = (averages[bar] - signals[bar]) / column[bar]
          return gap.isFinite ? gap : .nan
        }
        #expect(bits(gap) == bits(expected), "\(average), \(signal)")
      }
    }
  }
}
