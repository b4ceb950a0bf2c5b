import Backtesting

/// All stages in order, handing on in memory what they would otherwise read from the store.
public enum Sweep {
  /// Runs the whole experiment.
  ///
  /// - Throws: what its stages throw; artifacts of an earlier run are replaced one by one, as their stages end.
  public static func run(_ configuration: Configuration, in workplace: Workplace) throws -> SweepReport {
    let start = workplace.clock()
    let (experiment, record) = try Generate.run(configuration, in: workplace)
    return try run(experiment, record: record, since: start, in: workplace) {
      try BacktestStage.parts(of: experiment, in: workplace)
    }
  }

  /// Runs the stages after the first.
  ///
  /// - Parameter parts: makes what the passes over all strategies leave, or fetches it from shards.
  static func run(
    _ experiment: Experiment, record: RunRecord, since start: Double, in workplace: Workplace,
    parts: () throws -> SweepParts
  ) throws -> SweepReport {
    var record = record
    let parts = try BacktestStage.run(experiment, record: &record, in: workplace, parts: parts)
    let columns = try TrainingColumns(parts.tallies, of: experiment)
    let ranking = try Select.run(experiment, training: columns, record: &record, in: workplace)
    let overfitting = try MeasureStage.run(
      experiment, winner: ranking[0], training: columns, parts: parts, record: &record, in: workplace)
    var validation: ValidationReport?
    if experiment.validation != nil {
      let (report, recomputed) = try Validate.report(
        experiment, ranking: ranking, training: columns, figures: OverfittingFigures(overfitting),
        parts: parts.tallies, in: workplace)
      try Validate.run(experiment, report, record: &record, in: workplace)
      record.recomputed = recomputed
      validation = report
    }
    try Visualize.run(
      experiment, validation: validation, overfitting: overfitting, training: columns, parts: parts.tallies,
      record: &record, in: workplace)
    try workplace.save(record)
    return SweepReport(
      experiment: experiment, winner: ranking[0],
      training: validation?.winner.training ?? training(of: ranking[0], experiment),
      validation: validation, overfitting: overfitting, record: record, seconds: workplace.clock() - start)
  }

  private static func training(of winner: Int, _ experiment: Experiment) -> Performance {
    let path = experiment.backtest.path(of: winner, in: experiment.strategies)
    return experiment.performance(experiment.tally(path, segment: 0))
  }
}
