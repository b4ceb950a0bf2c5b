import Backtesting
import Statistics

/// The fourth stage: how much of the winner is luck.
public enum MeasureStage {
  /// Measures overfitting and stores `results/overfitting.json` and `results/strategy_tests.csv`.
  ///
  /// - Throws: `Interrupted`, `StoreError`.
  static func run(
    _ experiment: Experiment, ranking: [Int], training: TrainingColumns, parts: SweepParts,
    record: inout RunRecord, in workplace: Workplace
  ) throws -> OverfittingReport {
    try workplace.perform(.measure, record: &record) { writer in
      let report = try report(
        experiment, ranking: ranking, training: training, parts: parts, in: workplace)
      try writer.put(ArtifactKeys.overfitting, json: OverfittingDocument(report: report).json)
      try writer.put(ArtifactKeys.strategyTests) { append in
        try StrategyTestsTable.write(report, threads: workplace.threads, append: append)
      }
      return report
    }
  }

  /// Measures all that is asked for.
  ///
  /// - Parameter ranking: the strategies, the best in training first, as ``Select`` has them.
  static func report(
    _ experiment: Experiment, ranking: [Int], training: TrainingColumns, parts: SweepParts,
    in workplace: Workplace
  ) throws -> OverfittingReport {
    let winner = ranking[0]
    var report = try reportOfOneChoice(
      experiment, winner: winner, training: training, parts: parts,
      resamples: experiment.configuration.statistics.resamples, in: workplace)
    report.otherFill = OtherFillFinding.find(
      experiment, ranking: ranking, own: experiment.backtest.path(of: winner, in: experiment.strategies),
      threads: workplace.threads)
    try workplace.interruption.check()
    try chooseAgain(experiment, winner: winner, parts.findings, report: &report, in: workplace)
    return report
  }

  /// Measures what the one choice among all strategies says, which is all that pictures show.
  ///
  /// - Parameter resamples: 0 for no bootstrap.
  static func reportOfOneChoice(
    _ experiment: Experiment, winner: Int, training: TrainingColumns, parts: SweepParts, resamples: Int,
    in workplace: Workplace
  ) throws -> OverfittingReport {
    let interruption = workplace.interruption
    var evidence = Evidence(
      experiment, winner: winner, path: experiment.backtest.path(of: winner, in: experiment.strategies),
      training: training, blocks: parts.blocks, resampled: parts.findings?.resampled,
      interruption: interruption)
    evidence.shareLooks(threads: workplace.threads)
    try interruption.check()
    var plan = MeasurePlan(experiment.configuration, resamples: resamples, threads: workplace.threads)
    plan.show = { work, body in try workplace.showing(work, body) }
    return try OverfittingReport(evidence, plan: plan) { try interruption.check() }
  }

  /// Measures what choosing again and again says, on parts of the bars and on shuffled bars, where that was asked for.
  private static func chooseAgain(
    _ experiment: Experiment, winner: Int, _ findings: SweepParts.Findings?,
    report: inout OverfittingReport, in workplace: Workplace
  ) throws {
    report.walkForward = try folds(.walkForward, experiment, findings, in: workplace)
    report.combinatorial = try folds(.combinatorial, experiment, findings, in: workplace)
    let permutation = try permutation(experiment, winner: winner, findings, in: workplace)
    report.permutation = permutation.map(\.test)
    report.nullBand = permutation.flatMap(\.band)
  }

  private static func folds(
    _ kind: FoldKind, _ experiment: Experiment, _ findings: SweepParts.Findings?, in workplace: Workplace
  ) throws -> Result<FoldFinding, Absence> {
    let plan: FoldPlan
    switch FoldFinding.plan(kind, experiment) {
    case .failure(let absence): return .failure(absence)
    case .success(let found): plan = found
    }
    let interruption = workplace.interruption
    let finding = try workplace.showing(kind == .walkForward ? "walk forward" : "purged cross-validation") {
      let sweep = FoldSweep(experiment, splits: plan.splits, threads: workplace.threads)
      let winners = try findings.map { sweep.best(of: try $0.foldWinners(kind)) }
      return FoldFinding.find(
        plan, sweep, winners: winners, progress: RunProgress { interruption.isRequested })
    }
    try interruption.check()
    return finding
  }

  private static func permutation(
    _ experiment: Experiment, winner: Int, _ findings: SweepParts.Findings?, in workplace: Workplace
  ) throws -> Result<PermutationFinding, Absence> {
    let interruption = workplace.interruption
    let progress = RunProgress { interruption.isRequested }
    func best() -> Double {
      let path = experiment.backtest.path(of: winner, in: experiment.strategies)
      return experiment.performance(experiment.tally(path, segment: 0))[
        experiment.configuration.selectionMetric]
    }
    let permutations = experiment.configuration.statistics.permutations
    let permuted = try findings.map { try $0.permuted() }
    workplace.watch("permute", permutations, progress)
    let found = PermutationFinding.find(
      experiment, best: best(), permuted: permuted, threads: workplace.threads, progress: progress)
    workplace.watch("", 0, progress)
    try interruption.check()
    return found
  }
}
