import Artifacts
import Backtesting

/// The stages one at a time, each from what the store holds.
///
/// Each takes the options that the record remembers, changed by a closure, checks what it reads against the digests of
/// the record, and stores the record with what it made.
public enum StageCommands {
  /// Changes the remembered options, or refuses to.
  public typealias Change = (inout Configuration) throws -> Void

  /// ``Generate/run(_:in:)``, and the record.
  public static func generate(_ configuration: Configuration, in workplace: Workplace) throws -> Experiment {
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    let (experiment, record) = try Generate.run(configuration, in: workplace)
    try workplace.save(record)
    return experiment
  }

  /// Runs all strategies and stores their performance in training.
  public static func backtest(in workplace: Workplace, changing change: Change) throws -> Experiment {
    try stage(in: workplace, changing: change) { experiment, record in
      _ = try BacktestStage.run(experiment, record: &record, in: workplace) {
        try BacktestStage.parts(of: experiment, in: workplace)
      }
      return experiment
    }
  }

  /// Chooses the winner from the stored performance.
  public static func select(
    in workplace: Workplace, changing change: Change
  ) throws -> (experiment: Experiment, ranking: [Int]) {
    try stage(in: workplace, changing: change) { experiment, record in
      let training = try TrainingColumns(stored: experiment, record: record, in: workplace)
      let ranking = try Select.run(experiment, training: training, record: &record, in: workplace)
      return (experiment, ranking)
    }
  }

  /// Measures how much of the stored winner is luck.
  public static func measure(
    in workplace: Workplace, changing change: Change
  ) throws -> (experiment: Experiment, report: OverfittingReport) {
    try stage(in: workplace, changing: change) { experiment, record in
      let training = try TrainingColumns(stored: experiment, record: record, in: workplace)
      let ranking = try Select.ranking(experiment, training: training)
      try checkWinner(ranking[0], experiment, record: record, in: workplace)
      let parts = try BacktestStage.parts(of: experiment, in: workplace)
      let report = try MeasureStage.run(
        experiment, ranking: ranking, training: training, parts: parts, record: &record, in: workplace)
      return (experiment, report)
    }
  }

  /// Validates the best of the stored performance.
  public static func validate(
    in workplace: Workplace, changing change: Change
  ) throws -> (experiment: Experiment, report: ValidationReport) {
    try stage(in: workplace, changing: change) { experiment, record in
      let training = try TrainingColumns(stored: experiment, record: record, in: workplace)
      let ranking = try Select.ranking(experiment, training: training)
      try checkWinner(ranking[0], experiment, record: record, in: workplace)
      let figures = try figures(record, in: workplace)
      let (report, _) = try Validate.report(
        experiment, ranking: ranking, training: training, figures: figures, parts: nil, in: workplace)
      try Validate.run(experiment, report, record: &record, in: workplace)
      return (experiment, report)
    }
  }

  /// Draws the plots.
  public static func visualize(in workplace: Workplace) throws -> Experiment {
    try stage(in: workplace, changing: keep) { experiment, record in
      let figures = try figures(record, in: workplace)
      let parts = try BacktestStage.parts(of: experiment, in: workplace)
      let columns = try workplace.showing("metrics") {
        try SweepColumns.make(parts.tallies, of: experiment, threads: workplace.threads)
      }
      let training = columns.training
      let ranking = try Select.ranking(experiment, training: training)
      let overfitting = try MeasureStage.reportOfOneChoice(
        experiment, winner: ranking[0], training: training, parts: parts, resamples: 0, in: workplace)
      var validation: ValidationReport?
      if experiment.validation != nil {
        _ = try workplace.read(ArtifactKeys.validationResults, of: .validate, record: record)
        let (report, recomputed) = try Validate.report(
          experiment, ranking: ranking, training: training, figures: figures,
          parts: parts.tallies, in: workplace)
        validation = report
        record.recomputed = recomputed
      }
      try Visualize.run(
        experiment, validation: validation, overfitting: overfitting, luck: figures.luck, columns: columns,
        record: &record, in: workplace)
      return experiment
    }
  }

  /// What was measured.
  private static func figures(_ record: RunRecord, in workplace: Workplace) throws -> OverfittingFigures {
    try JSONDocument.decode(
      OverfittingFigures.self,
      from: try workplace.read(ArtifactKeys.overfitting, of: .measure, record: record),
      document: ArtifactKeys.overfitting)
  }

  /// Changes nothing.
  private static func keep(_: inout Configuration) {}

  private static func stage<Result>(
    in workplace: Workplace, changing change: Change,
    _ body: (Experiment, inout RunRecord) throws -> Result
  ) throws -> Result {
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    var record = try workplace.loadRecord()
    let before = Set(record.artifacts.keys)
    try change(&record.options)
    let experiment = try workplace.showing("read the store") {
      try Generate.load(record.options, record: record, in: workplace)
    }
    record.year = experiment.year
    let result = try body(experiment, &record)
    try workplace.save(record)
    // What this stage has outdated is not left beside what it made.
    try workplace.store.removeArtifacts(before.subtracting(record.artifacts.keys))
    return result
  }

  /// The winner that is stored has to be the one that the options now choose.
  private static func checkWinner(
    _ winner: Int, _ experiment: Experiment, record: RunRecord, in workplace: Workplace
  ) throws {
    let stored = try JSONDocument.decode(
      BestStrategyDocument.self,
      from: try workplace.read(ArtifactKeys.bestStrategy, of: .select, record: record),
      document: ArtifactKeys.bestStrategy)
    guard stored.strategyID == experiment.strategies.name(of: winner) else {
      throw ConfigurationError.stale(
        key: ArtifactKeys.bestStrategy, reason: "it holds another winner than the options choose",
        stage: Stage.select.rawValue)
    }
  }
}
