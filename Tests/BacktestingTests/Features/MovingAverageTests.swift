import Kernels
import Testing

@testable import Backtesting

/// The simple average is correctly rounded, so ties of averages are ties of doubles.
@Suite struct MovingAverageTests {
  /// Integers have exact sums, and the quotient of two of them is correctly rounded by the hardware.
  @Test(arguments: [1, 2, 3, 7, 20, 199, 1_000], [1, 1 << 20, 1 << 40])
  func simpleAverageIsTheRoundedExactMean(period: Int, largest: Int) {
    var stream = RandomStream(seed: 11, purpose: .market, index: UInt64(period))
    let prices = (0..<2_000).map { _ in 1 + stream.integer(below: largest) }
    let averages = Indicators.simpleMovingAverage(prices.map(Double.init), period: period)
    var sum = 0
    for bar in prices.indices {
      sum += prices[bar] - (bar >= period ? prices[bar - period] : 0)
      if bar >= period - 1 { #expect(averages[bar] == Double(sum) / Double(period)) }
    }
  }

  @Test(arguments: ["2", "20", "200"])
  func simpleAverageIsTheRoundedExactMeanOfRealCloses(period: String) throws {
    let averages = Indicators.simpleMovingAverage(try Fixture.bars().close, period: Int(period)!)
    let expected = try #require(try Fixture.values("mean")[period])
    #expect(expected.count > 100)
    for (bar, mean) in expected { #expect(bits([averages[bar]]) == bits([mean])) }
  }

  /// Whatever came before, at any scale: a price that rests is its own average, and does not deviate.
  @Test(arguments: [1e-8, 0.1, 1.0 / 3, 4285.08, 1e9] as [Double])
  func equalPricesAverageToThePrice(price: Double) {
    let before = Market.randomWalk(seed: 5, count: 300).close.map { $0 * 1e3 }
    let column = before + [Double](repeating: price, count: 300)
    for period in [1, 2, 3, 14, 50, 171, 300] {
      let average = Indicators.simpleMovingAverage(column, period: period)
      let deviation = Indicators.populationStandardDeviation(column, period: period)
      for bar in (299 + period)..<600 {
        #expect(average[bar] == price)
        #expect(deviation[bar] == 0)
      }
    }
  }

  /// Pairs `price ± step`, both exact, have the mean `price` whatever the steps and however many there are.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func equalMeansGiveEqualBits(seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .market)
    let price = 1_024 + 1_023 * stream.uniform()
    var column = Market.randomWalk(seed: seed, count: 500).close
    for _ in 0..<100 {
      let step = price.ulp * Double(stream.integer(below: 1 << 40))
      column += [price + step, price - step]
    }
    let market = Market(
      name: "pairs", timestamps: column.indices.map(Int64.init), open: column, high: column, low: column,
      close: column, volume: column)
    let periods = [2, 4, 6, 14, 50, 128, 200]
    let features = FeatureColumns.compute(periods.map { .simpleMovingAverage(period: $0) }, in: market)
    for (period, feature) in zip(periods, features) {
      #expect(Indicators.simpleMovingAverage(column, period: period).last == price)
      #expect(feature.last == features[0].last)
    }
  }

  @Test func undefinedValuesSpoilTheirWindowsOnly() {
    var column = Market.randomWalk(seed: 3, count: 60).close
    let whole = column
    column[20] = .nan
    column[21] = .infinity
    let touched = 20..<31
    let windowed: [([Double]) -> [Double]] = [
      { Indicators.simpleMovingAverage($0, period: 10) },
      { Indicators.populationStandardDeviation($0, period: 10) },
      { Indicators.rollingMaximum($0, period: 10) },
      { Indicators.rollingMinimum($0, period: 10) },
    ]
    for indicator in windowed {
      let values = indicator(column)
      #expect(values[touched].allSatisfy { $0.isNaN })
      #expect(bits(values[..<20]) == bits(indicator(whole)[..<20]))
      #expect(bits(values[31...]) == bits(indicator(whole)[31...]))
    }
    let average = Indicators.exponentialMovingAverage(column, period: 10)
    #expect(average[20..<31].allSatisfy { $0.isNaN })
    #expect(
      bits(average[22...]) == bits(Indicators.exponentialMovingAverage(Array(column[22...]), period: 10)))
  }

  @Test func recursiveAveragesRestOnARestingPrice() {
    let column = [Double](repeating: 0.1, count: 100)
    #expect(Indicators.exponentialMovingAverage(column, period: 7).dropFirst(6).allSatisfy { $0 == 0.1 })
    #expect(Indicators.wilderAverage(column, period: 7).dropFirst(6).allSatisfy { $0 == 0.1 })
  }
}
