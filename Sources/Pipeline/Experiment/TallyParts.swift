import Backtesting
import Kernels

/// The tallies of all strategies of a sweep over every segment, in parts that follow each other: of many strategies they
/// are not in memory at once.
package struct TallyParts: Sendable {
  /// Some strategies that stand side by side, and how their tallies are had.
  struct Part: Sendable {
    let strategies: Range<Int>
    /// Makes the tallies, or fetches them, whenever it is called.
    let table: @Sendable () throws -> TallyTable
  }

  private let parts: [Part]

  /// - Parameter parts: in the order of their strategies, all of them.
  init(_ parts: [Part]) {
    self.parts = parts
  }

  /// All tallies in one part.
  package init(_ table: TallyTable) {
    self.init([Part(strategies: table.strategies) { table }])
  }

  /// Calls `body` with each part in order, and with more than one thread fetches the next one meanwhile.
  ///
  /// - Throws: what fetching and `body` throw.
  func forEachPart(threads: Int, _ body: (TallyTable) throws -> Void) throws {
    try FetchedParts.forEach(parts.map(\.table), threads: threads, body)
  }

  /// The tallies of some strategies over one segment.
  ///
  /// - Throws: what fetching the parts that hold any of them throws.
  func tallies(of strategies: [Int], segment: Int) throws -> [Int: Tally] {
    var found: [Int: Tally] = [:]
    for part in parts {
      let wanted = strategies.filter { part.strategies.contains($0) }
      guard !wanted.isEmpty else { continue }
      let table = try part.table()
      for strategy in wanted { found[strategy] = table.tally(of: strategy, segment: segment) }
    }
    return found
  }
}
