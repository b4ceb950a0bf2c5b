import Artifacts
import Backtesting
import Kernels

/// The fifth stage: the selected strategies on bars they have not seen.
public enum Validate {
  /// What the strategies of `ranking` do on both segments, by the reference kernel, and how far `parts`, on which the
  /// selection rests, are from that.
  ///
  /// - Throws: ``ConfigurationError/tooFewBars(found:needed:reason:remedy:)`` if no bars are left unseen.
  static func report(
    _ experiment: Experiment, ranking: [Int], training: TrainingColumns, figures: OverfittingFigures,
    parts: TallyParts?, in workplace: Workplace
  ) throws -> (report: ValidationReport, recomputed: RunRecord.Recomputation?) {
    guard experiment.validation != nil else {
      throw ConfigurationError.tooFewBars(
        found: 0, needed: Experiment.fewestBars, reason: "for validation", remedy: "choose --train below 1")
    }
    var outcomes: [Outcome] = []
    var differences: [String: Double] = [:]
    let tallies = try parts?.tallies(of: ranking, segment: 0) ?? [:]
    for strategy in ranking {
      try workplace.interruption.check()
      let path = experiment.backtest.path(of: strategy, in: experiment.strategies)
      let outcome = Outcome(strategy, path: path, of: experiment)
      if let tally = tallies[strategy] {
        note(outcome.training, experiment.performance(tally), in: &differences)
      }
      outcomes.append(outcome)
    }
    let report = ValidationReport(
      outcomes: outcomes, luck: Luck(experiment, trades: training.trades), figures: figures,
      experiment: experiment)
    let recomputed = RunRecord.Recomputation(
      strategies: ranking.count, largestDifferences: differences)
    return (report, parts == nil ? nil : recomputed)
  }

  /// Stores `report`.
  static func run(
    _ experiment: Experiment, _ report: ValidationReport, record: inout RunRecord, in workplace: Workplace
  ) throws {
    try workplace.perform(.validate, record: &record) { writer in
      try writer.put(ArtifactKeys.validationResults, json: ValidationResultsDocument(report))
      try writer.put(ArtifactKeys.validationSummaryTable, summaryTable(report.winner))
      try writer.put(
        ArtifactKeys.validationSummary,
        json: ValidationSummaryDocument(
          report, maximumDrop: experiment.configuration.detection.maximumDrop))
    }
  }

  private static func note(
    _ expected: Performance, _ found: Performance, in differences: inout [String: Double]
  ) {
    for metric in Metric.allCases {
      let difference = abs(expected[metric] - found[metric])
      if difference.isFinite {
        differences[metric.rawValue] = max(differences[metric.rawValue] ?? 0, difference)
      }
    }
  }

  /// `results/validation_summary.csv`: a row a metric of the winner.
  private static func summaryTable(_ winner: Outcome) -> [UInt8] {
    var table = CSVEncoder()
    for name in ["metric", "training", "validation"] { table.append(name) }
    table.endRow()
    for metric in Metric.allCases {
      table.append(metric.rawValue)
      table.append(winner.training[metric])
      table.append(winner.validation[metric])
      table.endRow()
    }
    return table.bytes
  }
}
