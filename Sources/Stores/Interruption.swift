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
  /// The number of the signal that asked.
  public let signal: Int32

  /// What is left of the work.
  public let kept: Kept

  public init(signal: Int32 = SIGINT, kept: Kept = .finished) {
    self.signal = signal
    self.kept = kept
  }

  /// 128 and the number of the signal, as shells have it.
  public var exitStatus: Int32 { 128 + signal }

  public var description: String { "interrupted; \(kept.words)" }
}

/// What work that is interrupted leaves behind.
public enum Kept: Int, Sendable {
  /// Whole files, whatever they are.
  case finished
  /// The inputs of a run.
  case beginning
  /// Parts of a run, which it can go on from.
  case progress
  /// Some of the files that are copied.
  case copies

  /// The same in a constant, as a signal handler needs it.
  var words: StaticString {
    switch self {
    case .finished: "files that were finished before are kept"
    case .beginning:
      "bars and strategies are kept, results are not complete; a run begun with --resume can be continued"
    case .progress: "progress is kept; give the same command with --resume to continue"
    case .copies: "files that were copied are kept; give the same command again to continue"
    }
  }
}

/// Carries the wish to stop from a signal (or another thread) to the loops that can stop.
///
/// Long work calls ``check()`` between its steps and lets the error pass, so that files in the making are
/// removed on the way out. A signal does not wait for that where no file is in the making: see
/// ``onSignals(clearsLine:)``.
public final class Interruption: Sendable {
  /// The signal that asked to stop, or 0.
  private let request = Atomic<Int32>(0)
  /// Files in the making; far below zero once the process is ending, so that no file is begun any more.
  private let files = Atomic(0)
  /// What is left of the work, as a number.
  private let kept = Atomic(Kept.finished.rawValue)
  /// Whether a line of progress may have to be wiped.
  private let clearsLine = Atomic(false)
  private static let isEnding = Int.min / 2

  /// A token that nobody has flagged.
  public init() {}

  /// Whether it was asked to stop.
  public var isRequested: Bool { request.load(ordering: .relaxed) != 0 }

  /// Asks to stop.
  public func request(signal: Int32 = SIGINT) {
    request.store(signal, ordering: .sequentiallyConsistent)
  }

  /// - Throws: ``Interrupted`` if it was asked to stop.
  public func check() throws(Interrupted) {
    let signal = request.load(ordering: .sequentiallyConsistent)
    if signal != 0 { throw Interrupted(signal: signal, kept: whatIsKept) }
  }

  /// Notes what would be left if the work were interrupted from now on.
  public func keeps(_ what: Kept) {
    kept.store(what.rawValue, ordering: .sequentiallyConsistent)
  }

  private var whatIsKept: Kept { Kept(rawValue: kept.load(ordering: .sequentiallyConsistent)) ?? .finished }

  /// Runs `body`, which makes a file: a signal that comes meanwhile lets it remove its traces.
  ///
  /// - Throws: ``Interrupted`` if it was asked to stop, even where the file was finished; what `body` throws.
  func whileMakingFile<Result>(_ body: () throws -> Result) throws -> Result {
    begin()
    let result = Swift.Result { try body() }
    files.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    // A signal either found no file in the making, or its request is seen here.
    if case .success = result { try check() }
    return try result.get()
  }

  private func begin() {
    if files.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue < 0 {
      // A signal is ending the process on another thread; a file begun now would be left behind.
      while true { _ = pause() }
    }
  }

  /// The token of this process. Ctrl-C (SIGINT), SIGTERM and SIGHUP end the process from now on: at once with a line on
  /// standard error and status 128 + signal, or, where a file is in the making, through ``check()``, once its writer
  /// has removed it. Writing beyond a limit on file sizes fails instead of ending the process.
  ///
  /// - Parameter clearsLine: whether to wipe the terminal's current line first, for those who show progress there.
  public static func onSignals(clearsLine: Bool = false) -> Interruption {
    // Read here first: making a global is nothing for a signal handler to do.
    let token = signalled
    token.clearsLine.store(clearsLine, ordering: .relaxed)
    SystemSignal.ignore(SIGXFSZ)
    for number in [SIGINT, SIGTERM] { SystemSignal.handle(number, end) }
    // What was started to outlive its terminal (nohup) does.
    if !SystemSignal.isIgnored(SIGHUP) { SystemSignal.handle(SIGHUP, end) }
    return token
  }

  /// The handler: atomic operations, write(2) and _exit(2) only, all of which may interrupt anything.
  private static let end: @convention(c) (Int32) -> Void = { number in
    signalled.request(signal: number)
    let (isFree, _) = signalled.files.compareExchange(
      expected: 0, desired: isEnding, ordering: .sequentiallyConsistent)
    guard isFree else { return }
    if signalled.clearsLine.load(ordering: .relaxed) { StandardError.writeConstant("\r\u{1B}[K") }
    StandardError.writeConstant("fluke: interrupted; ")
    StandardError.writeConstant(signalled.whatIsKept.words)
    StandardError.writeConstant("\n")
    _exit(128 + number)
  }
}

/// A signal handler cannot capture, so its token is the one global of this module.
private let signalled = Interruption()
