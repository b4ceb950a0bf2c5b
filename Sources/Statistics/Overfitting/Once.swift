import Synchronization

/// A value that is made when it is first asked for, and kept.
///
/// It follows from what stands beside it, so that it makes no difference between two things that are equal in that.
final class Once<Value: Sendable>: Equatable, Sendable {
  private let made = Mutex<Value?>(nil)

  /// The value, which `make` makes where it is not there.
  func value(_ make: () -> Value) -> Value {
    made.withLock { made in
      if let made { return made }
      let value = make()
      made = value
      return value
    }
  }

  static func == (one: Once, other: Once) -> Bool { true }
}
