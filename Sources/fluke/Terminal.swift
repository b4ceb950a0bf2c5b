import Glibc
import Pipeline
import Stores

/// What one of the two outputs is shown on, and what may be written there besides plain text.
struct Terminal: Equatable, Sendable {
  /// Characters of a line; `nil` where nobody is looking, so that programs get every line whole.
  let width: Int?
  /// Whether bold and colours are welcome.
  let hasColours: Bool
  /// Whether a line can be wiped and written again.
  let canRewrite: Bool

  static let output = Terminal(descriptor: STDOUT_FILENO, variables: Console.variables)
  static let error = Terminal(descriptor: STDERR_FILENO, variables: Console.variables)

  init(descriptor: Int32, variables: [String: String]) {
    self.init(
      isTerminal: SystemTerminal.isTerminal(descriptor), columns: SystemTerminal.columns(descriptor),
      variables: variables)
  }

  /// - Parameter columns: what the system says; the variable `COLUMNS` overrides it, as everywhere.
  init(isTerminal: Bool, columns: Int?, variables: [String: String]) {
    let isDumb = ["", "dumb"].contains(variables["TERM"] ?? "")
    width =
      isTerminal
      ? variables["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? columns
        ?? TextLayout.usualWidth
      : nil
    canRewrite = isTerminal && !isDumb
    hasColours = canRewrite && (variables["NO_COLOR"] ?? "").isEmpty
  }

  /// `lines` as they are shown here, one of them with the colour of the verdict that it holds.
  func shown(_ lines: [String], verdict: (line: String, is: Verdict.Outcome)? = nil) -> [String] {
    lines.flatMap { line -> [String] in
      let broken = width.map { TextLayout(width: $0).lines(line) } ?? [line]
      guard hasColours, let verdict, line == verdict.line else { return broken }
      return broken.map { verdict.is.coloured($0) }
    }
  }
}

extension Verdict.Outcome {
  /// `text` in bold and in green, yellow or red, up to the spaces at its beginning.
  fileprivate func coloured(_ text: String) -> String {
    let colour =
      switch self {
      case .shown: 32
      case .undecided: 33
      case .notShown: 31
      }
    let indentation = text.prefix { $0 == " " }
    return "\(indentation)\u{1B}[1;\(colour)m\(text.dropFirst(indentation.count))\u{1B}[0m"
  }
}
