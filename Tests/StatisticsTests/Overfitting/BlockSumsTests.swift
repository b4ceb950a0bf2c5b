import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct BlockSumsTests {
  /// Tallies of whole returns have exact sums, so they give the bits that the matrix gives.
  @Test func talliesGiveWhatReturnsGive() throws {
    let returns = try StatisticsFigures.matrix("whole")
    let length = returns.bars / 8
    let dropped = returns.bars - 8 * length
    for metric in NamedMetric.all {
      let sums = try BlockSums(
        barsInBlock: Array(repeating: length, count: 8), strategies: returns.strategies,
        quantities: metric.metric.quantities
      ) { strategy, block in
        Self.tally(returns.column(strategy)[(dropped + block * length)..<(dropped + (block + 1) * length)])
      }
      let found = BacktestOverfitting(sums, metric: metric.metric)
      let expected = try BacktestOverfitting(returns, blocks: 8, metric: metric.metric)
      #expect(found.splits == expected.splits && found.degradation == expected.degradation)
    }
  }

  /// Tallies that several threads write, in any order, give what tallies at hand give.
  @Test(arguments: [1, 2, 5]) func canBeFilledByThreads(threads: Int) throws {
    let sample = SplitSample(kind: .uneven, strategies: 131, blocks: 6)
    for metric in CrossValidationConformanceTests.metrics {
      let sums = try BlockSums(
        barsInBlock: sample.barsInBlock, strategies: 131, quantities: metric.metric.quantities
      ) { slots in
        Workers.forEach(items: 131 * 6, threads: threads, makeState: {}) { _, item in
          let (block, strategy) = (131 * 6 - 1 - item).quotientAndRemainder(dividingBy: 131)
          slots.write(sample.tally(strategy, block), strategy: strategy, block: block)
        }
      }
      let expected = try sample.sums(of: metric.metric.quantities)
      let found = BacktestOverfitting(sums, metric: metric.metric)
      let difference = found.firstDifference(from: BacktestOverfitting(expected, metric: metric.metric))
      #expect(difference == nil, "\(metric.name)")
    }
  }

  /// Returns that come a tile at a time, on any threads, give the bits of the matrix, and every quantity of them is
  /// that of their tally.
  @Test(arguments: [1, 3]) func returnsMayComeInTiles(threads: Int) throws {
    let sample = try StatisticsFigures.matrix("whole")
    let wide = StatisticsFigures.Returns(columns: (0..<140).map { sample.column($0 % 13).map { $0 / 4 } })
    let source = try ReturnMatrix(bars: wide.bars, strategies: 140, values: wide.values)
    let tallied: [BlockQuantity] = [
      .sum, .sumOfSquares, .sumOfCubes, .sumOfFourths, .profitOfBars, .lossOfBars, .sumOfSquaredLosses,
      .growth,
      .winningBars,
    ]
    for quantity in tallied {
      let metric = TotalMetric(quantity)
      let tiled = try BlockSums(source, blocks: 6, quantities: [quantity], threads: threads)
      let length = wide.bars / 6
      let dropped = wide.bars - 6 * length
      let expected = try BlockSums(
        barsInBlock: tiled.barsInBlock, strategies: 140, quantities: [quantity]
      ) { strategy, block in
        Self.tally(wide.column(strategy)[(dropped + block * length)..<(dropped + (block + 1) * length)])
      }
      #expect(tiled.droppedBars == dropped)
      #expect(
        BacktestOverfitting(tiled, metric: metric).splits
          == BacktestOverfitting(expected, metric: metric).splits, "\(quantity)")
    }
  }

  private static func tally(_ returns: ArraySlice<Double>) -> Tally {
    var tally = Tally(bars: returns.count)
    for value in returns {
      tally.sum += value
      tally.sumOfSquares += value * value
      tally.sumOfCubes += value * value * value
      tally.sumOfFourths += value * value * (value * value)
      tally.sumOfLosses += min(value, 0)
      tally.sumOfSquaredLosses += min(value, 0) * min(value, 0)
      tally.growth *= 1 + value
      tally.barsInMarket += value == 0 ? 0 : 1
      tally.winningBars += value > 0 ? 1 : 0
    }
    return tally
  }

  /// A first block that is longer counts with its own bars: the mean is that of the bars, not of the blocks.
  @Test func blocksMayDifferInLength() throws {
    let columns: [[Double]] = [[0.3, 0, 0, 0.1, 0.1], [0.2, 0.2, 0.2, 0, 0]]
    let sums = try BlockSums(barsInBlock: [3, 2], strategies: 2, quantities: [.sum]) { strategy, block in
      Self.tally(columns[strategy][block == 0 ? 0..<3 : 3..<5])
    }
    let found = BacktestOverfitting(sums, metric: MeanMetric())
    #expect(found.splits.map(\.selected) == [1, 0])
    for (value, expected) in zip(found.splits.map(\.inSample), [0.2, 0.1]) {
      #expect(relativeError(value, expected) < 1e-15)
    }
  }

  /// Growth, win rates and other ratios, by hand over two blocks of two bars.
  @Test func furtherMetrics() throws {
    let columns: [[Double]] = [[0.1, -0.05, 0, 0.2], [0, 0.04, -0.02, 0.01]]
    func found(_ metric: some SplitMetric) throws -> [Double] {
      let sums = try BlockSums(
        barsInBlock: [2, 2], strategies: 2, quantities: metric.quantities
      ) { strategy, block in Self.tally(columns[strategy][(2 * block)..<(2 * block + 2)]) }
      return BacktestOverfitting(sums, metric: metric).splits.map(\.inSample)
    }
    func expect(_ values: [Double], _ expected: [Double]) {
      for (value, figure) in zip(values, expected) { #expect(relativeError(value, figure) < 1e-13) }
    }
    expect(try found(TotalReturnMetric()), [1.1 * 0.95 - 1, 0.2])
    expect(try found(RatioMetric.winRateOfBars), [1, 1])
    // Strategy 0 has one bar in the market in block 1, so no deviation there and counts as 0; strategy 1 has one in
    // block 0.
    expect(try found(SharpeOfTradesMetric()), [0.025 / 0.075, 0])
  }

  @Test func undefinedStrategiesRankLastAndAreCounted() throws {
    var columns = Array(try StatisticsFigures.matrix("tailed").columns.prefix(9))
    columns[0] = columns[0].map { _ in 0 }
    columns[4] = columns[4].map { _ in 0.01 }
    columns[6][200] = .nan
    let found = try BacktestOverfitting(StatisticsFigures.Returns(columns: columns), blocks: 4)
    // Two have no deviation at all, one is undefined wherever its bar is.
    #expect(found.undefined == 6 * 2 + 3)
    #expect(found.splits.allSatisfy { ![0, 4].contains($0.selected) })
    #expect(found.splits.allSatisfy { $0.rank > 2 || $0.outOfSample.isNaN })
    #expect(found.splits.allSatisfy { !$0.meanOutOfSample.isNaN })
  }

  @Test(arguments: [2, 3, 8, 9, 17])
  func nothingDefinedIsNoCrash(strategies: Int) throws {
    let returns = StatisticsFigures.Returns(
      bars: 8, strategies: strategies, values: Array(repeating: 0, count: 8 * strategies))
    let found = try BacktestOverfitting(returns, blocks: 4)
    #expect(found.probability == 1)
    // Everything undefined counts as 0, which is no loss and on no line.
    #expect(found.probabilityOfLoss == 0 && found.degradation.slope.isNaN)
    #expect(!found.dominance.isFirstOrder && found.dominance.points.map(\.value) == [0])
    #expect(found.undefined == 6 * strategies && found.undefinedSelections == 6)
    #expect(found.splits.allSatisfy { $0.selected == 0 && $0.rank == Double(strategies + 1) / 2 })
  }

  @Test func copiesShareTheirRank() throws {
    let column = try StatisticsFigures.matrix("tailed").column(0)
    let found = try BacktestOverfitting(
      StatisticsFigures.Returns(columns: Array(repeating: column, count: 11)), blocks: 6)
    #expect(found.splits.allSatisfy { $0.selected == 0 && $0.rank == 6 && $0.logit(strategies: 11) == 0 })
    #expect(found.probability == 1)
  }

  @Test func refusesWhatDoesNotFit() {
    let returns = Array(repeating: 0.1, count: 60)
    func sums(_ bars: Int, _ strategies: Int, _ blocks: Int, _ quantity: BlockQuantity = .sum) throws
      -> BlockSums
    {
      try BlockSums(
        returns: returns, bars: bars, strategies: strategies, blocks: blocks, quantities: [quantity])
    }
    for blocks in [-2, 0, 1, 3, 26] {
      #expect(throws: StatisticsError.blocks(blocks)) { try sums(30, 2, blocks) }
    }
    #expect(throws: StatisticsError.fewerBarsThanBlocks(bars: 6, blocks: 8)) { try sums(6, 10, 8) }
    #expect(throws: StatisticsError.fewStrategies(1)) { try sums(60, 1, 4) }
    #expect(throws: StatisticsError.matrixShape(rows: 30, columns: 3, cells: 60)) { try sums(30, 3, 4) }
    #expect(throws: StatisticsError.notInReturns(.tradesWon)) { try sums(30, 2, 4, .tradesWon) }
    #expect(throws: StatisticsError.blocks(3)) {
      try BlockSums(barsInBlock: [1, 1, 1], strategies: 2, quantities: [.sum]) { _, _ in Tally() }
    }
  }
}
