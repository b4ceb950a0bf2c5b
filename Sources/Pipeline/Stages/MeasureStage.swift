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
      let document = OverfittingDocument(report: report) { experiment.strategies.name(of: $0) }
      try writer.put(ArtifactKeys.overfitting, json: document.json)
      return report
    }
  }

  /// Measures overfitting.
  static func report(
    _ experiment: Experiment, winner: Int, training: TrainingColumns, tallies: SweepTallies,
    in workplace: Workplace
  ) throws -> OverfittingReport {
    let interruption = workplace.interruption
    let options = experiment.configuration.statistics
    let evidence = Evidence(
      experiment, winner: winner, path: experiment.backtest.path(of: winner, in: experiment.strategies),
      training: training, blocks: tallies.blocks, interruption: interruption)
    let plan = MeasurePlan(
      resamples: options.resamples, blockLength: options.blockLength,
      seed: experiment.configuration.strategies.seed, threads: workplace.threads)
    var report = try OverfittingReport(evidence, plan: plan) { try interruption.check() }
    let threads = workplace.threads
    let progress = RunProgress { interruption.isRequested }
    report.walkForward = FoldFinding.walkForward(experiment, threads: threads, progress: progress)
    try interruption.check()
    report.combinatorial = FoldFinding.combinatorial(experiment, threads: threads, progress: progress)
    try interruption.check()
    report.permutation = try permutation(experiment, winner: winner, in: workplace)
    return report
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
