import Testing

@testable import Backtesting

/// Agreement with TA-Lib on the first 1,200 daily bars of BTC/USDT.
///
/// Tolerance class "rounding": each bound follows from the number of roundings in the two programs and the
/// largest number that is rounded; none is fitted to the differences seen.
@Suite struct TALibTests {
  struct Indicator: Sendable, CustomTestStringConvertible {
    let name: String
    let values: @Sendable (Market, [Int]) -> [Double]
    /// The largest allowed difference, in units of 2⁻⁵³.
    let bound: @Sendable (Market, [Int]) -> Double
    var testDescription: String { name }
  }

  /// A running sum over all bars rounds twice a bar, relative to the largest window's sum.
  static let runningSum: Double = 2 * 1_200

  static let indicators: [Indicator] = [
    Indicator(
      name: "SMA", values: { Indicators.simpleMovingAverage($0.close, period: $1[0]) },
      bound: { market, _ in runningSum * market.close.max()! }),
    // A step rounds thrice, and a step's error lives for (period + 1) / 2 bars, in either program.
    Indicator(
      name: "EMA", values: { Indicators.exponentialMovingAverage($0.close, period: $1[0]) },
      bound: { 4 * Double($1[0] + 1) * $0.close.max()! }),
    Indicator(
      name: "deviation", values: { Indicators.populationStandardDeviation($0.close, period: $1[0]) },
      bound: { market, periods in
        // Relative: sums of `period` terms, of which at most a factor `period` cancels.
        let deviations = Indicators.populationStandardDeviation(market.close, period: periods[0])
        return Double(periods[0] * (periods[0] + 3)) * deviations.filter(\.isFinite).max()!
      }),
    Indicator(
      name: "ROCP", values: { Indicators.rateOfChange($0.close, period: $1[0]) },
      bound: { market, _ in 4 * market.close.max()! / market.close.min()! }),
    Indicator(
      name: "MAX", values: { Indicators.rollingMaximum($0.high, period: $1[0]) }, bound: { _, _ in 0 }),
    Indicator(
      name: "MIN", values: { Indicators.rollingMinimum($0.low, period: $1[0]) }, bound: { _, _ in 0 }),
    // Averages of numbers of one sign: relative errors of 4 roundings over `period` bars in each.
    Indicator(
      name: "RSI", values: { Indicators.relativeStrengthIndex($0.close, period: $1[0]) },
      bound: { 100 * 16 * Double($1[0] + 1) }),
    Indicator(
      name: "ATR",
      values: { Indicators.averageTrueRange(high: $0.high, low: $0.low, close: $0.close, period: $1[0]) },
      bound: { market, periods in
        let ranges = Indicators.trueRange(high: market.high, low: market.low, close: market.close)
        return 8 * Double(periods[0] + 1) * ranges.dropFirst().max()!
      }),
    Indicator(
      name: "PLUS_DI",
      values: {
        Indicators.directionalIndicators(high: $0.high, low: $0.low, close: $0.close, period: $1[0]).plus
      },
      bound: { 100 * 16 * Double($1[0] + 1) }),
    Indicator(
      name: "MINUS_DI",
      values: {
        Indicators.directionalIndicators(high: $0.high, low: $0.low, close: $0.close, period: $1[0]).minus
      },
      bound: { 100 * 16 * Double($1[0] + 1) }),
    // The difference of the two, relative to their sum, and once more an average over the period.
    Indicator(
      name: "ADX",
      values: {
        Indicators.averageDirectionalIndex(high: $0.high, low: $0.low, close: $0.close, period: $1[0])
      },
      bound: { 100 * 40 * Double($1[0] + 1) }),
    Indicator(
      name: "AROONOSC",
      values: { Indicators.aroonOscillator(high: $0.high, low: $0.low, period: $1[0]) },
      bound: { _, _ in 100 * 4 }),
    Indicator(
      name: "STOCH",
      values: {
        Indicators.stochastic(high: $0.high, low: $0.low, close: $0.close, period: $1[0], smoothing: $1[1])
      },
      bound: { _, _ in 100 * (runningSum + 8) }),
    // TA-Lib's running sums of money keep the rounding of the largest flow when they have become small.
    Indicator(
      name: "MFI",
      values: {
        Indicators.moneyFlowIndex(
          high: $0.high, low: $0.low, close: $0.close, volume: $0.volume, period: $1[0])
      },
      bound: { market, _ in
        let prices = Indicators.typicalPrice(high: market.high, low: market.low, close: market.close)
        let flows = zip(prices, market.volume).map(*)
        return 100 * 2 * runningSum * flows.max()! / flows.min()!
      }),
    // The mean's rounding, relative to the mean deviation, in the numerator and (times the index) below it.
    Indicator(
      name: "CCI",
      values: {
        Indicators.commodityChannelIndex(high: $0.high, low: $0.low, close: $0.close, period: $1[0])
      },
      bound: { market, periods in
        let prices = Indicators.typicalPrice(high: market.high, low: market.low, close: market.close)
        let least = (periods[0] - 1..<prices.count).map { bar in
          let window = prices[(bar + 1 - periods[0])...bar]
          let mean = window.reduce(0, +) / Double(window.count)
          return window.map { ($0 - mean).magnitude }.reduce(0, +) / Double(window.count)
        }.min()!
        // No value of n is further than n/2 mean deviations from the mean.
        let largestIndex = Double(periods[0]) / 2
        return 2 * Double(periods[0] + 3) * prices.max()! * (1 + largestIndex) / (0.015 * least)
      }),
    Indicator(name: "MACD", values: { convergence($0, $1).line }, bound: convergenceBound),
    Indicator(name: "MACDSIGNAL", values: { convergence($0, $1).signal }, bound: convergenceBound),
    Indicator(name: "MACDHIST", values: { convergence($0, $1).histogram }, bound: convergenceBound),
  ]

