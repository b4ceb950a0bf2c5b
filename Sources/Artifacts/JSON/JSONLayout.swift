/// Lays out compact JSON for people: two spaces of indent, a member or element a line, `": "` after a key.
///
/// Foundation's own layout puts each number of an array on a line of its own, which makes a matrix of a
/// million numbers a file of a million lines. Here an array of plain values stays on one line, so a matrix
/// has a line a row. Working on the encoder's bytes needs no second representation of the values.
enum JSONLayout {
  /// The laid out text, with a line end at the end.
  ///
  /// - Precondition: `compact` is valid JSON without white space between its tokens.
  static func indented(_ compact: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(compact.count + compact.count / 4)
    var depth = 0
    /// The end of the array that is being written on one line.
    var plainEnd = 0
    var index = 0
    while index < compact.count {
      let byte = compact[index]
      switch byte {
      case Ascii.quote:
        let end = endOfString(in: compact, from: index)
        text += compact[index..<end]
        index = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        text.append(byte)
        if compact[index + 1] == byte + 2 {
          text.append(byte + 2)
          index += 1
        } else if let end = endOfPlainArray(in: compact, from: index) {
          plainEnd = end
        } else {
          depth += 1
          startLine(&text, depth: depth)
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if index >= plainEnd {
          depth -= 1
          startLine(&text, depth: depth)
        }
        text.append(byte)
      case Ascii.comma:
        text.append(byte)
        if index < plainEnd { text.append(Ascii.space) } else { startLine(&text, depth: depth) }
      case UInt8(ascii: ":"):
        text.append(byte)
        text.append(Ascii.space)
      default:
        text.append(byte)
      }
      index += 1
    }
    text.append(Ascii.lineFeed)
    return text
  }

  private static func startLine(_ text: inout [UInt8], depth: Int) {
    text.append(Ascii.lineFeed)
    for _ in 0..<2 * depth { text.append(Ascii.space) }
  }

  /// The index after the string that begins at `start`.
  private static func endOfString(in text: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while text[index] != Ascii.quote { index += text[index] == Ascii.backslash ? 2 : 1 }
    return index + 1
  }

  /// The index after the array that begins at `start` if it holds neither arrays nor objects.
  private static func endOfPlainArray(in text: [UInt8], from start: Int) -> Int? {
    guard text[start] == UInt8(ascii: "[") else { return nil }
    var index = start + 1
    while true {
      switch text[index] {
      case Ascii.quote:
        index = endOfString(in: text, from: index)
      case UInt8(ascii: "]"): return index + 1
      case UInt8(ascii: "["), UInt8(ascii: "{"): return nil
      default: index += 1
      }
    }
  }
}
