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
  private let prepared: PreparedStrategies
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
    prepared = PreparedStrategies(experiment.strategies, under: backtest)
    training = splits.map { backtest.timeline.stretches(startingIn: $0.training) }
    test = splits.map { backtest.timeline.stretches(startingIn: $0.test) }
  }

  /// Judges the winner of every split on the split's test bars; with the tallies of each on every stretch.
  ///
  /// - Returns: nothing where a split has no winner.
  func judge(
    _ winners: [Winner?], progress: RunProgress
  ) -> (folds: [FoldFinding.Fold], tallies: [[Tally]]) {
    let winners = winners.compactMap { $0 }
    guard winners.count == splits.count else { return ([], []) }
    var paths: [Int: [Tally]] = [:]
    for winner in Set(winners.map(\.strategy)) where !progress.isCancelled() {
      paths[winner] = prepared.backtest.path(of: winner, in: experiment.strategies).tallies
    }
    let tallies = winners.map { paths[$0.strategy] ?? [] }
    guard tallies.allSatisfy({ !$0.isEmpty }) else { return ([], []) }
    let folds = splits.indices.map { index in
      FoldFinding.Fold(
        split: splits[index], selected: winners[index].strategy,
        training: experiment.performance(winners[index].training),
        test: experiment.performance(Tally.merged(test[index].map { tallies[index][$0] })))
    }
    return (folds, tallies)
  }

  /// The stretches of `bars`.
  func stretches(of bars: Range<Int>) -> [Int] {
    prepared.backtest.timeline.stretches(startingIn: [bars])
  }

  /// The best strategy of a split.
  struct Winner: Equatable, Sendable {
    let strategy: Int
    /// Over the training bars of the split, by the kernel that selects.
    let training: Tally
  }

  /// For each split the best strategy of some blocks, `nil` where none trades enough; of all blocks unless said.
  func winners(in blocks: Range<Int>? = nil, progress: RunProgress) -> [Winner?] {
    let blocks = blocks ?? prepared.blocks
    // The best of each block, by block and then by split.
    let found = DisjointSlots.fill(count: blocks.count * splits.count, repeating: Winner?.none) { slots in
      prepared.forEachBlock(blocks, progress: progress) {
        0
      } body: { _, block in
        for (split, stretches) in training.enumerated() {
          let tallies = (0..<block.count).map { lane in
            Tally.merged(stretches.map { block[lane: lane, stretch: $0] })
          }
          let number = block.firstStrategy / StrategyBlock.lanes - blocks.lowerBound
          let winner = best(tallies).map {
            Winner(strategy: block.firstStrategy + $0, training: tallies[$0])
          }
          slots.write(winner, at: number * splits.count + split)
        }
      }
    }
    let count = splits.count
    return best(of: (0..<blocks.count).map { Array(found[$0 * count..<($0 + 1) * count]) })
  }

  /// For each split the best of the winners that parts of the strategies have, the parts in their order.
  func best(of parts: [[Winner?]]) -> [Winner?] {
    splits.indices.map { split in
      let winners = parts.compactMap { $0[split] }
      return best(winners.map(\.training)).map { winners[$0] }
    }
  }

  /// The index of the best of `tallies`, `nil` where none has trades enough.
  private func best(_ tallies: [Tally]) -> Int? {
    let selection = Selection(
      metric: experiment.configuration.selectionMetric,
      minimumTrades: experiment.configuration.selection.minimumTrades)
    let performances = tallies.map { experiment.performance($0) }
    return selection.best(
      1, values: performances.map { $0[selection.metric] }, trades: performances.map(\.trades)
    ).first
  }
}

extension Timeline {
  /// The indices, in the order of time, of the stretches that start in any of `ranges`.
  fileprivate func stretches(startingIn ranges: [Range<Int>]) -> [Int] {
    stretches.indices.filter { index in ranges.contains { $0.contains(stretches[index].bars.lowerBound) } }
  }
}
