import Dispatch
import Synchronization

/// Work that waits, for a network say: more of it at once than there are processors.
enum ConcurrentWork {
  /// What the workers share.
  private final class Progress: Sendable {
    let next = Atomic(0)
    let failure = Mutex<(any Error)?>(nil)
  }

  /// Runs `body` once for each of `items`, begun in their order.
  ///
  /// - Throws: the first error of `body`; what is under way is finished, and nothing further is begun.
  static func forEach<Item: Sendable>(
    _ items: [Item], workers: Int, _ body: @escaping @Sendable (Item) throws -> Void
  ) throws {
    let progress = Progress()
    let group = DispatchGroup()
    for number in 0..<min(workers, items.count) {
      // A queue of one's own has a thread of one's own; those that share have one a processor.
      DispatchQueue(label: "concurrent work \(number)").async(group: group) {
        while progress.failure.withLock({ $0 == nil }) {
          let index = progress.next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < items.count else { return }
          do { try body(items[index]) } catch {
            progress.failure.withLock { $0 = $0 ?? error }
          }
        }
      }
    }
    group.wait()
    if let failure = progress.failure.withLock({ $0 }) { throw failure }
  }
}
