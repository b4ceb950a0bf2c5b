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

  /// From tallies in memory.
  init(_ table: TallyTable, of experiment: Experiment) {
    var columns = Columns(capacity: table.count)
    columns.append(table, of: experiment)
    self.init(columns)
  }

  /// From tallies in parts.
  ///
  /// - Throws: what fetching them throws.
  init(_ parts: TallyParts, of experiment: Experiment) throws {
    var columns = Columns(capacity: parts.count)
    try parts.forEachPart { columns.append($0, of: experiment) }
    self.init(columns)
  }

  private init(_ columns: Columns) {
    values = columns.values
    trades = columns.trades
    sharpeRatios = columns.sharpeRatios
  }

  private struct Columns {
    var values: [Double] = []
    var trades: [Double] = []
    var sharpeRatios: [Double] = []

    init(capacity: Int) {
      values.reserveCapacity(capacity)
      trades.reserveCapacity(capacity)
      sharpeRatios.reserveCapacity(capacity)
    }

    mutating func append(_ table: TallyTable, of experiment: Experiment) {
      let metric = experiment.configuration.selectionMetric
      for strategy in table.strategies {
        let performance = experiment.performance(table.tally(of: strategy, segment: 0))
        values.append(performance[metric])
        trades.append(performance.trades)
        sharpeRatios.append(performance.sharpeRatio)
      }
    }
  }
}
