/// Lines of plain text set for a terminal of some width.
///
/// A line of a table is columns that are two spaces or more apart, of which the last is prose. Where a line is too wide,
/// its last column is broken between words, and what follows hangs below the column's beginning. A line without columns
/// goes on two places further in than it begins, or where it begins if that is the place of a column.
public struct TextLayout: Equatable, Sendable {
  /// The most characters of a line.
  public let width: Int

  /// Below this a line would hold a word or two.
  public static let leastWidth = 20
  /// What begins further in is a column whose name is empty.
  private static let leastColumn = 8
  /// What a terminal has that does not say.
  public static let usualWidth = 80

  /// - Parameter width: of the terminal; widths below ``leastWidth`` count as that.
  public init(width: Int) {
    self.width = max(width, Self.leastWidth)
  }

  /// `lines`, each as one line or more, none of which is wider than the terminal unless a single word is.
  public func lines(_ lines: [String]) -> [String] { lines.flatMap { self.lines($0) } }

  /// `line` as one line or more.
  ///
  /// - Parameter hanging: the column at which further lines begin; `nil` for that of the last column.
  public func lines(_ line: String, hanging: Int? = nil) -> [String] {
    guard line.count > width else { return [line] }
    let start = hanging ?? self.hanging(line)
    let indentation = String(repeating: " ", count: start)
    let indented = line.prefix { $0 == " " }.count
    // What stands to the left of the last column is not broken unless the column is too far to the right.
    let isColumn = start > indented && line.prefix(start).hasSuffix("  ")
    let whole = isColumn ? start : indented
    var finished: [String] = []
    var current = String(line.prefix(whole))
    var isEmpty = true
    for word in Self.words(line.dropFirst(whole)) {
      if !isEmpty && current.count + 1 + word.count > width {
        finished.append(current)
        current = indentation
        isEmpty = true
      }
      current += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return finished + [current]
  }

  /// Where the last column begins; at most three fifths of the way, so that there is room for words.
  private func hanging(_ line: String) -> Int {
    let most = width * 3 / 5
    var spaces = 0
    var start: Int?
    var isIndentation = true
    for (column, character) in line.enumerated().prefix(while: { $0.offset <= most }) {
      if character == " " {
        spaces += 1
      } else {
        if spaces >= 2 && !isIndentation { start = column }
        isIndentation = false
        spaces = 0
      }
    }
    let indented = line.prefix { $0 == " " }.count
    return start ?? (indented < Self.leastColumn ? indented + 2 : indented)
  }

  /// The words of `text`; a unit stays with its number.
  private static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ") {
      if units.contains(word.trimmingSuffix { ",;:.)".contains($0) }), let last = words.last,
        last.last?.isNumber == true
      {
        words[words.count - 1] = "\(last) \(word)"
      } else {
        words.append(String(word))
      }
    }
    return words
  }

  private static let units: Set<Substring> = ["%", "bp", "s", "min", "h"]
}

extension Substring {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return text
  }
}
