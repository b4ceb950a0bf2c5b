import Artifacts
import Dispatch
import FoundationEssentials
import Glibc
import Pipeline
import Stores

/// Where text goes, and what the machine's clocks say.
enum Console {
  /// Whether a person may be looking at standard error.
  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Flagged by the signals that end this process. Made first of all: see `Fluke.main()`.
  static let interruption = Interruption.onSignals(clearsLine: isErrorTerminal)

  /// The variables of this process.
  static var variables: [String: String] { ProcessInfo.processInfo.environment }

  /// Writes a result.
  static func write(_ lines: [String]) throws {
    try StandardOutput.write(lines.map { $0 + "\n" }.joined())
  }

  /// Writes a warning, a progress or an error.
  static func note(_ text: String, terminator: String = "\n") {
    StandardError.write(text + terminator)
  }

  /// Seconds on a clock that only goes forward.
  @Sendable static func seconds() -> Double {
    Double(DispatchTime.now().uptimeNanoseconds) / 1e9
  }

  /// The time of day in UTC.
  @Sendable static func timeOfDay() -> String {
    CivilTime.iso8601(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
  }
}
