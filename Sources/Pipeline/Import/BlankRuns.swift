/// Puts a tab in place of each run of blanks outside of quotes, chunk by chunk. Blanks at both ends of a line are left out.
struct BlankRuns {
  /// How many blanks separate cells at least; fewer are part of a cell.
  let least: Int
  /// Whether the sign of a comment that begins a line is left out.
  var dropsCommentSigns = false
  private var isQuoted = false
  private var blanks = 0
  private var isLineStart = true

  init(least: Int = 1, dropsCommentSigns: Bool = false) {
    self.least = least
    self.dropsCommentSigns = dropsCommentSigns
  }

  /// What `refill` hands out next; empty at its end.
  mutating func next(_ refill: () throws -> [UInt8]) rethrows -> [UInt8] {
    while true {
      let chunk = try refill()
      if chunk.isEmpty { return chunk }
      let tabbed = tabbed(chunk)
      if !tabbed.isEmpty { return tabbed }
    }
  }

  mutating func tabbed(_ chunk: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(chunk.count)
    for byte in chunk {
      switch byte {
      case UInt8(ascii: " ") where !isQuoted:
        if !isLineStart { blanks += 1 }
      case UInt8(ascii: "#") where isLineStart && dropsCommentSigns: break
      case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted:
        (blanks, isLineStart) = (0, true)
        bytes.append(byte)
      default:
        if blanks >= least {
          bytes.append(UInt8(ascii: "\t"))
        } else {
          for _ in 0..<blanks { bytes.append(UInt8(ascii: " ")) }
        }
        (blanks, isLineStart) = (0, false)
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        bytes.append(byte)
      }
    }
    return bytes
  }
}
