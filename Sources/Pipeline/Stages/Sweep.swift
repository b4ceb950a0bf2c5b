import Backtesting

/// All stages in order, handing on in memory what they would otherwise read from the store.
public enum Sweep {
  /// Runs the whole experiment.
  ///
  /// - Throws: what its stages throw; artifacts of an earlier run are replaced one by one, as their stages end.
  public static func run(_ configuration: Configuration, in workplace: Workplace) throws -> SweepReport {
    let start = workplace.clock()
    let (experiment, generated) = try Generate.run(configuration, in: workplace)
    var record = generated
    let table = try BacktestStage.run(experiment, record: &record, in: workplace)
    let columns = TrainingColumns(table, of: experiment)
    let ranking = try Select.run(experiment, training: columns, record: &record, in: workplace)
    var validation: ValidationReport?
    if experiment.validation != nil {
      let (report, recomputed) = try Validate.report(
        experiment, ranking: ranking, training: columns, table: table, in: workplace)
      try Validate.run(experiment, report, record: &record, in: workplace)
      record.recomputed = recomputed
      try Visualize.run(
        experiment, report: report, training: columns, table: table, record: &record, in: workplace)
      validation = report
    }
    try workplace.save(record)
    return SweepReport(
      experiment: experiment, winner: ranking[0],
      training: validation?.winner.training ?? training(of: ranking[0], experiment),
      validation: validation, record: record, seconds: workplace.clock() - start)
  }

  private static func training(of winner: Int, _ experiment: Experiment) -> Performance {
    let path = experiment.backtest.path(of: winner, in: experiment.strategies)
    return experiment.performance(experiment.tally(path, segment: 0))
  }
}
