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

  /// Whether the text is a time of day: `04:00`, `040000`.
  static func isClock(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var clock = TimeText(bytes.span, from: 0, to: bytes.count)
    if let time = clock.timeOfDay(), clock.isAtEnd { return time >= 0 }
    return bytes.count == 6 && bytes.allSatisfy { (0x30...0x39).contains($0) }
      && (Int(text).map { $0 / 10_000 < 24 && $0 / 100 % 100 < 60 && $0 % 100 < 60 } ?? false)
  }
}
