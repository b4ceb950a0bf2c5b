import Dispatch
import Synchronization

/// Parallelism is ours alone: items, such as blocks of strategies, handed to workers in order as they come free.
public enum Workers {
  /// Runs `body(state, item)` once for each item of 0 ..< `items`, on at most `threads` threads.
  ///
  /// Every worker makes its own state with `makeState` and keeps it for all of its items. Results must not
  /// depend on which worker takes which item.
  ///
  /// - Parameter isCancelled: asked before each item; once it says so, no further item is begun.
  public static func forEach<State: ~Copyable>(
    items: Int, threads: Int, isCancelled: @Sendable () -> Bool = { false },
    makeState: @Sendable () -> State, body: @Sendable (inout State, Int) -> Void
  ) {
    precondition(threads >= 1, "at least one thread")
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, max(items, 1))) { _ in
      var state = makeState()
      while !isCancelled() {
        let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if item >= items { break }
        body(&state, item)
      }
    }
  }
}
