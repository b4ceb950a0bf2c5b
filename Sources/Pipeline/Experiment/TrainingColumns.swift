import Backtesting
import Kernels

/// What selection and its statistics look at, for each strategy in training.
struct TrainingColumns: Sendable {
  /// The metric that selects.
  let values: [Double]
  let trades: [Double]
  /// Annualised.
  let sharpeRatios: [Double]
}

extension TrainingColumns {
  /// From the stored table.
  ///
  /// - Throws: `TableError`, ``ConfigurationError/stale(key:reason:stage:)``.
  init(stored experiment: Experiment, record: RunRecord, in workplace: Workplace) throws {
    let bytes = try workplace.read(ArtifactKeys.trainingPerformance, of: .backtest, record: record)
    let columns = try PerformanceTable.read(
      bytes, metrics: [experiment.configuration.selectionMetric, .trades, .sharpeRatio], of: experiment)
    values = columns[0]
    trades = columns[1]
    sharpeRatios = columns[2]
  }

  /// From tallies in memory, on one thread.
  init(_ table: TallyTable, of experiment: Experiment) {
    let metric = experiment.configuration.selectionMetric
    let performances = table.strategies.map { experiment.performance(table.tally(of: $0, segment: 0)) }
    values = performances.map { $0[metric] }
    trades = performances.map(\.trades)
    sharpeRatios = performances.map(\.sharpeRatio)
  }
}
