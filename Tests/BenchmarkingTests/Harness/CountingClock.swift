import Synchronization

/// A clock that goes on by one second each time that somebody looks at it.
final class CountingClock: Sendable {
  private let looks = Atomic(0)

  @Sendable func seconds() -> Double {
    Double(looks.wrappingAdd(1, ordering: .relaxed).newValue)
  }
}