  /// TA-Lib gives no line before the signal.
  static func convergence(
    _ market: Market, _ periods: [Int]
  ) -> (line: [Double], signal: [Double], histogram: [Double]) {
    let (line, signal, histogram) = Indicators.movingAverageConvergence(
      market.close, fast: periods[0], slow: periods[1], signal: periods[2])
    return (zip(line, signal).map { $1.isNaN ? .nan : $0 }, signal, histogram)
  }

  /// Four exponential averages, each with the bound of `EMA`.
  static let convergenceBound: @Sendable (Market, [Int]) -> Double = { market, periods in
    4 * 4 * Double(periods[1] + 1) * market.close.max()!
  }

  @Test(arguments: indicators)
  func agrees(indicator: Indicator) throws {
    let market = try Fixture.bars()
    let expected = try Fixture.values(indicator.name)
    #expect(expected.count == 3)
    for (periods, samples) in expected {
      let numbers = periods.split(separator: "/").map { Int($0)! }
      let values = indicator.values(market, numbers)
      let bound = indicator.bound(market, numbers) * 0x1p-53
      #expect(values.count == market.count)
      #expect(samples.count > 100)
      for (bar, value) in samples {
        let agrees = value.isNaN ? values[bar].isNaN : (values[bar] - value).magnitude <= bound
        #expect(agrees, "\(periods) at bar \(bar): \(values[bar]), TA-Lib \(value), bound \(bound)")
      }
    }
  }

  /// TA-Lib's variance is a difference of two mean squares, so the variances are compared, not their roots.
  @Test func variancesAgree() throws {
    let market = try Fixture.bars()
    let highest = market.close.max()!
    let bound = 4 * Self.runningSum * highest * highest * 0x1p-53
    for (periods, samples) in try Fixture.values("STDDEV") {
      let deviations = Indicators.populationStandardDeviation(market.close, period: Int(periods)!)
      for (bar, value) in samples where !value.isNaN {
        #expect((deviations[bar] * deviations[bar] - value * value).magnitude <= bound)
      }
    }
  }

  /// The gaps' averages start from other bars than TA-Lib's fast one; 800 bars later nothing is left of that.
  @Test func gapsAddUpToTheHistogram() throws {
    let market = try Fixture.bars()
    let histogram = Indicators.movingAverageConvergence(market.close, fast: 12, slow: 26, signal: 9).histogram
    let gaps = FeatureColumns.compute(
      [.macdGap(period: 12, signal: 9), .macdGap(period: 26, signal: 9)], in: market)
    let bound = 4 * 4 * 27 * market.close.max()! / market.close.min()! * 0x1p-53
    for bar in 800..<market.count {
      #expect((gaps[0][bar] - gaps[1][bar] - histogram[bar] / market.close[bar]).magnitude <= bound)
    }
    #expect((gaps[0][40] - gaps[1][40] - histogram[40] / market.close[40]).magnitude > 1e-6)
  }
}
