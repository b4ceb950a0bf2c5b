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
    var part = fetches.first.map { fetch in Result { try fetch() } }
    for following in fetches.dropFirst() {
      guard let now = part else { return }
      part = nil
      if threads > 1 {
        (part, _) = try Workers.both(threads: threads) {
          Result { try following() }
        } _: {
          try body(now.get())
        }
      } else {
        try body(now.get())
        part = Result { try following() }
      }
    }
    if let part { try body(part.get()) }
  }
}
