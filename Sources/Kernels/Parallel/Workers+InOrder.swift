extension Workers {
  /// Items that each thread makes while those before are taken: enough that neither side waits for long.
  private static let itemsAhead = 4

  /// Makes something of each item of 0 ..< `items` on at most `threads` threads, and takes it on the calling thread, one
  /// more, in the order of the items, while further ones are made; never more than twice `atOnce` of them are held.
  ///
  /// With one thread nothing is done at the same time.
  ///
  /// - Parameters:
  ///   - atOnce: the items that are made before the first of them is taken; a few a thread unless said.
  ///   - make: must not depend on which worker makes which item.
  ///   - take: if it throws, no further item is begun.
  public static func inOrder<State: ~Copyable, Made: Sendable>(
    items: Int, threads: Int, atOnce: Int? = nil, makeState: @escaping @Sendable () -> State,
    make: @escaping @Sendable (inout State, Int) -> Made, take: (Made) throws -> Void
  ) rethrows {
    let wave = atOnce ?? threads * itemsAhead
    @Sendable func made(from first: Int) -> [Made?] {
      let count = max(0, min(wave, items - first))
      return DisjointSlots.fill(count: count, repeating: Made?.none) { slots in
        forEach(items: count, threads: threads, makeState: makeState) { state, item in
          slots.write(make(&state, first + item), at: item)
        }
      }
    }
    var ready = made(from: 0)
    for first in stride(from: 0, to: items, by: wave) {
      guard threads > 1, first + wave < items else {
        for item in ready { if let item { try take(item) } }
        ready = made(from: first + wave)
        continue
      }
      (ready, _) = try both(threads: threads) {
        made(from: first + wave)
      } _: {
        for item in ready { if let item { try take(item) } }
      }
    }
  }
}
