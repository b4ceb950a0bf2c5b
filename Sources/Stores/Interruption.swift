import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The user asked to stop; nothing is left half-written.
public struct Interrupted: Error, Equatable, Sendable, CustomStringConvertible {
  public init() {}

  public var description: String { "interrupted; what was finished before is kept" }
}

/// Carries the wish to stop from a signal (or another thread) to the loops that can stop.
///
/// Long work calls ``check()`` between its steps and lets the error pass, so that files in the making are
/// removed on the way out.
public final class Interruption: Sendable {
  private let isFlagged = Atomic(false)

  /// A token that nobody has flagged.
  public init() {}

  /// Whether it was asked to stop.
  public var isRequested: Bool { isFlagged.load(ordering: .relaxed) }

  /// Asks to stop. May be called from a signal handler.
  public func request() {
    isFlagged.store(true, ordering: .relaxed)
  }

  /// - Throws: ``Interrupted`` if it was asked to stop.
  public func check() throws(Interrupted) {
    if isRequested { throw Interrupted() }
  }

  /// The token that the first Ctrl-C (SIGINT) or SIGTERM from now on flags; the second one ends the process
  /// at once.
  public static func onSignals() -> Interruption {
    // Read here first: making a global is nothing for a signal handler to do.
    let token = signalled
    for number in [SIGINT, SIGTERM] {
      _ = signal(number) { number in
        signalled.request()
        _ = signal(number, SIG_DFL)
      }
    }
    return token
  }
}

/// A signal handler cannot capture, so its token is the one global of this module.
private let signalled = Interruption()
