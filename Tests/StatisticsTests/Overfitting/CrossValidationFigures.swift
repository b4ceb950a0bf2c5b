import Statistics
import Testing

/// A metric by the name it has in the fixture.
struct NamedMetric: Sendable, CustomTestStringConvertible {
  let name: String
  let metric: any SplitMetric
  var testDescription: String { name }

  static let all: [NamedMetric] = [
    .init(name: "sharpe", metric: SharpeMetric()), .init(name: "mean", metric: MeanMetric()),
    .init(name: "sortino", metric: SortinoMetric()),
  ]
}

extension BacktestOverfitting {
  /// The cross-validation of a matrix.
  init(
    _ returns: StatisticsFigures.Returns, blocks: Int, metric: any SplitMetric = SharpeMetric(),
    threads: Int = 1
  ) throws {
    let sums = try BlockSums(
      returns: returns.values, bars: returns.bars, strategies: returns.strategies, blocks: blocks,
      quantities: metric.quantities)
    self.init(sums, metric: metric, threads: threads)
  }
}

extension StatisticsFigures.Returns {
  /// STATISTICS.md, C: 16 bars of four strategies.
  static let literal = StatisticsFigures.Returns(
    bars: 16, strategies: 4,
    values: [
      12, -4, 6, 1, 8, 3, -2, 4, -3, 9, 4, -6, 5, -7, 11, 2, -10, 6, -1, 7, 2, -3, 8, -2, 7, 10, -5, 3, -4, 1,
      2, 9,
      3, -8, 5, -1, -6, 4, -9, 6, 9, -2, 3, -4, 1, 7, 6, 5, -2, 5, -4, 8, 6, -6, 10, -3, -8, 2, 1, 4, 4, 8,
      -3, -5,
    ].map { $0 / 1_000 })
}
