import Backtesting
import Kernels
import Statistics

/// The ways in which a winner is chosen again and again.
enum FoldKind: String, CaseIterable, Sendable {
  /// Before each of the windows that cut the validation bars.
  case walkForward = "walk-forward"
  /// On combinations of groups of bars, over all bars.
  case combinatorial
}

/// Which splits there are, and what is made of them.
struct FoldPlan: Sendable {
  let splits: [BarSplit]
  /// Of combinatorial cross-validation.
  fileprivate let groups: CombinatorialPurged?
  fileprivate let embargo: Int
}

extension FoldFinding {
  /// Walk-forward analysis: the winner is chosen anew before each of the windows that cut the validation bars.
  ///
  /// - Returns: why there is none, where bars or trades do not suffice.
  static func walkForward(
    _ experiment: Experiment, threads: Int, progress: RunProgress
  ) -> Result<FoldFinding, Absence> {
    plan(.walkForward, experiment).flatMap { plan in
      find(plan, FoldSweep(experiment, splits: plan.splits, threads: threads), progress: progress)
    }
  }

  /// Combinatorial purged cross-validation over all bars.
  ///
  /// - Returns: why there is none, where bars or trades do not suffice.
  static func combinatorial(
    _ experiment: Experiment, threads: Int, progress: RunProgress
  ) -> Result<FoldFinding, Absence> {
    plan(.combinatorial, experiment).flatMap { plan in
      find(plan, FoldSweep(experiment, splits: plan.splits, threads: threads), progress: progress)
    }
  }

  /// The splits of `experiment`, or why there are none.
  static func plan(_ kind: FoldKind, _ experiment: Experiment) -> Result<FoldPlan, Absence> {
    switch kind {
    case .walkForward: walkForwardPlan(experiment)
    case .combinatorial: combinatorialPlan(experiment)
    }
  }

  /// What becomes of the winners.
  ///
  /// - Parameter winners: of every split; `nil` to choose them here.
  static func find(
    _ plan: FoldPlan, _ sweep: FoldSweep, winners: [FoldSweep.Winner?]? = nil, progress: RunProgress
  ) -> Result<FoldFinding, Absence> {
    let experiment = sweep.experiment
    let (folds, tallies) = sweep.judge(winners ?? sweep.winners(progress: progress), progress: progress)
    guard !folds.isEmpty else { return .failure(noWinner) }
    guard let groups = plan.groups else {
      let history = zip(plan.splits, tallies).flatMap { split, tallies in
        split.test.flatMap { sweep.stretches(of: $0) }.map { tallies[$0] }
      }
      return .success(
        FoldFinding(
          folds: folds, paths: [experiment.performance(Tally.merged(history))], embargo: plan.embargo))
    }
    let stretches = groups.groups.map { sweep.stretches(of: $0) }
    let paths = groups.paths.map { path in
      experiment.performance(
        Tally.merged(zip(path, stretches).flatMap { split, group in group.map { tallies[split][$0] } }))
    }
    return .success(FoldFinding(folds: folds, paths: paths, embargo: plan.embargo))
  }

  private static func walkForwardPlan(_ experiment: Experiment) -> Result<FoldPlan, Absence> {
    let options = experiment.configuration.statistics
    guard options.walkForward > 0 else {
      return .failure(Absence("not asked for; give --walk-forward N", isWanted: false))
    }
    guard let validation = experiment.validation else {
      return .failure(Absence("--train 1 leaves no bars to walk through"))
    }
    if let absence = restartingSignals(experiment) { return .failure(absence) }
    let length = validation.bars.count / options.walkForward
    guard length > 0 else {
      return .failure(
        Absence("\(validation.bars.count) validation bars are fewer than \(options.walkForward) windows"))
    }
    let gap = horizon(experiment)
    let splits = try? WalkForward.splits(
      bars: experiment.training.bars.count + length * options.walkForward,
      training: experiment.training.bars.count - gap, test: length, gap: gap, window: options.window)
    guard let splits else { return .failure(Absence("the windows do not fit the bars")) }
    return .success(FoldPlan(splits: splits, groups: nil, embargo: 0))
  }

  private static func combinatorialPlan(_ experiment: Experiment) -> Result<FoldPlan, Absence> {
    guard let options = experiment.configuration.statistics.combinatorial else {
      return .failure(Absence("not asked for; give --cpcv GROUPS,TESTED", isWanted: false))
    }
    if let absence = restartingSignals(experiment) { return .failure(absence) }
    let bars = experiment.market.count
    let embargo = experiment.configuration.statistics.embargo ?? (bars + 99) / 100
    let plan: CombinatorialPurged
    do throws(StatisticsError) {
      plan = try CombinatorialPurged(
        bars: bars, groups: options.groups, testGroups: options.tested, horizon: horizon(experiment),
        embargo: embargo)
    } catch {
      return .failure(Absence("\(error)"))
    }
    guard plan.splits.allSatisfy({ !$0.training.isEmpty }) else {
      return .failure(Absence("the embargo of \(embargo) bars leaves a split without training bars"))
    }
    return .success(FoldPlan(splits: plan.splits, groups: plan, embargo: embargo))
  }

  /// How many bars after its own a bar's return reads: what fills at the next open earns up to the open of the next bar,
  /// so the last bar before a test range would be chosen on a price of it.
  private static func horizon(_ experiment: Experiment) -> Int {
    experiment.backtest.fill.unfilledDecisions - 1
  }

  /// Why signals that begin anew with each segment have no folds: these run on from training to validation.
  private static func restartingSignals(_ experiment: Experiment) -> Absence? {
    guard case .signals = experiment.strategies.columns, experiment.validation != nil,
      experiment.backtest.signalAlignment == .segment
    else { return nil }
    return Absence(
      "signals that begin anew with validation do not run on through it; give --signals-from market")
  }

  private static let noWinner = Absence("in some split no strategy has the trades of --minimum-trades")
}
