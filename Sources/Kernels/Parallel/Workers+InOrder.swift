import Dispatch
import Synchronization

extension Workers {
  /// Items a thread that may stand made before the first of them is taken: enough that nobody waits for long.
  static let itemsAhead = 8

  /// Makes something of each item of 0 ..< `items` on at most `threads` threads, and takes it on the calling thread in
  /// the order of the items, while others are made. The calling thread makes items itself where none is ready.
  ///
  /// Threads are set to work once and not item by item: waking one may take longer than many an item. A thread that is far
  /// ahead sleeps until something is taken, and is missing elsewhere meanwhile: so taking must not take long, nor have
  /// workers itself.
  ///
  /// - Parameters:
  ///   - make: must not depend on which worker makes which item.
  ///   - take: if it throws, no further item is begun.
  public static func inOrder<State: ~Copyable, Made: Sendable>(
    items: Int, threads: Int, makeState: @escaping @Sendable () -> State,
    make: @escaping @Sendable (inout State, Int) -> Made, take: (Made) throws -> Void
  ) rethrows {
    var state = makeState()
    let others = min(threads, items) - 1
    guard others > 0 else {
      for item in 0..<items { try take(make(&state, item)) }
      return
    }
    let line = ItemLine<Made>(items: items, ahead: threads * itemsAhead)
    _ = try both(threads: threads) {
      forEach(items: others, threads: others, makeState: makeState) { state, _ in
        while let item = line.begin(waiting: true) { line.put(make(&state, item), at: item) }
      }
    } _: {
      defer { line.end() }
      for item in 0..<items { try line.take(item, by: take) { make(&state, $0) } }
    }
  }
}

/// Items on their way from those that make them, in any order, to the one that takes them in theirs.
private final class ItemLine<Made: Sendable>: Sendable {
  private let items: Int
  /// Items that may have been begun and not been taken.
  private let ahead: Int
  private let next = Atomic(0)
  private let isEnded = Atomic(false)
  /// One for each item that may be begun.
  private let room = DispatchSemaphore(value: 0)
  /// One for each item that others have made, as far as nobody waited for it.
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

  /// Takes an item as soon as it is made, and makes others until then.
  func take(_ item: Int, by take: (Made) throws -> Void, make: (Int) -> Made) rethrows {
    while true {
      if let made = pick(at: item) {
        try take(made)
        break
      }
      if let own = begin(waiting: false) {
        let made = make(own)
        if own == item {
          try take(made)
          break
        }
        ready.withLock { $0[own % ahead] = made }
      } else {
        // It is being made by another.
        more.wait()
      }
    }
    room.signal()
  }

  private func pick(at item: Int) -> Made? {
    ready.withLock { ready in
      defer { ready[item % ahead] = nil }
      return ready[item % ahead]
    }
  }

  /// No further item is begun.
  func end() {
    isEnded.store(true, ordering: .releasing)
    room.signal()
  }
}
