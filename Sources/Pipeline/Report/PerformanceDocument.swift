import Artifacts
import Backtesting
import Kernels

/// Every metric by its name, null where undefined.
struct PerformanceDocument: Codable, Equatable, Sendable {
  let metrics: [String: Measure]

  init(_ performance: Performance) {
    metrics = Dictionary(
      uniqueKeysWithValues: Metric.allCases.map { ($0.rawValue, Measure(performance[$0])) })
  }

  init(from decoder: any Decoder) throws {
    metrics = try decoder.singleValueContainer().decode([String: Measure].self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(metrics)
  }

  /// The same, for a document that is put together.
  var json: JSONValue { .object(metrics.mapValues { .number($0.value) }) }
}

/// `results/best_strategy.json`.
struct BestStrategyDocument: Codable {
  let strategyID: String
  let family: String
  let selectedBy: String
  let parameters: [String: Measure]
  /// Of coin flips and given signals: one a bar of the market, as it was drawn or laid along the bars.
  let signals: [Int]?
  let trainingPerformance: PerformanceDocument

  enum CodingKeys: String, CodingKey {
    case family, parameters, signals
    case strategyID = "strategy_id"
    case selectedBy = "selected_by"
    case trainingPerformance = "training_performance"
  }

  init(_ experiment: Experiment, strategy: Int, path: ReferenceKernel.Path) {
    let strategies = experiment.strategies
    strategyID = strategies.name(of: strategy)
    family = strategies.family.rawValue
    selectedBy = experiment.configuration.selectionMetric.rawValue
    parameters = experiment.parameters(of: strategy)
    signals = experiment.backtest.signals(of: strategy, in: strategies)
    trainingPerformance = PerformanceDocument(
      experiment.performance(experiment.tally(path, segment: 0)))
  }
}
