import Artifacts
import Backtesting
import Kernels

/// The third stage: the best strategies of training.
public enum Select {
  /// Stores the winner and returns the numbers of the best strategies, the winner first.
  ///
  /// - Throws: ``ConfigurationError/noCandidate(strategies:minimumTrades:)``.
  static func run(
    _ experiment: Experiment, training: TrainingColumns, record: inout RunRecord, in workplace: Workplace
  ) throws -> [Int] {
    let best = try workplace.perform(.select, record: &record) { writer in
      let ranking = try ranking(experiment, training: training)
      let path = experiment.backtest.path(of: ranking[0], in: experiment.strategies)
      try writer.put(
        ArtifactKeys.bestStrategy,
        json: BestStrategyDocument(experiment, strategy: ranking[0], path: path))
      return ranking
    }
    let minimumTrades = experiment.configuration.selection.minimumTrades
    let idle = training.trades.count { $0 == 0 }
    let few = training.trades.count { $0 > 0 && $0 < Double(minimumTrades) }
    if idle > 0 { record.excluded["\(excluded)never traded"] = idle }
    if few > 0 { record.excluded["\(excluded)fewer trades than \(minimumTrades)"] = few }
    return best
  }

  /// How the reasons begin for which a record says that strategies did not stand for election.
  static let excluded = "strategies: "

  /// The numbers of the best strategies, the winner first.
  static func ranking(_ experiment: Experiment, training: TrainingColumns) throws -> [Int] {
    let options = experiment.configuration.selection
    let selection = Selection(
      metric: experiment.configuration.selectionMetric, minimumTrades: options.minimumTrades)
    let ranking = selection.best(options.top, values: training.values, trades: training.trades)
    // Those that never traded come last, so where one of them is the best there are no others.
    guard let winner = ranking.first, training.trades[winner] > 0 else {
      throw ConfigurationError.noCandidate(
        strategies: experiment.strategies.count, mostTrades: Int(training.trades.max() ?? 0),
        minimumTrades: options.minimumTrades)
    }
    return ranking
  }
}
