import Backtesting

/// All stages in order, handing on in memory what they would otherwise read from the store.
public enum Sweep {
  /// Runs the whole experiment.
  ///
  /// - Parameter resumes: whether what is found out strategy by strategy is kept part by part until the end, and what an
  ///   interrupted run has kept is not done again. Such a run is one shard, and its merge.
  /// - Throws: what its stages throw; artifacts of an earlier run are replaced one by one, as their stages end.
  public static func run(
    _ configuration: Configuration, resumes: Bool = false, in workplace: Workplace
  ) throws -> SweepReport {
    try run(configuration, resumes: resumes, largestPart: nil, in: workplace)
  }

  /// - Parameter largestPart: the most blocks of a part that is kept, in place of what is sensible.
  static func run(
    _ configuration: Configuration, resumes: Bool, largestPart: Int?, in workplace: Workplace
  ) throws -> SweepReport {
    let start = workplace.clock()
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    let (experiment, record) = try Generate.run(configuration, in: workplace)
    if resumes {
      workplace.interruption.keeps(.progress)
      let shards = try ShardRun.run(
        .sweep, experiment, record, .whole, resumes: true, largestPart: largestPart, in: workplace)
      let set = try ShardSet(shards, in: NamedStore(name: "", store: workplace.store))
      let report = try run(experiment, record: record, since: start, in: workplace) {
        try set.parts(of: experiment, largestPart: largestPart)
      }
      // Last of all: until here a run that is cut short can be continued.
      try workplace.store.removeAll(in: Shard.whole.folder)
      return report
    }
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
    let (parts, columns) = try BacktestStage.run(experiment, record: &record, in: workplace, parts: parts)
    let training = columns.training
    let ranking = try Select.run(experiment, training: training, record: &record, in: workplace)
    let overfitting = try MeasureStage.run(
      experiment, ranking: ranking, training: training, parts: parts, record: &record, in: workplace)
    let figures = OverfittingFigures(overfitting)
    var validation: ValidationReport?
    if experiment.validation != nil {
      let (report, recomputed) = try workplace.showing("validation") {
        try Validate.report(
          experiment, ranking: ranking, training: training, figures: figures,
          parts: parts.tallies, in: workplace)
      }
      try Validate.run(experiment, report, record: &record, in: workplace)
      record.recomputed = recomputed
      validation = report
    }
    try Visualize.run(
      experiment, validation: validation, overfitting: overfitting, luck: figures.luck, columns: columns,
      record: &record, in: workplace)
    try workplace.save(record)
    return SweepReport(
      experiment: experiment, winner: ranking[0],
      training: validation?.winner.training ?? performance(of: ranking[0], experiment),
      validation: validation, overfitting: overfitting,
      record: record, seconds: workplace.clock() - start)
  }

  private static func performance(of winner: Int, _ experiment: Experiment) -> Performance {
    let path = experiment.backtest.path(of: winner, in: experiment.strategies)
    return experiment.performance(experiment.tally(path, segment: 0))
  }
}
