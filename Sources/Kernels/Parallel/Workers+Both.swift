import Dispatch
import Synchronization

extension Workers {
  /// Does two things that have nothing to do with each other, at the same time where there are two threads.
  ///
  /// For work that no loop cuts to pieces, such as a call of LAPACK; what it stands beside may itself use workers.
  public static func both<First: Sendable, Second: Sendable>(
    threads: Int, _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    guard threads > 1 else { return (first(), second()) }
    let found = Mutex<(First?, Second?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        let value = first()
        found.withLock { $0.0 = value }
      } else {
        let value = second()
        found.withLock { $0.1 = value }
      }
    }
    guard case (let first?, let second?) = found.withLock({ $0 }) else {
      preconditionFailure("both parts have ended")
    }
    return (first, second)
  }
}
