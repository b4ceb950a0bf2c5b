import TestSupport
import Testing

@testable import Backtesting

@Suite("Features of highest and lowest prices, value by value")
struct ChannelFeatureTests {
  static let market = Market.randomWalk(seed: 12, count: 400)

  /// Periods up and down and twice, so that what is kept from one feature for the next is used and dropped.
  static let periods = [1, 2, 3, 20, 21, 5, 64, 200, 399, 400, 401, 7, 7]

  private static func extremes(before end: Int, period: Int) -> (high: Double, low: Double)? {
    guard period <= end, end <= market.count else { return nil }
    let bars = end - period..<end
    guard let high = market.high[bars].max(), let low = market.low[bars].min() else { return nil }
    return (high, low)
  }

  private static func same(_ found: [Double], _ expected: [Double]) -> Bool {
    zip(found, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) } && found.count == expected.count
  }

  @Test func donchian() {
    let close = Self.market.close
    let columns = FeatureColumns.compute(Self.periods.map { .donchian(period: $0) }, in: Self.market)
    for (period, column) in zip(Self.periods, columns) {
      let expected = close.indices.map { bar in
        guard let (high, low) = Self.extremes(before: bar, period: period), high != low else {
          return Double.nan
        }
        return ((close[bar] - high) + (close[bar] - low)) / (high - low)
      }
      #expect(Self.same(column, expected), "\(period) bars")
    }
  }

  @Test(arguments: [1, 3, 32, 33])
  func stochastic(smoothing: Int) {
    let close = Self.market.close
    let columns = FeatureColumns.compute(
      Self.periods.map { .stochastic(period: $0, smoothing: smoothing) }, in: Self.market)
    for (period, column) in zip(Self.periods, columns) {
      let places = close.indices.map { bar in
        guard let (high, low) = Self.extremes(before: bar + 1, period: period) else { return Double.nan }
        return 100 * ((close[bar] - low) / (high - low))
      }
      // Running sums, whatever the length.
      let means = PrefixSums(places).means(period: smoothing)
      #expect(Self.same(column, means.map { (50 - $0) / 50 }), "\(period) bars")
    }
  }
}
