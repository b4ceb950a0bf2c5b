import Artifacts
import Backtesting
import Kernels

/// The third stage: the best strategies of training.
public enum Select {
  /// Stores the winner and returns the numbers of the best strategies, the winner first.
  ///
  /// - Parameters:
  ///   - values: for each strategy the selecting metric in training.
  ///   - trades: for each strategy its trades in training.
  /// - Throws: ``ConfigurationError/noCandidate(strategies:minimumTrades:)``.
  static func run(
    _ experiment: Experiment, values: [Double], trades: [Double], record: inout RunRecord,
    in workplace: Workplace
  ) throws -> [Int] {
    let best = try workplace.perform(.select, record: &record) { writer in
      let ranking = try ranking(experiment, values: values, trades: trades)
      let path = experiment.backtest.path(of: ranking[0], in: experiment.strategies)
      try writer.put(
        ArtifactKeys.bestStrategy,
        json: BestStrategyDocument(experiment, strategy: ranking[0], path: path))
      return ranking
    }
    let minimumTrades = experiment.configuration.selection.minimumTrades
    let idle = trades.count { $0 < Double(minimumTrades) }
    if idle > 0 { record.excluded["\(excluded)fewer trades than \(minimumTrades)"] = idle }
    return best
  }

  /// How the reasons begin for which a record says that strategies did not stand for election.
  static let excluded = "strategies: "

  /// The numbers of the best strategies, the winner first.
  static func ranking(_ experiment: Experiment, values: [Double], trades: [Double]) throws -> [Int] {
    let options = experiment.configuration.selection
    let selection = Selection(
      metric: experiment.configuration.selectionMetric, minimumTrades: options.minimumTrades)
    let ranking = selection.best(options.top, values: values, trades: trades)
    guard !ranking.isEmpty else {
      throw ConfigurationError.noCandidate(
        strategies: experiment.strategies.count, mostTrades: Int(trades.max() ?? 0),
        minimumTrades: options.minimumTrades)
    }
    return ranking
  }

  /// What selection looks at, from the stored table.
  static func stored(
    _ experiment: Experiment, record: RunRecord, in workplace: Workplace
  ) throws -> (values: [Double], trades: [Double]) {
    let bytes = try workplace.read(ArtifactKeys.trainingPerformance, of: .backtest, record: record)
    let columns = try PerformanceTable.read(
      bytes, metrics: [experiment.configuration.selectionMetric, .trades], of: experiment)
    return (columns[0], columns[1])
  }

  /// What selection looks at, from tallies.
  static func fresh(_ experiment: Experiment, _ table: TallyTable) -> (values: [Double], trades: [Double]) {
    let metric = experiment.configuration.selectionMetric
    var values: [Double] = []
    var trades: [Double] = []
    values.reserveCapacity(table.count)
    trades.reserveCapacity(table.count)
    for strategy in 0..<table.count {
      let performance = experiment.performance(table.tally(of: strategy, segment: 0))
      values.append(performance[metric])
      trades.append(performance.trades)
    }
    return (values, trades)
  }
}
