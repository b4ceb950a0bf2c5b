import Artifacts
import Statistics

/// `results/strategy_tests.csv`: a row a strategy, with what its own test says beside all others.
enum StrategyTestsTable {
  /// The columns: `adjusted_p_value` is the step-down one, exact where `is_exact` says so and else an upper bound; `q_value`
  /// is Storey's. Both are empty where there is no test.
  static let columns = ["strategy_id", "adjusted_p_value", "is_exact", "q_value"]

  /// Writes the rows of all strategies of `report`.
  ///
  /// - Throws: what `append` throws.
  static func write(_ report: OverfittingReport, threads: Int, append: ([UInt8]) throws -> Void) throws {
    var header = CSVEncoder()
    for name in columns { header.append(name) }
    header.endRow()
    try append(header.bytes)
    let stepdown = (try? report.snooping.get())?.stepdown
    var isExact = Array(repeating: false, count: report.strategies)
    for leader in stepdown?.leaders ?? [] { isExact[leader] = true }
    let (pValues, qValues, name) = (stepdown?.pValues, report.multiplicity.discovery.qValues, report.name)
    try EncodedRows.write(report.strategies, width: 64, threads: threads, append: append) {
      [isExact] encoder, strategy in
      let pValue = pValues?[strategy] ?? .nan
      encoder.append(name(strategy))
      encoder.append(pValue)
      encoder.append(pValue.isNaN ? "" : isExact[strategy] ? "true" : "false")
      encoder.append(qValues[strategy])
      encoder.endRow()
    }
  }
}
