/// Puts a tab in place of each run of blanks outside of quotes, chunk by chunk. Blanks at both ends of a line are left out.
///
/// So is a second line of one word beneath a first one that begins with a blank: pandas writes the name of the index there.
/// An empty line before the first one stands for it, so that later lines keep their numbers.
struct BlankRuns {
  /// How many blanks separate cells at least; fewer are part of a cell.
  let least: Int
  /// Whether the sign of a comment that begins a line is left out.
  var dropsCommentSigns = false
  private var isQuoted = false
  private var blanks = 0
  private var isLineStart = true
  private var line = 0
  /// Whether the first line begins with a blank.
  private var isIndented = false
  /// Such a first line and what there is of the second, which may be the name of the index.
  private var held: [UInt8] = []

  init(least: Int = 1, dropsCommentSigns: Bool = false) {
    self.least = least
    self.dropsCommentSigns = dropsCommentSigns
  }

  /// What `refill` hands out next; empty at its end.
  mutating func next(_ refill: () throws -> [UInt8]) rethrows -> [UInt8] {
    while true {
      let chunk = try refill()
      if chunk.isEmpty { return rest() }
      let tabbed = tabbed(chunk)
      if !tabbed.isEmpty { return tabbed }
    }
  }

  /// What was held back, at the end of the text.
  mutating func rest() -> [UInt8] {
    defer { held = [] }
    return held
  }

  mutating func tabbed(_ chunk: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(chunk.count)
    for byte in chunk {
      switch byte {
      case UInt8(ascii: " ") where !isQuoted:
        if line == 0, isLineStart { isIndented = true }
        if !isLineStart { blanks += 1 }
      case UInt8(ascii: "#") where isLineStart && dropsCommentSigns: break
      case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted:
        // A line may end with two bytes, or be empty.
        let ends = !isLineStart
        (blanks, isLineStart) = (0, true)
        if ends, isHolding, line == 1 {
          bytes += Self.withoutName(held)
          held = []
          line = 2
        } else if ends {
          line += 1
        }
        append(byte, to: &bytes)
      default:
        if blanks >= least {
          append(UInt8(ascii: "\t"), to: &bytes)
        } else {
          for _ in 0..<blanks { append(UInt8(ascii: " "), to: &bytes) }
        }
        (blanks, isLineStart) = (0, false)
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        append(byte, to: &bytes)
      }
    }
    return bytes
  }

  private var isHolding: Bool { isIndented && line < 2 }

  private mutating func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    if isHolding { held.append(byte) } else { bytes.append(byte) }
  }

  /// Two lines, without the second one if that is a word alone, which is no number.
  private static func withoutName(_ lines: [UInt8]) -> [UInt8] {
    func ends(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    let first = lines.prefix { !ends($0) }
    let end = lines[first.endIndex...].prefix(while: ends)
    let second = lines[end.endIndex...]
    guard let sign = second.first, !second.contains(UInt8(ascii: "\t")), !second.contains(UInt8(ascii: " ")),
      !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(sign), !"+-.".utf8.contains(sign)
    else { return lines }
    return Array(end + first)
  }
}
