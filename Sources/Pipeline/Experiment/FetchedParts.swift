import Kernels

/// Parts of something too large for memory, which take a while to fetch.
enum FetchedParts {
  /// Calls `body` with each part in order. With more than one thread the next part is fetched while one is worked on, so
  /// that two are in memory.
  ///
  /// - Throws: what fetching and `body` throw.
  static func forEach<Part: Sendable>(
    _ fetches: [@Sendable () throws -> Part], threads: Int, _ body: (Part) throws -> Void
  ) throws {
    try Workers.inOrder(items: fetches.count, threads: threads, ahead: 2) {
    } make: { _, number in
      Result { try fetches[number]() }
    } take: {
      try body($0.get())
    }
  }
}
