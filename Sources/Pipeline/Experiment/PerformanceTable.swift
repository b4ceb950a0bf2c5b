import Artifacts
import Backtesting
import Kernels

/// `results/training_performance.csv`: a row a strategy, its name, every metric and its parameters.
///
/// The parameters are those of `best_strategy.json`, under the same names. Of many random strategies the weights are left
/// out: the recipe makes them again, and they would take more room, and longer to write, than all the rest.
package enum PerformanceTable {
  /// Writes the performance of all strategies over segment `segment`.
  ///
  /// - Parameter observe: told of the performance of each strategy, as it is written; from many threads.
  /// - Throws: what fetching tallies and `append` throw.
  package static func write(
    _ parts: TallyParts, segment: Int, of experiment: Experiment, threads: Int,
    observe: @escaping @Sendable (TallyTable, _ strategy: Int, Performance) -> Void = { _, _, _ in },
    append: ([UInt8]) throws -> Void
  ) throws {
    let strategies = experiment.strategies
    let columns = Self.parameters(of: strategies)
    let names = strategies.names(columns)
    try append(header(names))
    // Most weights take all the digits that there are; other parameters take few.
    let width = 320 + names.count * 12
    try parts.forEachPart(threads: threads) { table in
      try EncodedRows.write(table.count, width: width, threads: threads, append: append) { encoder, row in
        let strategy = table.firstStrategy + row
        encoder.append(strategies.name(of: strategy))
        let performance = experiment.performance(table.tally(of: strategy, segment: segment))
        for metric in Metric.allCases { encoder.append(performance[metric]) }
        strategies.forEachParameter(columns, of: strategy) { encoder.append($0) }
        encoder.endRow()
        observe(table, strategy, performance)
      }
    }
  }

  /// The parameters that are written: all, but no weights of more strategies than a strategies file lists.
  private static func parameters(of strategies: StrategySet) -> StrategySet.ParameterColumns {
    let isGiven = !strategies.givenNames.isEmpty
    return strategies.count <= StrategiesDocument.mostColumns || isGiven ? .all : .withoutWeights
  }

  private static func header(_ parameters: ArraySlice<String>) -> [UInt8] {
    var header = CSVEncoder()
    header.append("strategy_id")
    for metric in Metric.allCases { header.append(metric.rawValue) }
    for name in parameters { header.append(name) }
    header.endRow()
    return header.bytes
  }

  /// The columns of `metrics`, in the order of the strategies.
  ///
  /// - Throws: `TableError`, ``ConfigurationError/stale(key:reason:stage:)`` if the table does not fit the experiment.
  package static func read(_ bytes: [UInt8], metrics: [Metric], of experiment: Experiment) throws
    -> [[Double]]
  {
    let key = ArtifactKeys.trainingPerformance
    func stale(_ reason: String) -> ConfigurationError {
      .stale(key: key, reason: reason, stage: Stage.backtest.rawValue)
    }
    var scanner = try DelimitedScanner(bytes, separator: UInt8(ascii: ","))
    guard try scanner.next() else { throw stale("it is empty") }
    let names = scanner.fields.indices.map { scanner.text($0) }
    let places = try metrics.map { metric in
      guard let place = names.firstIndex(of: metric.rawValue) else {
        throw stale("it has no column \(metric.rawValue)")
      }
      return place
    }
    let mostTrades = 0...Double(experiment.market.count + 1)
    var columns = metrics.map { _ in [Double]() }
    while try scanner.next() {
      guard scanner.fields.count == names.count else { throw stale("line \(scanner.line) is not whole") }
      for (index, place) in places.enumerated() {
        // An empty cell is undefined; how often a strategy trades never is.
        let value = scanner.number(place) ?? .nan
        let isCount = metrics[index] == .trades
        guard isCount ? mostTrades.contains(value) : !value.isNaN || scanner.text(place).isEmpty else {
          throw stale("line \(scanner.line) has no \(metrics[index].rawValue) that a run can have")
        }
        columns[index].append(value)
      }
    }
    guard columns.allSatisfy({ $0.count == experiment.strategies.count }) else {
      throw stale("it has \(columns.first?.count ?? 0) strategies of \(experiment.strategies.count)")
    }
    return columns
  }
}
