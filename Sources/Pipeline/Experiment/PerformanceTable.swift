import Artifacts
import Backtesting
import Kernels

/// `results/training_performance.csv`: a row a strategy, its name and every metric.
package enum PerformanceTable {
  /// Writes the performance of all strategies over segment `segment`.
  ///
  /// - Throws: what fetching tallies and `append` throw.
  package static func write(
    _ parts: TallyParts, segment: Int, of experiment: Experiment, threads: Int,
    append: ([UInt8]) throws -> Void
  ) throws {
    try append(header)
    try parts.forEachPart { table in
      try EncodedRows.write(table.count, width: 320, threads: threads, append: append) { encoder, row in
        let strategy = table.firstStrategy + row
        encoder.append(experiment.strategies.name(of: strategy))
        let performance = experiment.performance(table.tally(of: strategy, segment: segment))
        for metric in Metric.allCases { encoder.append(performance[metric]) }
        encoder.endRow()
      }
    }
  }

  private static var header: [UInt8] {
    var header = CSVEncoder()
    header.append("strategy_id")
    for metric in Metric.allCases { header.append(metric.rawValue) }
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
    var columns = metrics.map { _ in [Double]() }
    while try scanner.next() {
      guard scanner.fields.count == names.count else { throw stale("line \(scanner.line) is not whole") }
      for (index, place) in places.enumerated() { columns[index].append(scanner.number(place) ?? .nan) }
    }
    guard columns.allSatisfy({ $0.count == experiment.strategies.count }) else {
      throw stale("it has \(columns.first?.count ?? 0) strategies of \(experiment.strategies.count)")
    }
    return columns
  }
}
