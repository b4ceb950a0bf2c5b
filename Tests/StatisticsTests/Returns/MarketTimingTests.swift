import Statistics
import TestSupport
import Testing

/// What strategies earn by when they hold a market.
@Suite struct MarketTimingTests {
  /// What is left of the returns of strategies with these positions, in order, costs of `cost` on each bar.
  private static func timed(
    _ positions: [[Double]], _ market: [Double], cost: Double = 0, isEarning: (Int) -> Bool = { _ in true }
  ) -> [[Double]] {
    var tile = ReturnTile(bars: market.count, columns: 5)
    tile.count = positions.count
    var held = tile.values
    for (lane, column) in positions.enumerated() {
      for bar in market.indices {
        tile.values[bar * tile.columns + lane] = column[bar] * market[bar] - cost
        held[bar * tile.columns + lane] = column[bar]
      }
    }
    MarketTiming(market: market, isEarning: isEarning).time(&tile, positions: held[...])
    return positions.indices.map { tile.column($0) }
  }

  private static func market(_ bars: Int, mean: Double = 0.0005, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<bars).map { _ in mean + 0.02 * random.normal() }
  }

  /// Means over one side of each bar, as written.
  @Test func isTheProductOfBothDeviations() {
    let market = Self.market(60, seed: 1)
    var random = SeededGenerator(seed: 2)
    let positions = (0..<3).map { _ in market.map { _ in Double(Int(random.uniform(-1.5...1.5).rounded())) } }
    let isEarning = { (bar: Int) in bar > 0 && !(20..<25).contains(bar) }
    let earning = market.indices.filter(isEarning)
    let silent = positions.map { column in column.indices.map { isEarning($0) ? column[$0] : 0 } }
    let found = Self.timed(silent, market, cost: 0.001, isEarning: isEarning)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    for (column, values) in zip(silent, found) {
      for bar in market.indices {
        guard let place = earning.firstIndex(of: bar) else {
          #expect(values[bar] == -0.001)
          continue
        }
        let earlier = place == 0 ? column[bar] : mean(earning[..<place].map { column[$0] })
        let later = earning[(place + 1)...].map { market[$0] }
        let count = Double(later.count)
        let deviation = later.isEmpty ? 0 : (count / (count + 1)).squareRoot() * (market[bar] - mean(later))
        #expect(abs(values[bar] - ((column[bar] - earlier) * deviation - 0.001)) < 1e-15)
      }
    }
  }

  /// Exactly nothing, however long and whatever is held.
  @Test(arguments: [-1.0, 0, 1]) func alwaysHoldingTheSameIsNoTiming(position: Double) {
    let market = Self.market(700, seed: 3)
    #expect(Self.timed([market.map { _ in position }], market)[0].allSatisfy { $0 == 0 })
  }

  /// Statistical: rules that look at past returns have no expectation in a market without memory, where taking out the
  /// mean position gives them one, upwards for those that buy after falls. Mean of the t statistics of 1,200 markets.
  @Test(arguments: [0.0, 0.001]) func rulesOnPastReturnsHaveNoExpectation(mean: Double) {
    let (bars, length, markets) = (700, 100, 1_200)
    func statistic(_ values: [Double]) -> Double {
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      // Some never trade.
      return square == 0 ? 0 : mean / (square / count).squareRoot()
    }
    var timed = (reversal: 0.0, trend: 0.0)
    var hedged = (reversal: 0.0, trend: 0.0)
    for seed in 0..<markets {
      let market = Self.market(bars, mean: mean, seed: UInt64(1_000 + seed))
      var price = 0.0
      var prices: [Double] = []
      var sum = 0.0
      var reversal = [0.0]
      var trend = [0.0]
      for (bar, earned) in market.enumerated() {
        price += earned
        prices.append(price)
        sum += price
        if bar >= length { sum -= prices[bar - length] }
        let isLow = price < sum / Double(length)
        let isKnown = bar >= length - 1
        reversal.append(isKnown && isLow ? 1 : 0)
        trend.append(isKnown && !isLow ? 1 : 0)
      }
      let rules = [Array(reversal[..<bars]), Array(trend[..<bars])]
      let found = Self.timed(rules, market)
      timed.reversal += statistic(found[0])
      timed.trend += statistic(found[1])
      let whole = rules.map { rule in
        let exposure = rule.reduce(0, +) / Double(bars)
        return market.indices.map { (rule[$0] - exposure) * market[$0] }
      }
      hedged.reversal += statistic(whole[0])
      hedged.trend += statistic(whole[1])
    }
    // Each statistic has a deviation of about 1.
    let error = 1 / Double(markets).squareRoot()
    #expect(
      abs(timed.reversal) / Double(markets) < 4 * error && abs(timed.trend) / Double(markets) < 4 * error)
    #expect(hedged.reversal / Double(markets) > 4 * error && hedged.trend / Double(markets) < -4 * error)
  }
}
