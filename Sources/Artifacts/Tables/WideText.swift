/// Turns UTF-16, which spreadsheets export, into UTF-8 piece by piece.
public struct WideText: Sendable {
  private let isLittleEndian: Bool
  /// The bytes of a character that a chunk has cut.
  private var cut: [UInt8] = []

  /// The decoder for a text that begins with the byte order mark of UTF-16; `nil` for any other text, and for UTF-32.
  public init?(head: some Collection<UInt8>) {
    if head.starts(with: [0xFF, 0xFE]) && !head.starts(with: [0xFF, 0xFE, 0, 0]) {
      isLittleEndian = true
    } else if head.starts(with: [0xFE, 0xFF]) {
      isLittleEndian = false
    } else {
      return nil
    }
  }

  /// The next bytes in UTF-8, the byte order mark among them; what is no character becomes U+FFFD.
  ///
  /// - Parameter isLast: whether no more follow, so that a character that is cut stays so.
  public mutating func decode(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    let all = cut + bytes
    var units: [UInt16] = []
    units.reserveCapacity(all.count / 2 + 1)
    for index in stride(from: 0, to: all.count - 1, by: 2) {
      let (first, second) = (UInt16(all[index]), UInt16(all[index + 1]))
      units.append(isLittleEndian ? first | second << 8 : first << 8 | second)
    }
    cut = Array(all[(2 * units.count)...])
    if isLast {
      if !cut.isEmpty { units.append(0xFFFD) }
      cut = []
    } else if let last = units.last, last & 0xFC00 == 0xD800 {
      units.removeLast()
      cut = Array(all[(2 * units.count)...])
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// All of a text in UTF-8 without a byte order mark, whichever of UTF-8 and UTF-16 it has.
  public static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if var wide = WideText(head: bytes) { bytes = wide.decode(bytes, isLast: true) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return bytes
  }
}
