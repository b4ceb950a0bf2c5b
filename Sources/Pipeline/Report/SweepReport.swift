import Artifacts
import Backtesting

/// What a sweep found, for a person or a program.
public struct SweepReport: Sendable {
  /// What was run.
  public let experiment: Experiment
  /// The number of the best strategy in training.
  public let winner: Int
  /// The winner's performance in training, by the reference kernel.
  public let training: Performance
  /// `nil` where no bars were left unseen.
  public let validation: ValidationReport?
  /// How much of the winner is luck.
  public let overfitting: OverfittingReport
  /// What stands in `run.json`.
  public let record: RunRecord
  /// From the first bar read to the last artifact written.
  public let seconds: Double
}

extension SweepReport {
  /// Strategies without a trade in training.
  public var idle: Int { overfitting.neverTraded }

  /// Bars that the winner had not seen; `nil` where none were kept back.
  public var validationBars: Int? { experiment.validation?.bars.count }

  /// Whether the winner shows skill.
  public var verdict: Verdict {
    validation?.verdict ?? overfitting.verdict(experiment.configuration.detection)
  }

  /// All combinations of a rule's parameters; `nil` for strategies that are no grid.
  private var combinations: Int? {
    guard case .grid(let grid) = experiment.strategies.columns else { return nil }
    return grid.combinations
  }

  /// The summary as one JSON object.
  ///
  /// - Parameters:
  ///   - directory: where the artifacts are.
  ///   - upload: what was uploaded besides; `nil` if nothing was.
  public func json(directory: String, upload: UploadReport? = nil) throws -> [UInt8] {
    try JSONDocument.encode(
      SummaryDocument(
        combinations: combinations,
        strategiesGenerated: experiment.strategies.count, strategiesTested: experiment.strategies.count,
        bars: experiment.market.count, market: experiment.market.name,
        winner: experiment.strategies.name(of: winner),
        winnerParameters: experiment.parameters(of: winner),
        selectedBy: experiment.configuration.selectionMetric.rawValue,
        trainingPerformance: PerformanceDocument(training),
        signals: signals,
        validation: validation.map { ValidationResultsDocument($0) },
        best: validation.map {
          ValidationSummaryDocument($0, maximumDrop: experiment.configuration.detection.maximumDrop)
        },
        overfitting: OverfittingDocument(report: overfitting).json, verdict: VerdictDocument(verdict),
        artifacts: directory, upload: upload,
        seconds: (seconds * 1_000).rounded() / 1_000))
  }
}

/// The summary of ``SweepReport/json(directory:)``.
private struct SummaryDocument: Encodable {
  /// Of a rule's parameters, those included that make no strategy; absent for strategies that are no grid.
  let combinations: Int?
  let strategiesGenerated: Int
  let strategiesTested: Int
  let bars: Int
  let market: String
  let winner: String
  let winnerParameters: [String: Measure]
  let selectedBy: String
  let trainingPerformance: PerformanceDocument
  /// Absent for strategies that are no signals.
  let signals: SignalsSummary?
  /// Null where no bars were left unseen.
  let validation: ValidationResultsDocument?
  /// The best strategies side by side; null where no bars were left unseen.
  let best: ValidationSummaryDocument?
  let overfitting: JSONValue
  let verdict: VerdictDocument
  let artifacts: String
  /// Null where nothing was uploaded.
  let upload: UploadReport?
  let seconds: Double

  enum CodingKeys: String, CodingKey {
    case bars, combinations, market, signals, winner, validation, overfitting, verdict, artifacts, upload
    case seconds
    case selectedBy = "selected_by"
    case winnerParameters = "winner_parameters"
    case best = "validation_summary"
    case trainingPerformance = "training_performance"
    case strategiesGenerated = "strategies_generated"
    case strategiesTested = "strategies_tested"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(combinations, forKey: .combinations)
    try container.encode(strategiesGenerated, forKey: .strategiesGenerated)
    try container.encode(strategiesTested, forKey: .strategiesTested)
    try container.encode(bars, forKey: .bars)
    try container.encode(market, forKey: .market)
    try container.encode(winner, forKey: .winner)
    try container.encode(winnerParameters, forKey: .winnerParameters)
    try container.encode(selectedBy, forKey: .selectedBy)
    try container.encode(trainingPerformance, forKey: .trainingPerformance)
    try container.encodeIfPresent(signals, forKey: .signals)
    // An absent member would be skipped; null says that there is none.
    try container.encode(validation, forKey: .validation)
    try container.encode(best, forKey: .best)
    try container.encode(overfitting, forKey: .overfitting)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(artifacts, forKey: .artifacts)
    try container.encode(upload, forKey: .upload)
    try container.encode(seconds, forKey: .seconds)
  }
}
