import Backtesting
import Kernels
import Statistics

/// What becomes of a sweep whose winner is chosen again on each of many splits of the bars.
public struct FoldFinding: Sendable {
  /// One split.
  public struct Fold: Sendable {
    /// The bars, and what was chosen and judged on which.
    public let split: BarSplit
    /// The number of the strategy that was best in training.
    public let selected: Int
    /// Its performance on the training bars, by the kernel that selects.
    public let training: Performance
    /// Its performance on the test bars, by the reference kernel.
    public let test: Performance
  }

  /// In their order.
  public let folds: [Fold]
  /// Whole histories out of sample, each put together from test ranges: one of walk-forward, several of combinatorial
  /// cross-validation.
  public let paths: [Performance]
  /// Bars that are left out after a test range.
  public let embargo: Int

  /// How many different strategies were chosen.
  public var distinctWinners: Int { Set(folds.map(\.selected)).count }
}

/// The sweep cut at the bounds of all splits, so that one pass serves them all.
///
/// Positions run on through the cuts, as through blocks: a strategy is in the market at the beginning of a test range if
/// it was before, and a trade belongs to the range in which it closes.
struct FoldSweep {
  let experiment: Experiment
  let splits: [BarSplit]
  private let backtest: Backtest
  /// For each split the stretches of either side.
  private let training: [[Int]]
  private let test: [[Int]]

  init(_ experiment: Experiment, splits: [BarSplit], threads: Int) {
    self.experiment = experiment
    self.splits = splits
    let bounds = splits.flatMap { ($0.training + $0.test).flatMap { [$0.lowerBound, $0.upperBound] } }
    let cuts = Set(bounds + [0, experiment.market.count]).sorted()
    let segment = Segment(name: "all", blocks: zip(cuts, cuts.dropFirst()).map { $0..<$1 })
    let backtest = Backtest(
      market: experiment.market, segments: [segment], like: experiment.backtest, threads: threads)
    self.backtest = backtest
    func stretches(_ ranges: [Range<Int>]) -> [Int] {
      backtest.timeline.stretches.indices.filter { index in
        ranges.contains { $0.contains(backtest.timeline.stretches[index].bars.lowerBound) }
      }
    }
    training = splits.map { stretches($0.training) }
    test = splits.map { stretches($0.test) }
  }

  /// Chooses the winner of every split and judges it on the split's test bars; with the tallies of each on every stretch.
  func run(progress: RunProgress) -> (folds: [FoldFinding.Fold], tallies: [[Tally]]) {
    let winners = winners(progress: progress)
    guard winners.count == splits.count else { return ([], []) }
    var paths: [Int: [Tally]] = [:]
    for winner in Set(winners.map(\.strategy)) where !progress.isCancelled() {
      paths[winner] = backtest.path(of: winner, in: experiment.strategies).tallies
    }
    let tallies = winners.map { paths[$0.strategy] ?? [] }
    guard tallies.allSatisfy({ !$0.isEmpty }) else { return ([], []) }
    let folds = splits.indices.map { index in
      FoldFinding.Fold(
        split: splits[index], selected: winners[index].strategy,
        training: winners[index].performance,
        test: experiment.performance(Tally.merged(test[index].map { tallies[index][$0] })))
    }
    return (folds, tallies)
  }

  /// The stretches of `bars`.
  func stretches(of bars: Range<Int>) -> [Int] {
    backtest.timeline.stretches.indices.filter {
      bars.contains(backtest.timeline.stretches[$0].bars.lowerBound)
    }
  }

  private struct Winner {
    let strategy: Int
    let performance: Performance
  }

  /// The best strategy of every split; none where no strategy trades enough in some split.
  private func winners(progress: RunProgress) -> [Winner] {
    let blocks = TilePlan.blocks(strategies: experiment.strategies.count)
    let selection = Selection(
      metric: experiment.configuration.selectionMetric,
      minimumTrades: experiment.configuration.selection.minimumTrades)
    // The best of each block, by block and then by split.
    let best = DisjointSlots.fill(count: blocks * splits.count, repeating: Winner?.none) { slots in
      backtest.forEachBlock(of: experiment.strategies, progress: progress) {
        0
      } body: { _, block in
        for (split, stretches) in training.enumerated() {
          let performances = (0..<block.count).map { lane in
            experiment.performance(Tally.merged(stretches.map { block[lane: lane, stretch: $0] }))
          }
          let number = block.firstStrategy / StrategyBlock.lanes * splits.count + split
          let winner = selection.winner(performances).map {
            Winner(strategy: block.firstStrategy + $0, performance: performances[$0])
          }
          slots.write(winner, at: number)
        }
      }
    }
    return splits.indices.compactMap { split in
      let winners = (0..<blocks).compactMap { best[$0 * splits.count + split] }
      return selection.winner(winners.map(\.performance)).map { winners[$0] }
    }
  }
}

extension Selection {
  /// The index of the best of `performances`, `nil` where none has trades enough.
  fileprivate func winner(_ performances: [Performance]) -> Int? {
    best(1, values: performances.map { $0[metric] }, trades: performances.map(\.trades)).first
  }
}
