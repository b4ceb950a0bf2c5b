/// A table of a text that holds more than one, such as monthly factors above yearly ones.
struct TableAmongOthers {
  /// The lines of the largest table, counted from 1.
  let lines: ClosedRange<Int>
  /// The first line outside of it that holds anything.
  let other: (line: Int, text: String)

  /// As many lines make a table that is worth cutting out.
  private static let leastLines = 10

  /// The largest table of `text`; `nil` unless blank lines part it from all else, and `fault` is a line of that.
  init?(_ text: [UInt8], fault: Int) {
    if text.contains(0) { return nil }
    let rows = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let separator = Array(",;\t".utf8).max { left, right in
      text.count { $0 == left } < text.count { $0 == right }
    }
    /// How many fields a line has; 0 if it is blank.
    let widths = rows.map { row in
      row.allSatisfy { $0 <= 0x20 && $0 != UInt8(ascii: "\t") } ? 0 : row.count { $0 == separator } + 1
    }
    var largest = 0..<0
    var start = 0
    for index in widths.indices {
      if widths[index] != widths[start] { start = index }
      if widths[start] > 1, index + 1 - start > largest.count { largest = start..<(index + 1) }
    }
    guard largest.count >= Self.leastLines, !largest.contains(fault - 1) else { return nil }
    let outside = widths.indices.filter { widths[$0] > 0 && !largest.contains($0) }
    let before = outside.last { $0 < largest.lowerBound }
    let after = outside.first { $0 >= largest.upperBound }
    guard let other = outside.first, before.map({ $0 < largest.lowerBound - 1 }) ?? true,
      // Behind a blank line the same table may go on.
      after.map({ $0 > largest.upperBound && widths[$0] != widths[largest.lowerBound] }) ?? true
    else { return nil }
    lines = (largest.lowerBound + 1)...largest.upperBound
    let found = after ?? other
    self.other = (
      found + 1, ImportText.brief(ImportText.trimmed(String(decoding: rows[found], as: UTF8.self)))
    )
  }
}

extension TableAmongOthers {
  /// The command that cuts the table out of the file of this name.
  func command(file: String) -> String {
    let cut = "sed -n '\(lines.lowerBound),\(lines.upperBound)p'"
    return file.hasSuffix(".gz")
      ? "gunzip --stdout '\(file)' | \(cut) > returns.csv" : "\(cut) '\(file)' > returns.csv"
  }
}

/// Chunks of a text that are kept as they pass, as long as they are few.
final class KeptText {
  /// Tables with other tables below are written for people and small.
  private static let mostBytes = 1 << 22

  private var bytes: [UInt8] = []
  private var isWhole = false
  private let refill: () throws -> [UInt8]

  init(_ refill: @escaping () throws -> [UInt8]) {
    self.refill = refill
  }

  /// The next chunk; empty at the end.
  func next() throws -> [UInt8] {
    let chunk = try refill()
    if chunk.isEmpty { isWhole = true }
    if bytes.count <= Self.mostBytes { bytes += chunk }
    return chunk
  }

  /// All of the text, of which the rest is read; `nil` if it is too long to keep.
  func whole() throws -> [UInt8]? {
    while !isWhole, bytes.count <= Self.mostBytes { _ = try next() }
    return isWhole && bytes.count <= Self.mostBytes ? bytes : nil
  }
}
