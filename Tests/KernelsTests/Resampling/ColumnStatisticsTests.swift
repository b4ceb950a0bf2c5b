import Kernels
import TestSupport
import Testing

@Suite struct ColumnStatisticsTests {
  /// The variance as Hansen writes it: every autocovariance with its weight.
  private static func variance(_ series: [Double], meanBlockLength: Double) -> Double {
    let bars = series.count
    let mean = series.reduce(0, +) / Double(bars)
    let q = 1 - 1 / meanBlockLength
    func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { product, _ in product * q } }
    func covariance(_ lag: Int) -> Double {
      (lag..<bars).reduce(0) { $0 + (series[$1] - mean) * (series[$1 - lag] - mean) } / Double(bars)
    }
    return (1..<max(bars, 1)).reduce(covariance(0)) { sum, lag in
      let share = Double(lag) / Double(bars)
      return sum + 2 * ((1 - share) * power(lag) + share * power(bars - lag)) * covariance(lag)
    }
  }

  /// Rounding: 2·T terms of size q/p at most times the variance, in another order.
  @Test(arguments: [1, 2, 3, 17, 120], [1, 1.25, 4, 30])
  func recursionIsTheSumOverLags(bars: Int, meanBlockLength: Double) {
    var generator = SeededGenerator(seed: 4)
    let width = 2 * ColumnStatistics.columnsAtOnce
    let values = (0..<bars * width).map { _ in generator.normal() + 0.1 }
    var found = ColumnStatistics(width: width)
    found.measureSums(of: values, bars: bars)
    found.measureVariance(of: values, bars: bars, meanBlockLength: meanBlockLength)
    for lane in 0..<width {
      let column = (0..<bars).map { values[$0 * width + lane] }
      #expect(found.sums[lane] == column.reduce(0, +))
      #expect(found.lowest[lane] == column.min() && found.highest[lane] == column.max())
      let bound = 64 * Double(bars) * meanBlockLength * UnitRoundoff.double * 10
      let expected = Self.variance(column, meanBlockLength: meanBlockLength)
      #expect(Tolerance.rounding(absolute: bound).accepts(found.variances[lane], expected))
    }
  }

  /// Memory that was used for another tile gives the same bits.
  @Test func startsAfresh() {
    var generator = SeededGenerator(seed: 4)
    let tiles = (0..<2).map { _ in (0..<40 * 16).map { _ in generator.normal() } }
    var used = ColumnStatistics(width: 16)
    var fresh = ColumnStatistics(width: 16)
    for tile in tiles {
      used.measureSums(of: tile, bars: 40)
      used.measureVariance(of: tile, bars: 40, meanBlockLength: 4)
    }
    fresh.measureSums(of: tiles[1], bars: 40)
    fresh.measureVariance(of: tiles[1], bars: 40, meanBlockLength: 4)
    #expect(used.sums == fresh.sums && used.variances == fresh.variances)
  }
}
