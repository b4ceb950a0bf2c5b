import Backtesting
import Kernels
import Statistics

/// The best of the sweep against the best of the same sweep on shuffled bars.
enum PermutationFinding {
  /// Optimises the whole sweep again on every permutation of the training bars.
  ///
  /// - Parameters:
  ///   - best: of the sweep itself; asked for only where a test was.
  ///   - permuted: the best of each permutation, where they were found elsewhere.
  /// - Returns: why there is none, where none was asked for.
  static func test(
    _ experiment: Experiment, best: @autoclosure () -> Double, permuted: [Double]? = nil, threads: Int,
    progress: RunProgress
  ) -> Result<PermutationTest, Absence> {
    let permutations = experiment.configuration.statistics.permutations
    guard permutations > 0 else {
      return .failure(Absence("not asked for; give --permutations N", isWanted: false))
    }
    let permuted =
      permuted
      ?? self.best(
        experiment, experiment.prepared.blocks, permutations: 0..<permutations, threads: threads,
        progress: progress)
    let sign = experiment.configuration.selectionMetric.isHigherBetter ? 1.0 : -1
    return .success(PermutationTest(observed: sign * best(), permuted: permuted))
  }

  /// The best of some blocks of strategies on each of some permutations, more is better; NaN where there is none.
  static func best(
    _ experiment: Experiment, _ blocks: Range<Int>, permutations: Range<Int>, threads: Int,
    progress: RunProgress
  ) -> [Double] {
    let configuration = experiment.configuration
    let metric = configuration.selectionMetric
    let sign = metric.isHigherBetter ? 1.0 : -1
    let selection = Selection(metric: metric, minimumTrades: configuration.selection.minimumTrades)
    let bars = experiment.training.bars
    let market = experiment.market[bars]
    var permuted: [Double] = []
    for number in permutations where !progress.isCancelled() {
      let shuffled = market.permuted(seed: configuration.strategies.seed, number: number)
      let backtest = Backtest(
        market: shuffled, segments: [Segment(name: "training", bars: bars)], like: experiment.backtest,
        threads: threads)
      let table = PreparedStrategies(experiment.strategies, under: backtest).run(blocks)
      let performances = table.tallies.map { experiment.performance($0) }
      let winner = selection.best(
        1, values: performances.map { $0[metric] }, trades: performances.map(\.trades)
      ).first
      permuted.append(winner.map { sign * performances[$0][metric] } ?? .nan)
      progress.advance()
    }
    return permuted
  }

  /// The best of each permutation over all of several parts of the strategies.
  static func best(of parts: [[Double]], permutations: Int) -> [Double] {
    (0..<permutations).map { number in
      // The larger one, and a number before none.
      parts.reduce(.nan) { Double.maximum($0, $1[number]) }
    }
  }
}
