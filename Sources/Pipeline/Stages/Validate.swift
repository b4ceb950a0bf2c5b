import Artifacts
import Backtesting
import Kernels

/// The fifth stage: the selected strategies on bars they have not seen.
public enum Validate {
  /// What the strategies of `ranking` do on both segments, by the reference kernel, and how far `parts`, on which the
  /// selection rests, are from that.
  ///
  /// - Throws: ``ConfigurationError/tooFewBars(found:needed:reason:remedy:)`` if no bars are left unseen.
  static func find(
    _ experiment: Experiment, ranking: [Int], training: TrainingColumns, parts: TallyParts?,
    in workplace: Workplace
  ) throws -> ValidationFinding {
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
    return ValidationFinding(
      outcomes: outcomes, luck: Luck(experiment, trades: training.trades),
      recomputed: parts.map { _ in
        RunRecord.Recomputation(strategies: ranking.count, largestDifferences: differences)
      })
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

/// What the selected strategies do in training and in validation, before statistics have their say on it.
struct ValidationFinding: Sendable {
  /// The winner first.
  let outcomes: [Outcome]
  /// What luck alone gives the best win rate.
  let luck: Luck
  /// How far the kernel that ran is from the reference; `nil` where it was not compared.
  let recomputed: RunRecord.Recomputation?

  var winner: Outcome { outcomes[0] }

  /// The same with what the statistics of overfitting say.
  func report(_ figures: OverfittingFigures, _ experiment: Experiment) -> ValidationReport {
    ValidationReport(outcomes: outcomes, luck: luck, figures: figures, experiment: experiment)
  }
}
