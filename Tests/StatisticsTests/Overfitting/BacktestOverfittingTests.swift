import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct BacktestOverfittingTests {
  /// Published: STATISTICS.md, C.
  @Test func literalMatrix() throws {
    let found = try BacktestOverfitting(.literal, blocks: 4)
    #expect(found.splits.count == 6)
    #expect(found.probability == 5.0 / 6)
    #expect(found.probabilityOfLoss == 1.0 / 6)
    #expect(Tolerance.published(decimals: 6).accepts(found.degradation.slope, -1.255571))
    #expect(Tolerance.published(decimals: 6).accepts(found.degradation.determination, 0.754363))
    #expect(try BacktestOverfitting(.literal, blocks: 4, metric: MeanMetric()).probability == 1)
  }

  @Test(arguments: [
    (values: [2.0, -1, 1, -2, -1, 2, -2, 1], expected: 1.0),
    (values: [2.0, -1, 1, -2, 3, -2, 1, -1], expected: 0.0),
  ])
  func twoStrategiesInTwoBlocks(values: [Double], expected: Double) throws {
    let returns = StatisticsFigures.Returns(bars: 4, strategies: 2, values: values)
    for metric in NamedMetric.all {
      #expect(try BacktestOverfitting(returns, blocks: 2, metric: metric.metric).probability == expected)
    }
  }

  @Test(arguments: [(blocks: 2, splits: 2), (8, 70), (12, 924), (16, 12_870)])
  func everySplitCounts(blocks: Int, splits: Int) throws {
    let found = try BacktestOverfitting(.literal, blocks: blocks)
    #expect(found.splits.count == splits)
    #expect(found.splits.allSatisfy { $0.inSampleBlocks.nonzeroBitCount == blocks / 2 })
    #expect(zip(found.splits, found.splits.dropFirst()).allSatisfy { $0.inSampleBlocks < $1.inSampleBlocks })
  }

  /// Rounding: a metric of n bars from power sums carries some n + 8 roundings, in units of its own scale,
  /// which is at most 1 here; NumPy slices rows and takes two passes.
  @Test(arguments: StatisticsFigures.matrices, NamedMetric.all)
  func agreesWithSlicedRows(name: String, metric: NamedMetric) throws {
    let returns = try StatisticsFigures.matrix(name)
    for blocks in [2, 8, 12] {
      try expectAgreement(
        BacktestOverfitting(returns, blocks: blocks, metric: metric.metric), returns,
        "\(name)/\(blocks)/\(metric.name)")
    }
  }

  @Test func agreesWithSlicedRowsInSixteenBlocks() throws {
    let returns = try StatisticsFigures.matrix("bitcoin")
    try expectAgreement(
      BacktestOverfitting(returns, blocks: 16, threads: 2), returns, "bitcoin/16/sharpe")
  }

  private func expectAgreement(
    _ found: BacktestOverfitting, _ returns: StatisticsFigures.Returns, _ name: String
  ) throws {
    let figures = try StatisticsFigures.values("cscv", name)
    let bound = 16 * Double(returns.bars + 8) * UnitRoundoff.double
    let near = Tolerance.rounding(absolute: bound)
    func first(_ key: String) throws -> [Double] { try #require(figures[key]) }
    #expect(found.droppedBars == returns.bars % found.blocks)
    #expect(found.probability == (try first("probability"))[0])
    #expect(found.probabilityOfLoss == (try first("loss"))[0])
    #expect(found.undefined == Int(try first("undefined")[0]))
    let meanLogit = found.logits.reduce(0, +) / Double(found.splits.count)
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(meanLogit, try first("logit")[0]))
    // The slope divides by a deviation in sample, which is above 10⁻⁴ in all of these.
    let degradation = try first("degradation")
    let steep = Tolerance.rounding(absolute: bound * 1e4 * max(1, abs(degradation[0])))
    #expect(steep.accepts(found.degradation.slope, degradation[0]))
    #expect(steep.accepts(found.degradation.intercept, degradation[1]))
    #expect(steep.accepts(found.degradation.determination, degradation[2]))
    let dominance = try first("dominance")
    let gap = found.dominance.points.map { $0.selected - $0.average }.max()!
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(gap, dominance[0]))
    let integrals = found.dominance.points.map(\.integral)
    #expect(near.accepts(integrals.min()!, dominance[1]) && near.accepts(integrals.last!, dominance[2]))
    let direct = StochasticDominance(
      selected: found.splits.map(\.outOfSample), average: found.splits.map(\.meanOutOfSample))
    #expect(found.dominance == direct)
    guard found.splits.count <= 100 else { return }
    #expect(found.splits.map(\.selected) == (try first("selected")).map { Int($0) })
    #expect(found.splits.map(\.rank) == (try first("ranks")))
    for (key, path) in [
      ("inside", \SplitOutcome.inSample), ("outside", \.outOfSample), ("averages", \.meanOutOfSample),
    ] {
      for (value, figure) in zip(found.splits.map { $0[keyPath: path] }, try first(key)) {
        #expect(near.accepts(value, figure), "\(key)")
      }
    }
  }

  @Test(arguments: StatisticsFigures.matrices)
  func sameBitsForAnyNumberOfThreads(name: String) throws {
    let returns = try StatisticsFigures.matrix(name)
    let one = try BacktestOverfitting(returns, blocks: 12)
    for threads in [2, 3, 8] {
      #expect(Self.text(try BacktestOverfitting(returns, blocks: 12, threads: threads)) == Self.text(one))
    }
  }

  /// All bits of all splits, in which NaN equals NaN.
  private static func text(_ found: BacktestOverfitting) -> String {
    found.splits.map { "\($0)" }.joined()
  }

  @Test(arguments: StatisticsFigures.matrices, NamedMetric.all)
  func doesNotDependOnTheOrderOfStrategies(name: String, metric: NamedMetric) throws {
    let returns = try StatisticsFigures.matrix(name)
    // Column 5 of "whole" repeats column 2, and which of the two is selected makes no difference.
    let shifted = (0..<returns.strategies).map { ($0 * 7 + 3) % returns.strategies }
    let permuted = StatisticsFigures.Returns(columns: shifted.map { returns.column($0) })
    let first = try BacktestOverfitting(returns, blocks: 8, metric: metric.metric)
    let second = try BacktestOverfitting(permuted, blocks: 8, metric: metric.metric)
    // Exact ties between strategies that differ are broken by position: "whole" has some by its mean.
    guard name != "whole" || metric.name != "mean" else { return }
    #expect(first.probability == second.probability)
    #expect(first.probabilityOfLoss == second.probabilityOfLoss)
    for (one, other) in zip(first.splits, second.splits) {
      #expect(
        one.rank == other.rank && one.inSample == other.inSample && one.outOfSample == other.outOfSample)
    }
  }

  /// What is out of sample in one split is in sample in its complement: no strategy is better there than its
  /// best.
  @Test(arguments: StatisticsFigures.matrices)
  func complementsShareTheirSides(name: String) throws {
    let found = try BacktestOverfitting(try StatisticsFigures.matrix(name), blocks: 8)
    for (split, complement) in zip(found.splits, found.splits.reversed()) {
      #expect(split.inSampleBlocks ^ complement.inSampleBlocks == 0xFF)
      #expect(split.outOfSample <= complement.inSample)
      #expect((split.outOfSample == complement.inSample) == (split.rank >= Double(found.strategies) - 0.5))
    }
  }

  @Test(arguments: NamedMetric.all, [2, 6, 10])
  func aDominatingStrategyIsNotOverfit(metric: NamedMetric, blocks: Int) throws {
    var returns = try StatisticsFigures.matrix("whole").columns
    // Better on every bar, and by more on good ones, so that deviations do not count against it.
    returns[7] = returns[7].map { abs($0) + 0.02 - 0.0201 * ($0 == 0 ? 1 : 0) }
    let found = try BacktestOverfitting(
      StatisticsFigures.Returns(columns: returns), blocks: blocks, metric: metric.metric)
    #expect(found.splits.allSatisfy { $0.selected == 7 && $0.rank == 13 })
    #expect(found.probability == 0 && found.probabilityOfLoss == 0)
    #expect(found.dominance.isFirstOrder && found.dominance.isSecondOrder)
  }

  /// Bars added in front, up to one a block, are dropped.
  @Test(arguments: [1, 7])
  func theOldestBarsAreDropped(extra: Int) throws {
    let returns = try StatisticsFigures.matrix("tailed")
    let longer = StatisticsFigures.Returns(
      columns: returns.columns.map { Array(repeating: 99, count: extra) + $0 })
    let found = try BacktestOverfitting(longer, blocks: 8)
    #expect(found.droppedBars == extra)
    #expect(Self.text(found) == Self.text(try BacktestOverfitting(returns, blocks: 8)))
  }

  /// Statistical: STATISTICS.md, C. Strategies without skill, within four standard errors of 60 matrices:
  /// 0.14/√60 for the mean, 0.14/√120 for the deviation. Eight blocks of ten bars, which a debug build does
  /// in seconds.
  @Test func withoutSkillThereIsNoTellingOnOneMatrix() throws {
    let probabilities = try (0..<60).map { (index: UInt64) in
      var stream = RandomStream(seed: 11, purpose: .market, index: index)
      let returns = StatisticsFigures.Returns(
        bars: 80, strategies: 200, values: (0..<80 * 200).map { _ in stream.uniform() - 0.5 })
      return try BacktestOverfitting(returns, blocks: 8, threads: 2).probability
    }
    let moments = ReturnMoments(probabilities)
    #expect(Tolerance.statistical(absolute: 4 * 0.14 / 60.0.squareRoot()).accepts(moments.mean, 0.476))
    let deviation = moments.variance.squareRoot()
    #expect(Tolerance.statistical(absolute: 4 * 0.14 / 120.0.squareRoot()).accepts(deviation, 0.14))
  }

  /// Leverage changes no Sharpe ratio but by rounding, which is no rank. The counts are those of NumPy on sliced rows.
  @Test func leveragedCopiesAreTies() throws {
    let columns = Array(StatisticsFigures.Returns.literal.columns.prefix(3))
    let leveraged = columns + [3, 0.1, 0.7, 1.3].map { factor in columns[0].map { $0 * factor } }
    let found = try BacktestOverfitting(.init(columns: leveraged), blocks: 4)
    #expect(found.splits.map(\.worseOutOfSample) == [5, 0, 0, 5, 0, 5])
    #expect(found.splits.map(\.equalOutOfSample) == [1, 5, 1, 1, 1, 1])
  }

  /// Whether strategies are taken one, eight or sixteen at a time.
  @Test(arguments: CrossValidationKernel.allCases, [1, 9, 40])
  func leveragedCopiesRankAsCopies(kernel: CrossValidationKernel, copies: Int) throws {
    // The second one wins a quarter of the splits.
    func column(_ number: Int) -> [Double] {
      (0..<64).map { (bar: Int) -> Double in
        let whole = 37 * bar + 53 * number + bar * bar * (number + 3)
        return Double(whole % 97 - 48)
      }
    }
    let columns: [[Double]] = (0..<4).map(column)
    func ranks(_ factor: (Int) -> Double) throws -> [Double] {
      let more: [[Double]] = (1...copies).map { copy in columns[1].map { $0 * factor(copy) } }
      let returns = StatisticsFigures.Returns(columns: columns + more)
      let sums = try BlockSums(
        returns: returns.values, bars: 64, strategies: 4 + copies, blocks: 8,
        quantities: SharpeMetric().quantities)
      return BacktestOverfitting(sums, metric: SharpeMetric(), kernel: kernel).splits.map(\.rank)
    }
    #expect(try ranks { 0.1 + 0.37 * Double($0) } == ranks { _ in 1 })
  }

  /// Of an odd number of strategies the median itself counts as overfit.
  @Test(arguments: [(2, 0.5), (3, 2.0 / 3), (5, 0.6), (50, 0.5), (51, 26.0 / 51)])
  func chanceIsNotAlwaysHalf(strategies: Int, expected: Double) throws {
    let probabilities = try (UInt64(0)..<300).map { seed in
      var random = RandomStream(seed: seed, purpose: .noise, index: UInt64(strategies))
      let returns = StatisticsFigures.Returns(
        bars: 24, strategies: strategies, values: (0..<24 * strategies).map { _ in random.normal() })
      let found = try BacktestOverfitting(returns, blocks: 4)
      #expect(found.probabilityByChance == expected && found.undefinedShare == 0)
      return found.probability
    }
    // Statistical: within four standard errors; choosing the best of one half leaves a little less for the other.
    let moments = ReturnMoments(probabilities)
    let error = (moments.variance / 300).squareRoot()
    #expect(Tolerance.statistical(absolute: 4 * error + 0.03).accepts(moments.mean, expected))
  }
}
