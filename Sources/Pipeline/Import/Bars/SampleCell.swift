import Artifacts

/// What a cell of the first rows may be.
enum SampleCell {
  /// Whether the text is a time, and no number that may be anything.
  static func isTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return TimeCell(bytes.span, from: 0, to: bytes.count)?.isSure ?? false
  }

  /// Whether the text may be a time, a number among them.
  static func isTimeOrNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return TimeCell(bytes.span, from: 0, to: bytes.count) != nil
  }

  /// Whether the text is a day without a time of day.
  static func isDay(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let cell = TimeCell(bytes.span, from: 0, to: bytes.count) else { return false }
    return cell.isSure && cell.clock == nil && cell.style != .epoch
  }

  /// Whether the text may be a time of day as a number, such as 9, 930 or 93000.
  static func isClockNumber(_ text: String) -> Bool {
    guard text.utf8.count <= 6, let number = Int(text), number >= 0 else { return false }
    return number < 24 || number / 100 < 24 && number % 100 < 60
      || number / 10_000 < 24 && number / 100 % 100 < 60 && number % 100 < 60
  }

  /// Whether the text says that there is no price: nothing, a dash, a point or a word.
  static func isMissing(_ text: String) -> Bool {
    missing.contains(text.lowercased().filter { $0 != " " })
  }

  private static let missing: Set<String> = [
    "", "-", "--", "—", "–", "n/a", "n.a.", "na", "nan", "nd", "null", "none", "nil", "#n/a", ".", "..",
  ]

  /// Whether the text is a time of day: `04:00`, `040000`.
  static func isClock(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var clock = TimeText(bytes.span, from: 0, to: bytes.count)
    if let time = clock.timeOfDay(), clock.isAtEnd { return time >= 0 }
    return bytes.count == 6 && bytes.allSatisfy { (0x30...0x39).contains($0) }
      && (Int(text).map { $0 / 10_000 < 24 && $0 / 100 % 100 < 60 && $0 % 100 < 60 } ?? false)
  }
}
