import Kernels
import TestSupport
import Testing

@testable import Backtesting

@Suite("Performance read off a tally")
struct PerformanceTests {
  /// Power sums lose digits where a moment is small beside its terms; with a mean below half a deviation, as here, a
  /// few bits beside the roundings of n terms, n being 300.
  static func bound(_ value: Double) -> Tolerance {
    .rounding(absolute: 300 * 64 * UnitRoundoff.double * max(1, abs(value)))
  }

  @Test("against the whole path", arguments: Convention.allCases, 0..<6)
  func againstThePath(convention: Convention, seed: Int) throws {
    let market = Market.randomWalk(seed: UInt64(60 + seed), count: 300)
    let cost = seed % 3 == 0 ? 0 : 12.0
    let strategies = try StrategySample.bollinger.strategies(
      direction: seed < 3 ? .long : .longShort, hasStops: seed % 2 == 1, signalCount: 0)
    let backtest = Backtest(
      market: market, segments: [Segment(name: "all", bars: 20..<300)], costBasisPoints: cost,
      convention: convention)
    var compared = 0
    for strategy in 0..<strategies.count {
      let path = backtest.path(of: strategy, in: strategies)
      // Where nothing was lost or won, some ratios are undefined; that is another test.
      if path.tallies[0].grossLoss == 0 || path.tallies[0].grossProfit == 0 { continue }
      let found = Performance(path.tallies[0], convention: convention, barsPerYear: 365.25)
      let expected = NaivePerformance(
        path, earned: backtest.returns.earned, cost: backtest.cost, bars: 20..<300, convention: convention,
        barsPerYear: 365.25)
      compared += 1
      for metric in Metric.allCases {
        let value = try #require(expected.values[metric])
        #expect(
          Self.bound(value).accepts(found[metric], value),
          "\(metric.rawValue): \(found[metric]), expected \(value)")
      }
    }
    #expect(compared >= 3)
  }

  @Test("no trade: what needs one is undefined, the rest is nothing", arguments: Convention.allCases)
  func noTrades(convention: Convention) {
    let performance = Performance(Tally(bars: 50), convention: convention, barsPerYear: 252)
    let isPerTrade = convention == .perTrade
    var undefined: Set<Metric> = [
      .winRate, .sharpeRatio, .sortinoRatio, .calmarRatio, .profitFactor, .expectancy, .skewness, .kurtosis,
    ]
    if isPerTrade { undefined.insert(.volatility) }
    for metric in Metric.allCases {
      let value = performance[metric]
      #expect(undefined.contains(metric) ? value.isNaN : value == 0, "\(metric.rawValue): \(value)")
    }
  }

  @Test("one bar has no deviation", arguments: Convention.allCases)
  func oneBar(convention: Convention) {
    var tally = Tally(bars: 1)
    (tally.barsInMarket, tally.winningBars, tally.tradesClosed, tally.tradesWon) = (1, 1, 1, 1)
    (tally.sum, tally.sumOfSquares, tally.sumOfCubes, tally.sumOfFourths) = (0.5, 0.25, 0.125, 0.0625)
    (tally.growth, tally.highest, tally.turnover, tally.grossProfit) = (1.5, 1.5, 2, 0.5)
    let performance = Performance(tally, convention: convention, barsPerYear: 1)
    #expect(performance.sharpeRatio.isNaN)
    #expect(performance.skewness.isNaN && performance.kurtosis.isNaN)
    #expect(performance.sortinoRatio.isNaN && performance.calmarRatio.isNaN && performance.profitFactor.isNaN)
    #expect(performance.volatility.isNaN)
    #expect(performance.winRate == 1 && performance.totalReturn == 0.5 && performance.cagr == 0.5)
    #expect(performance.exposure == 1 && performance.turnover == 2 && performance.expectancy == 0.5)
  }

  @Test("no bar: nothing is defined but the sums", arguments: Convention.allCases)
  func noBar(convention: Convention) {
    let performance = Performance(Tally(), convention: convention, barsPerYear: 252)
    for metric in Metric.allCases {
      let value = performance[metric]
      let isSum = [.totalReturn, .maximumDrawdown, .trades].contains(metric)
      #expect(isSum ? value == 0 : value.isNaN, "\(metric.rawValue): \(value)")
    }
  }

  @Test(
    "constant returns have no deviation, whatever the rounding of their sums", arguments: Convention.allCases,
    [2, 3, 10, 100, 1_000, 2_694, 20_000])
  func constantReturns(convention: Convention, bars: Int) {
    for value in [0.001, 0.1, -0.003, 1.0 / 3e4, 0.010_000_1, 0.7e-7] {
      var tally = Tally(bars: bars)
      tally.barsInMarket = bars
      for _ in 0..<bars {
        tally.sum += value
        tally.sumOfSquares += value * value
        tally.sumOfCubes += value * value * value
        tally.sumOfFourths += (value * value) * (value * value)
      }
      let performance = Performance(tally, convention: convention, barsPerYear: 252)
      #expect(performance.sharpeRatio.isNaN, "\(value)")
      #expect(performance.volatility == 0)
      #expect(performance.skewness.isNaN && performance.kurtosis.isNaN)
    }
  }

  /// Two returns as near as this still have a deviation.
  @Test("returns that differ little have a deviation", arguments: [1e-3, 1e-4, 1e-5])
  func nearlyConstantReturns(difference: Double) {
    var tally = Tally(bars: 2)
    tally.barsInMarket = 2
    for value in [0.01 * (1 - difference), 0.01 * (1 + difference)] {
      tally.sum += value
      tally.sumOfSquares += value * value
    }
    let performance = Performance(tally, convention: .perTrade, barsPerYear: 1)
    #expect(abs(performance.sharpeRatio * difference - 1) < 1e-4)
  }

  @Test("an account that lost everything has lost all of it every year")
  func ruin() {
    var tally = Tally(bars: 100)
    (tally.growth, tally.lowest, tally.maximumDrawdown) = (0, 0, 1)
    let performance = Performance(tally, convention: .portfolio, barsPerYear: 252)
    #expect(performance.totalReturn == -1 && performance.cagr == -1 && performance.calmarRatio == -1)
  }
}
