import Backtesting
import Kernels
import Statistics

/// The best of the sweep against the best of the same sweep on shuffled bars.
enum PermutationFinding {
  /// Optimises the whole sweep again on every permutation of the training bars.
  ///
  /// - Returns: why there is none, where none was asked for.
  static func test(
    _ experiment: Experiment, best: Double, threads: Int, progress: RunProgress
  ) -> Result<PermutationTest, Absence> {
    let configuration = experiment.configuration
    let permutations = configuration.statistics.permutations
    guard permutations > 0 else {
      return .failure(Absence("not asked for; give --permutations N", isWanted: false))
    }
    let metric = configuration.selectionMetric
    let sign = metric.isHigherBetter ? 1.0 : -1
    let selection = Selection(metric: metric, minimumTrades: configuration.selection.minimumTrades)
    let bars = experiment.training.bars
    let market = experiment.market[bars]
    var permuted: [Double] = []
    for number in 0..<permutations where !progress.isCancelled() {
      let shuffled = market.permuted(seed: configuration.strategies.seed, number: number)
      let backtest = Backtest(
        market: shuffled, segments: [Segment(name: "training", bars: bars)], like: experiment.backtest,
        threads: threads)
      let table = backtest.run(experiment.strategies)
      let performances = table.tallies.map { experiment.performance($0) }
      let winner = selection.best(
        1, values: performances.map { $0[metric] }, trades: performances.map(\.trades)
      ).first
      permuted.append(winner.map { sign * performances[$0][metric] } ?? .nan)
      progress.advance()
    }
    return .success(PermutationTest(observed: sign * best, permuted: permuted))
  }
}
