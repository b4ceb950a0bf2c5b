import Statistics
import Testing

@Suite struct BlockSumsPrefixTests {
  /// The first strategies of many have the sums that they have alone.
  @Test(arguments: [2, 7, 8, 9, 13]) func firstStrategies(count: Int) throws {
    let returns = try StatisticsFigures.matrix("whole")
    let metric = MeanMetric()
    let all = try BlockSums(
      returns: returns.values, bars: returns.bars, strategies: returns.strategies, blocks: 8,
      quantities: metric.quantities)
    let columns = (0..<returns.bars).flatMap { bar in
      returns.values[bar * returns.strategies..<bar * returns.strategies + count]
    }
    let alone = try BlockSums(
      returns: columns, bars: returns.bars, strategies: count, blocks: 8, quantities: metric.quantities)
    let prefix = all.prefix(count)
    #expect(prefix.strategies == count && prefix.droppedBars == alone.droppedBars)
    for kernel in CrossValidationKernel.allCases {
      #expect(
        BacktestOverfitting(prefix, metric: metric, kernel: kernel)
          == BacktestOverfitting(alone, metric: metric, kernel: kernel))
    }
  }
}
