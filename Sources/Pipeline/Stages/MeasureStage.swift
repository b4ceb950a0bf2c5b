import Backtesting
import Statistics

/// The fourth stage: how much of the winner is luck.
public enum MeasureStage {
  /// Measures overfitting and stores `results/overfitting.json`.
  ///
  /// - Throws: `Interrupted`, `StoreError`.
  static func run(
    _ experiment: Experiment, winner: Int, training: TrainingColumns, tallies: SweepTallies,
    record: inout RunRecord, in workplace: Workplace
  ) throws -> OverfittingReport {
    try workplace.perform(.measure, record: &record) { writer in
      let report = try report(
        experiment, winner: winner, training: training, tallies: tallies, in: workplace)
      try writer.put(ArtifactKeys.overfitting, json: OverfittingDocument(report: report).json)
      return report
    }
  }

  /// Measures all that is asked for.
  static func report(
    _ experiment: Experiment, winner: Int, training: TrainingColumns, tallies: SweepTallies,
    in workplace: Workplace
  ) throws -> OverfittingReport {
    var report = try reportOfOneChoice(
      experiment, winner: winner, training: training, tallies: tallies,
      resamples: experiment.configuration.statistics.resamples, in: workplace)
    try chooseAgain(experiment, winner: winner, report: &report, in: workplace)
    return report
  }

  /// Measures what the one choice among all strategies says, which is all that pictures show.
  ///
  /// - Parameter resamples: 0 for no bootstrap.
  static func reportOfOneChoice(
    _ experiment: Experiment, winner: Int, training: TrainingColumns, tallies: SweepTallies, resamples: Int,
    in workplace: Workplace
  ) throws -> OverfittingReport {
    let interruption = workplace.interruption
    let options = experiment.configuration.statistics
    let evidence = Evidence(
      experiment, winner: winner, path: experiment.backtest.path(of: winner, in: experiment.strategies),
      training: training, blocks: tallies.blocks, interruption: interruption)
    let plan = MeasurePlan(
      resamples: resamples, blockLength: options.blockLength,
      seed: experiment.configuration.strategies.seed, threads: workplace.threads)
    return try OverfittingReport(evidence, plan: plan) { try interruption.check() }
  }

  /// Measures what choosing again and again says, on parts of the bars and on shuffled bars, where that was asked for.
  private static func chooseAgain(
    _ experiment: Experiment, winner: Int, report: inout OverfittingReport, in workplace: Workplace
  ) throws {
    let interruption = workplace.interruption
    let threads = workplace.threads
    let progress = RunProgress { interruption.isRequested }
    report.walkForward = FoldFinding.walkForward(experiment, threads: threads, progress: progress)
    try interruption.check()
    report.combinatorial = FoldFinding.combinatorial(experiment, threads: threads, progress: progress)
    try interruption.check()
    report.permutation = try permutation(experiment, winner: winner, in: workplace)
  }

  private static func permutation(
    _ experiment: Experiment, winner: Int, in workplace: Workplace
  ) throws -> Result<PermutationTest, Absence> {
    let interruption = workplace.interruption
    let progress = RunProgress { interruption.isRequested }
    let path = experiment.backtest.path(of: winner, in: experiment.strategies)
    let best = experiment.performance(experiment.tally(path, segment: 0))
    workplace.watch("permute", experiment.configuration.statistics.permutations, progress)
    let test = PermutationFinding.test(
      experiment, best: best[experiment.configuration.selectionMetric], threads: workplace.threads,
      progress: progress)
    workplace.watch("", 0, progress)
    try interruption.check()
    return test
  }
}
