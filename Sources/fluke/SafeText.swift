import Artifacts

/// Text that may hold what files, arguments and servers say, as it may reach a terminal: one line, of bounded length,
/// that moves no cursor and changes no direction.
enum SafeText {
  /// Characters of a line at most: the longest sentence of ours, with names, is well below.
  static let longest = 1_000

  /// `text` with every control character replaced, cut to ``longest`` characters.
  static func line(_ text: String) -> String {
    let isPlain = text.utf8.count <= longest && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain { return text }
    // By scalars: one character may have any number of marks.
    let cut = text.unicodeScalars.prefix(longest)
    var line = String.UnicodeScalarView()
    for scalar in cut { line.append(scalar.isPlain ? scalar : "\u{FFFD}") }
    return String(line) + (cut.endIndex < text.unicodeScalars.endIndex ? "…" : "")
  }
}
