import Artifacts
import Dispatch
import FoundationEssentials
import Pipeline
import Stores

/// Where text goes, and what the machine's clocks say.
enum Console {
  /// Flagged by the signals that end this process. Made first of all: see `Fluke.main()`.
  static let interruption = Interruption.onSignals(clearsLine: Terminal.error.canRewrite)

  /// The arguments of this process, without its name.
  static var arguments: [String] { Array(CommandLine.arguments.dropFirst()) }

  /// The options that were typed.
  static var options: GivenOptions { GivenOptions(arguments) }

  /// The variables of this process.
  static var variables: [String: String] { ProcessInfo.processInfo.environment }

  /// Writes a result for a person: no wider than the terminal, and with the verdict in colour there.
  static func write(_ lines: [String], verdict: Verdict? = nil) throws {
    let shown = Terminal.output.shown(
      lines.map(SafeText.line), verdict: verdict.map { (SafeText.line($0.line), $0.outcome) })
    try StandardOutput.write(shown.map { $0 + "\n" }.joined())
  }

  /// Writes a document for a program as it is, the end of its last line included.
  static func write(document: [UInt8]) throws {
    try StandardOutput.write(document)
  }

  /// Writes a document without an end of its last line, and that.
  static func write(document: String) throws {
    try StandardOutput.write(document + "\n")
  }

  /// Writes a warning or an error, no wider than the terminal.
  static func note(_ text: String) {
    StandardError.write(Terminal.error.shown([SafeText.line(text)]).map { $0 + "\n" }.joined())
  }

  /// Writes `text` over the line of progress, where there is a terminal; nothing wipes it.
  static func progress(_ text: String) {
    guard let width = Terminal.error.width, Terminal.error.canRewrite else { return }
    StandardError.write("\r\(text.prefix(width - 1))\u{1B}[K")
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
