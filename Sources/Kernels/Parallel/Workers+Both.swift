import Dispatch
import Glibc
import Synchronization

extension Workers {
  /// How many threads the loops of either of two things may have that are done at once.
  ///
  /// All of them where the machine has no more processors: what one does not use helps the other. Else halves, so that
  /// together they keep to `threads`.
  public static func halves(of threads: Int) -> (first: Int, second: Int) {
    threads >= Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
      ? (threads, threads) : (threads - threads / 2, max(1, threads / 2))
  }

  /// Does two things that have nothing to do with each other, at the same time where there are two threads: the first on
  /// another thread as soon as one is free, the second on the calling one.
  ///
  /// Either may itself use workers (``halves(of:)`` says how many), and those of the one that takes longer are joined by
  /// the threads that the other leaves. The first is not waited for before it is begun: where no thread was free, it is
  /// done after the second.
  ///
  /// - Throws: what `second` throws; the first is not begun then, and where it was, has ended.
  public static func both<First: Sendable, Second>(
    threads: Int, _ first: @escaping @Sendable () -> First, _ second: () throws -> Second
  ) rethrows -> (First, Second) {
    guard threads > 1 else { return (first(), try second()) }
    let aside = Aside(first)
    // Not a loop over two items: loops within it would be kept to their share of threads, even when that of the other
    // item has become free.
    DispatchQueue.global().async { aside.makeUnlessTaken() }
    do {
      let found = try second()
      return (aside.value(), found)
    } catch {
      aside.abandon()
      throw error
    }
  }
}

/// Something that is made by whoever comes first: another thread, or the one that needs it.
private final class Aside<Made: Sendable>: Sendable {
  private let make: @Sendable () -> Made
  private let isTaken = Atomic(false)
  private let made = Mutex<Made?>(nil)
  private let isMade = DispatchSemaphore(value: 0)

  init(_ make: @escaping @Sendable () -> Made) {
    self.make = make
  }

  private func take() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

  func makeUnlessTaken() {
    guard take() else { return }
    let value = make()
    made.withLock { $0 = value }
    isMade.signal()
  }

  func value() -> Made {
    if take() { return make() }
    isMade.wait()
    guard let value = made.withLock({ $0 }) else { preconditionFailure("it is made before it is said to be") }
    return value
  }

  func abandon() {
    if !take() { isMade.wait() }
  }
}
