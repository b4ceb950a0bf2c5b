import Backtesting
import Kernels
import Statistics

extension FoldFinding {
  /// Walk-forward analysis: the winner is chosen anew before each of the windows that cut the validation bars.
  ///
  /// - Returns: why there is none, where bars or trades do not suffice.
  static func walkForward(
    _ experiment: Experiment, threads: Int, progress: RunProgress
  ) -> Result<FoldFinding, Absence> {
    let options = experiment.configuration.statistics
    guard options.walkForward > 0 else { return .failure(Absence("not asked for; give --walk-forward N")) }
    guard let validation = experiment.validation else {
      return .failure(Absence("--train 1 leaves no bars to walk through"))
    }
    let length = validation.bars.count / options.walkForward
    guard length > 0 else {
      return .failure(
        Absence("\(validation.bars.count) validation bars are fewer than \(options.walkForward) windows"))
    }
    let splits = try? WalkForward.splits(
      bars: experiment.training.bars.count + length * options.walkForward,
      training: experiment.training.bars.count, test: length, window: options.window)
    guard let splits else { return .failure(Absence("the windows do not fit the bars")) }
    let sweep = FoldSweep(experiment, splits: splits, threads: threads)
    let (folds, tallies) = sweep.run(progress: progress)
    guard !folds.isEmpty else { return .failure(noWinner) }
    let history = zip(splits, tallies).flatMap { split, tallies in
      split.test.flatMap { sweep.stretches(of: $0) }.map { tallies[$0] }
    }
    return .success(
      FoldFinding(folds: folds, paths: [experiment.performance(Tally.merged(history))], embargo: 0))
  }

  /// Combinatorial purged cross-validation over all bars.
  ///
  /// - Returns: why there is none, where bars or trades do not suffice.
  static func combinatorial(
    _ experiment: Experiment, threads: Int, progress: RunProgress
  ) -> Result<FoldFinding, Absence> {
    guard let options = experiment.configuration.statistics.combinatorial else {
      return .failure(Absence("not asked for; give --cpcv GROUPS,TESTED"))
    }
    let bars = experiment.market.count
    let embargo = experiment.configuration.statistics.embargo ?? (bars + 99) / 100
    let plan: CombinatorialPurged
    do throws(StatisticsError) {
      plan = try CombinatorialPurged(
        bars: bars, groups: options.groups, testGroups: options.tested, embargo: embargo)
    } catch {
      return .failure(Absence("\(error)"))
    }
    guard plan.splits.allSatisfy({ !$0.training.isEmpty }) else {
      return .failure(Absence("the embargo of \(embargo) bars leaves a split without training bars"))
    }
    let sweep = FoldSweep(experiment, splits: plan.splits, threads: threads)
    let (folds, tallies) = sweep.run(progress: progress)
    guard !folds.isEmpty else { return .failure(noWinner) }
    let stretches = plan.groups.map { sweep.stretches(of: $0) }
    let paths = plan.paths.map { path in
      experiment.performance(
        Tally.merged(zip(path, stretches).flatMap { split, group in group.map { tallies[split][$0] } }))
    }
    return .success(FoldFinding(folds: folds, paths: paths, embargo: embargo))
  }

  private static let noWinner = Absence("in some split no strategy has the trades of --minimum-trades")
}
