import Artifacts
import Backtesting
import Stores
import TestSupport
import Testing

@testable import Pipeline

@Suite struct StrategyTestsTableTests {
  /// The cells of each row, the header first.
  private static func rows(_ bytes: [UInt8]) throws -> [[String]] {
    var scanner = try DelimitedScanner(bytes, separator: UInt8(ascii: ","))
    var rows: [[String]] = []
    while try scanner.next() { rows.append(scanner.fields.indices.map { scanner.text($0) }) }
    return rows
  }

  @Test(arguments: [50, 0]) func holdsEveryStrategysOwnTest(resamples: Int) throws {
    let store = MemoryStore()
    let report = try Sweep.run(
      Configuration.fewCrosses.with {
        $0.selection.minimumTrades = 20
        $0.statistics.resamples = resamples
      }, in: .test(store))
    let rows = try Self.rows(try store.get("results/strategy_tests.csv"))
    #expect(rows.first == StrategyTestsTable.columns && rows.count == 10)
    let pValues = (try? report.overfitting.snooping.get())?.stepdown.pValues
    let qValues = report.overfitting.multiplicity.discovery.qValues
    #expect((pValues == nil) == (resamples == 0))
    var untested = 0
    for (strategy, row) in rows.dropFirst().enumerated() {
      #expect(row[0] == report.experiment.strategies.name(of: strategy))
      let pValue = pValues?[strategy] ?? .nan
      #expect(Double(row[1]) ?? .nan == pValue || (row[1].isEmpty && pValue.isNaN))
      #expect(row[2] == (pValue.isNaN ? "" : "true"))
      #expect(Double(row[3]) ?? .nan == qValues[strategy])
      if pValue.isNaN { untested += 1 }
    }
    // Those that could not be chosen have no p-value.
    #expect(untested == (resamples == 0 ? 9 : report.overfitting.ineligible))
  }
}
