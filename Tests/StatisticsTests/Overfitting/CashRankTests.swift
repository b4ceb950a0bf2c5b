import Kernels
import Statistics
import TestSupport
import Testing

/// Where a strategy has no metric in one half of a split it has 0 there, whatever the metric: done the plain way.
@Suite struct CashRankTests {
  private static let samples = SplitSample.all.filter {
    [.gaps, .ordinary, .mixed, .uneven].contains($0.kind) && $0.blocks <= 6
  }

  /// The metric of each strategy over a union, by the metric's own formula on sums that are added in the fixed order.
  private static func values(
    _ metric: any SplitMetric, _ sample: SplitSample, over union: UInt32
  ) -> [Double] {
    let blocks = sample.blocks
    let bars = sample.barsInBlock.indices.filter { union >> UInt32($0) & 1 == 1 }
      .reduce(0) { $0 + sample.barsInBlock[$1] }
    return (0..<sample.strategies).map { strategy in
      func amount(_ quantity: BlockQuantity, _ half: Range<Int>) -> Double {
        let isProduct = quantity == .growth
        return half.reversed().filter { union >> UInt32($0) & 1 == 1 }.reduce(isProduct ? 1 : 0) {
          let value = Self.amount(quantity, sample.tally(strategy, $1))
          return isProduct ? $0 * value : $0 + value
        }
      }
      let sums = metric.quantities.map { quantity in
        let (low, high) = (amount(quantity, 0..<blocks / 2), amount(quantity, blocks / 2..<blocks))
        return quantity == .growth ? low * high : low + high
      }
      return metric.values(bars: Double(bars)) { SIMD8(repeating: sums[$0]) }[0]
    }
  }

  private static func amount(_ quantity: BlockQuantity, _ tally: Tally) -> Double {
    switch quantity {
    case .sum: tally.sum
    case .sumOfSquares: tally.sumOfSquares
    case .sumOfCubes: tally.sumOfCubes
    case .sumOfFourths: tally.sumOfFourths
    case .profitOfBars: tally.sum - tally.sumOfLosses
    case .lossOfBars: -tally.sumOfLosses
    case .sumOfSquaredLosses: tally.sumOfSquaredLosses
    case .growth: tally.growth
    case .winningBars: Double(tally.winningBars)
    case .barsInMarket: Double(tally.barsInMarket)
    case .tradesClosed: Double(tally.tradesClosed)
    case .tradesWon: Double(tally.tradesWon)
    case .grossProfit: tally.grossProfit
    case .grossLoss: tally.grossLoss
    case .profitOfTrades: tally.grossProfit - tally.grossLoss
    case .turnover: tally.turnover
    }
  }

  @Test(arguments: samples) func isThatOfCash(sample: SplitSample) throws {
    for metric in CrossValidationConformanceTests.metrics {
      let sums = try sample.sums(of: metric.metric.quantities)
      let found = BacktestOverfitting(sums, metric: metric.metric)
      for split in found.splits {
        let all = (UInt32(1) << UInt32(sample.blocks)) - 1
        let raw = Self.values(metric.metric, sample, over: split.inSampleBlocks)
        let outside = Self.values(metric.metric, sample, over: all ^ split.inSampleBlocks)
        let inside = raw.map { $0.isNaN ? 0 : $0 }
        let rest = outside.map { $0.isNaN ? 0 : $0 }
        let best = inside.indices.reduce(0) { inside[$1] > inside[$0] ? $1 : $0 }
        #expect(split.selected == best, "\(metric.name)")
        #expect(split.inSample == inside[best] && split.outOfSample == rest[best], "\(metric.name)")
        #expect(split.isDefined == (!raw[best].isNaN && !outside[best].isNaN), "\(metric.name)")
        #expect(split.worseOutOfSample == rest.count { $0 < rest[best] }, "\(metric.name)")
        #expect(split.equalOutOfSample == rest.count { $0 == rest[best] }, "\(metric.name)")
        #expect(split.undefinedOutOfSample == outside.count { $0.isNaN }, "\(metric.name)")
      }
    }
  }

  /// Strategies without any position on one side of the market's history are neither above nor below an account in cash.
  @Test func anIdleHalfIsNoLoss() throws {
    // One strategy gains in the first half alone and is then idle; the other loses throughout.
    let columns = [
      [0.01, 0.02, 0.01, 0.03, 0, 0, 0, 0], [-0.01, -0.02, -0.01, -0.03, -0.01, -0.02, -0.02, -0.01],
    ]
    let found = try BacktestOverfitting(StatisticsFigures.Returns(columns: columns), blocks: 2)
    #expect(found.splits.map(\.selected) == [0, 0])
    #expect(found.splits[0].outOfSample == 0 && found.splits[0].rank == 2)
    #expect(found.splits[1].inSample == 0 && found.splits[1].outOfSample > 0)
    #expect(found.probability == 0 && found.probabilityOfLoss == 0)
    #expect(found.undefined == 1 && found.undefinedSelections == 2)
  }
}
