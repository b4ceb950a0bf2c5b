import Backtesting
import Kernels

/// The tallies of all strategies of a sweep over every segment, in parts that follow each other: of many strategies they
/// are not in memory at once.
package struct TallyParts: Sendable {
  /// The strategies of all parts.
  let count: Int
  private let parts: [@Sendable () throws -> TallyTable]

  /// - Parameter parts: each makes its tallies, or fetches them, whenever it is called.
  init(count: Int, parts: [@Sendable () throws -> TallyTable]) {
    self.count = count
    self.parts = parts
  }

  /// All tallies in one part.
  package init(_ table: TallyTable) {
    self.init(count: table.count, parts: [{ table }])
  }

  /// Calls `body` with each part in order.
  ///
  /// - Throws: what fetching and `body` throw.
  func forEachPart(_ body: (TallyTable) throws -> Void) throws {
    for part in parts { try body(try part()) }
  }

  /// One metric of every strategy over one segment.
  func values(of metric: Metric, _ experiment: Experiment, segment: Int) throws -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    try forEachPart { table in
      for strategy in table.strategies {
        values.append(experiment.performance(table.tally(of: strategy, segment: segment))[metric])
      }
    }
    return values
  }

  /// The tallies of some strategies over one segment.
  func tallies(of strategies: [Int], segment: Int) throws -> [Int: Tally] {
    var found: [Int: Tally] = [:]
    try forEachPart { table in
      for strategy in strategies where table.strategies.contains(strategy) {
        found[strategy] = table.tally(of: strategy, segment: segment)
      }
    }
    return found
  }
}
