import Dispatch
import Synchronization

extension Workers {
  /// Items a thread that may stand made before the first of them is taken: enough that nobody waits for long.
  private static let itemsAhead = 8

  /// Makes something of each item of 0 ..< `items` on at most `threads` threads, and takes it on the calling thread in
  /// the order of the items, while others are made. The calling thread makes items itself where none is ready.
  ///
  /// Threads are set to work once and not item by item: waking one may take longer than many an item.
  ///
  /// - Parameters:
  ///   - ahead: the items that may be made or ready at a time, the one that is being taken included; a few a thread
  ///     unless said.
  ///   - make: must not depend on which worker makes which item.
  ///   - take: if it throws, no further item is begun.
  public static func inOrder<State: ~Copyable, Made: Sendable>(
    items: Int, threads: Int, ahead: Int? = nil, makeState: @escaping @Sendable () -> State,
    make: @escaping @Sendable (inout State, Int) -> Made, take: (Made) throws -> Void
  ) rethrows {
    let line = ItemLine<Made>(items: items, ahead: ahead ?? threads * itemsAhead)
    let others = min(threads, line.ahead, max(items, 1)) - 1
    _ = try both(threads: threads) {
      forEach(items: others, threads: max(others, 1), makeState: makeState) { state, _ in
        while let item = line.begin(waiting: true) { line.put(make(&state, item), at: item) }
      }
    } _: {
      defer { line.end() }
      var state = makeState()
      for item in 0..<items {
        var next = line.pick(at: item)
        while next == nil {
          if let own = line.begin(waiting: false) {
            line.put(make(&state, own), at: own)
          } else {
            // It is being made by another.
            line.waitForMore()
          }
          next = line.pick(at: item)
        }
        if let next { try take(next) }
        line.makeRoom()
      }
    }
  }
}

/// Items on their way from those that make them, in any order, to the one that takes them in theirs.
private final class ItemLine<Made: Sendable>: Sendable {
  let items: Int
  /// Items that may have been begun and not been taken.
  let ahead: Int
  private let next = Atomic(0)
  private let isEnded = Atomic(false)
  /// One for each item that may be begun.
  private let room = DispatchSemaphore(value: 0)
  /// One for each item that was put here, as far as nobody waited for it.
  private let more = DispatchSemaphore(value: 0)
  private let ready: Mutex<[Made?]>

  init(items: Int, ahead: Int) {
    precondition(ahead >= 1, "room for one item")
    self.items = items
    self.ahead = ahead
    ready = Mutex(Array(repeating: nil, count: ahead))
    for _ in 0..<ahead { room.signal() }
  }

  /// The next item to be made, once there is room for it; `nil` where there is none any more, or no room now.
  func begin(waiting: Bool) -> Int? {
    if waiting {
      room.wait()
    } else if room.wait(timeout: .now()) == .timedOut {
      return nil
    }
    if !isEnded.load(ordering: .acquiring) {
      let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if item < items { return item }
    }
    // Others that wait have to hear of it, too.
    room.signal()
    return nil
  }

  func put(_ made: Made, at item: Int) {
    ready.withLock { $0[item % ahead] = made }
    more.signal()
  }

  func pick(at item: Int) -> Made? {
    ready.withLock { ready in
      defer { ready[item % ahead] = nil }
      return ready[item % ahead]
    }
  }

  func waitForMore() { more.wait() }

  func makeRoom() { room.signal() }

  /// No further item is begun.
  func end() {
    isEnded.store(true, ordering: .releasing)
    room.signal()
  }
}
