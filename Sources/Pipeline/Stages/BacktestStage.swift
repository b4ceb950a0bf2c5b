import Backtesting
import Kernels
import Stores

/// The second stage: every strategy on every segment, in one pass.
public enum BacktestStage {
  /// Runs all strategies, or takes what shards have left of them, and stores their performance in training.
  ///
  /// Validation is run in the same pass, because it costs a fraction and keeps the bits the same wherever it is wanted,
  /// but nothing of it is stored here: selection cannot see it.
  ///
  /// - Parameter parts: makes or fetches the tallies.
  /// - Returns: these, and what the stages after this one look at.
  /// - Throws: `Interrupted`, `StoreError`, what `parts` throws.
  static func run(
    _ experiment: Experiment, record: inout RunRecord, in workplace: Workplace,
    parts: () throws -> SweepParts
  ) throws -> (parts: SweepParts, columns: SweepColumns) {
    try workplace.perform(.backtest, record: &record) { writer in
      let parts = try parts()
      let columns = try workplace.showing("write performance") {
        try SweepColumns.fill(experiment) { slots in
          try writer.put(ArtifactKeys.trainingPerformance) { append in
            try PerformanceTable.write(
              parts.tallies, segment: 0, of: experiment, threads: workplace.threads,
              observe: { slots.write($2, of: $1, in: $0) }, append: append)
          }
        }
      }
      return (parts, columns)
    }
  }

  /// Runs all strategies on all segments.
  static func parts(of experiment: Experiment, in workplace: Workplace) throws -> SweepParts {
    let interruption = workplace.interruption
    let progress = RunProgress { interruption.isRequested }
    workplace.watch("backtest", TilePlan.blocks(strategies: experiment.strategies.count), progress)
    let tallies = SweepTallies(experiment, progress: progress)
    workplace.watch("", 0, progress)
    try interruption.check()
    return SweepParts(tallies)
  }
}
