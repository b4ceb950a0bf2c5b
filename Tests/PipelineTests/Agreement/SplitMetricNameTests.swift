import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

/// Cross-validation and the engine mean the same by a metric's name.
@Suite struct SplitMetricNameTests {
  @Test func everyMetricHasItsName() {
    #expect(SplitMetricName.allCases.map(\.rawValue) == Metric.allCases.map(\.rawValue))
    let paths = SplitMetricName.allCases.filter(\.isPathDependent)
    #expect(paths == [.maximumDrawdown, .calmarRatio])
    #expect(paths.allSatisfy { $0.metric(perTrade: false, barsPerYear: 252) == nil })
  }

  /// Rounding: either side makes some twenty operations of values of order 1, and moments cancel to a hundredth at most.
  @Test(arguments: Metric.allCases, Convention.allCases)
  func valuesAreThoseOfTheMergedTally(metric: Metric, convention: Convention) throws {
    let name = try #require(SplitMetricName(rawValue: metric.rawValue))
    guard let split = name.metric(perTrade: convention == .perTrade, barsPerYear: 252) else { return }
    let blocks = 4
    let tallies = (0..<11).map { strategy in (0..<blocks).map { Self.tally(strategy, $0) } }
    let sums = try BlockSums(
      barsInBlock: tallies[0].map(\.bars), strategies: tallies.count, quantities: split.quantities
    ) { strategy, block in tallies[strategy][block] }
    let found = BacktestOverfitting(sums, metric: split)
    for outcome in found.splits {
      let merits = tallies.map { tallies in
        let union = (0..<blocks).filter { outcome.inSampleBlocks >> UInt32($0) & 1 == 1 }
          .reduce(Tally()) { $0.merging(tallies[$1]) }
        let value =
          Performance(union, convention: convention, barsPerYear: 252)[metric] / Self.unit(of: metric)
        // Idle or without deviation: what an account in cash earns.
        return value.isNaN ? 0 : metric.isHigherBetter ? value : -value
      }
      let best = try #require(merits.max())
      #expect(outcome.selected == merits.firstIndex(of: best))
      #expect(Tolerance.rounding(absolute: 1e-12 * max(1, abs(best))).accepts(outcome.inSample, best))
    }
  }

  /// What the engine's figure is annualised by.
  private static func unit(of metric: Metric) -> Double {
    switch metric {
    case .sharpeRatio, .sortinoRatio, .volatility: 252.0.squareRoot()
    case .turnover: 252
    default: 1
    }
  }

  /// The tally of random trades of one bar each; the last strategy never trades.
  private static func tally(_ strategy: Int, _ block: Int) -> Tally {
    var random = SeededGenerator(seed: UInt64(100 * strategy + block + 1))
    var tally = Tally(bars: 30 + block)
    guard strategy < 10 else { return tally }
    for _ in 0..<10 + Int(random.uniform() * 15) {
      let x = random.uniform(-0.08...0.1)
      tally.barsInMarket += 1
      tally.winningBars += x > 0 ? 1 : 0
      tally.sum += x
      tally.sumOfSquares += x * x
      tally.sumOfCubes += x * x * x
      tally.sumOfFourths += x * x * x * x
      tally.sumOfLosses += min(x, 0)
      tally.sumOfSquaredLosses += min(x, 0) * min(x, 0)
      tally.growth *= 1 + x
      tally.turnover += 2
      tally.tradesClosed += 1
      tally.tradesWon += x > 0 ? 1 : 0
      tally.grossProfit += max(x, 0)
      tally.grossLoss += max(-x, 0)
    }
    return tally
  }
}
