import Dispatch
import Synchronization

extension Workers {
  /// Items that each thread makes while those before are taken: enough that neither side waits for long.
  private static let itemsAhead = 4

  /// Makes something of each item of 0 ..< `items` on at most `threads` threads, and takes it on the calling thread in the
  /// order of the items, while further ones are made; never more than a few items a thread are held.
  ///
  /// With one thread nothing is done at the same time.
  ///
  /// - Parameters:
  ///   - make: must not depend on which worker makes which item.
  ///   - take: if it throws, no further item is begun.
  public static func inOrder<State: ~Copyable, Made: Sendable>(
    items: Int, threads: Int, makeState: @escaping @Sendable () -> State,
    make: @escaping @Sendable (inout State, Int) -> Made, take: (Made) throws -> Void
  ) rethrows {
    let wave = threads * itemsAhead
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
      let following = Following<[Made?]>()
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) { following.made.withLock { $0 = made(from: first + wave) } }
      defer { group.wait() }
      for item in ready { if let item { try take(item) } }
      group.wait()
      ready = following.made.withLock { $0 } ?? []
    }
  }
}

/// What is made on another thread.
private final class Following<Made: Sendable>: Sendable {
  let made = Mutex<Made?>(nil)
}
