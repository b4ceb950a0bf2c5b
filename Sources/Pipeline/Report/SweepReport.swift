import Artifacts
import Backtesting

/// What a sweep found, for a person or a program.
public struct SweepReport: Sendable {
  public let experiment: Experiment
  /// The number of the best strategy in training.
  public let winner: Int
  /// `nil` where no bars were left unseen.
  public let validation: ValidationReport?
  public let record: RunRecord
  /// From the first bar read to the last artifact written.
  public let seconds: Double
}

extension SweepReport {
  /// The summary as one JSON object.
  public func json(directory: String) throws -> [UInt8] {
    try JSONDocument.encode(
      SummaryDocument(
        strategiesGenerated: experiment.strategies.count, strategiesTested: experiment.strategies.count,
        bars: experiment.market.count, market: experiment.market.name,
        winner: experiment.strategies.name(of: winner),
        validation: validation.map { ValidationResultsDocument($0) }, artifacts: directory,
        seconds: (seconds * 1_000).rounded() / 1_000))
  }
}

/// The summary of ``SweepReport/json(directory:)``.
private struct SummaryDocument: Codable {
  let strategiesGenerated: Int
  let strategiesTested: Int
  let bars: Int
  let market: String
  let winner: String
  let validation: ValidationResultsDocument?
  let artifacts: String
  let seconds: Double

  enum CodingKeys: String, CodingKey {
    case bars, market, winner, validation, artifacts, seconds
    case strategiesGenerated = "strategies_generated"
    case strategiesTested = "strategies_tested"
  }
}
