import Artifacts
import Backtesting
import Kernels

/// `results/training_performance.csv`: a row a strategy, its name and every metric.
package enum PerformanceTable {
  /// Rows that one worker encodes at a time.
  private static let rowsPerChunk = 4_096

  /// Writes the performance of all strategies over segment `segment`.
  ///
  /// - Throws: what fetching tallies and `append` throw.
  package static func write(
    _ parts: TallyParts, segment: Int, of experiment: Experiment, threads: Int,
    append: ([UInt8]) throws -> Void
  ) throws {
    try append(header)
    try parts.forEachPart {
      try write(rows: $0, segment: segment, of: experiment, threads: threads, append: append)
    }
  }

  private static var header: [UInt8] {
    var header = CSVEncoder()
    header.append("strategy_id")
    for metric in Metric.allCases { header.append(metric.rawValue) }
    header.endRow()
    return header.bytes
  }

  /// Writes the rows of one part.
  ///
  /// Chunks of rows are encoded side by side and appended in order, a wave of them at a time, so that memory stays
  /// small and the bytes do not depend on threads.
  private static func write(
    rows table: TallyTable, segment: Int, of experiment: Experiment, threads: Int,
    append: ([UInt8]) throws -> Void
  ) throws {
    let end = table.strategies.upperBound
    let chunks = (table.count + rowsPerChunk - 1) / rowsPerChunk
    let wave = threads * 4
    for first in stride(from: 0, to: chunks, by: wave) {
      let count = min(wave, chunks - first)
      let encoded = DisjointSlots.fill(count: count, repeating: [UInt8]()) { slots in
        Workers.forEach(items: count, threads: threads) {
          false
        } makeState: {
          CSVEncoder(capacity: rowsPerChunk * 256)
        } body: { encoder, index in
          encoder.removeAll()
          let start = table.firstStrategy + (first + index) * rowsPerChunk
          for strategy in start..<min(start + rowsPerChunk, end) {
            encoder.append(experiment.strategies.name(of: strategy))
            let performance = experiment.performance(table.tally(of: strategy, segment: segment))
            for metric in Metric.allCases { encoder.append(performance[metric]) }
            encoder.endRow()
          }
          slots.write(encoder.bytes, at: index)
        }
      }
      for bytes in encoded { try append(bytes) }
    }
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
