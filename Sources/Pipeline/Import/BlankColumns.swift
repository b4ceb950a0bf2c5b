import Artifacts

/// Text whose columns are apart by runs of blanks, as NumPy's `savetxt` and R's `write.table` leave it unless told
/// otherwise: handed on with a tab for each run. Other text is handed on as it is.
///
/// The first two lines with anything in them tell: no comma, semicolon or tab outside of quotes, but for decimal commas;
/// two cells at least, and as many in the second line as in the first, or one more, as R gives the rows names and the
/// column of them none; the second line ends with a number.
struct BlankColumns {
  /// How much is looked at for the end of the second line.
  private static let mostLooked = 1 << 20

  /// What separates the cells that are handed on; `nil` if that is for the text to tell.
  let separator: UInt8?
  private var chunks: HeadedChunks
  private var head: [UInt8]?
  // The sign of a comment may stand before names.
  private var runs = BlankRuns(dropsCommentSigns: true)

  init(_ chunks: HeadedChunks) throws {
    var chunks = chunks
    var head = try chunks.next()
    while head.count < Self.mostLooked, !Self.hasThreeLines(head), case let chunk = try chunks.next(),
      !chunk.isEmpty
    {
      head += chunk
    }
    self.chunks = chunks
    self.head = head
    separator = Self.isSpaced(head.prefix(Self.mostLooked)) ? UInt8(ascii: "\t") : nil
  }

  /// The next chunk; empty at the end.
  mutating func next() throws -> [UInt8] {
    func refill() throws -> [UInt8] {
      defer { head = nil }
      return try head ?? chunks.next()
    }
    if separator == nil { return try refill() }
    var runs = runs
    defer { self.runs = runs }
    return try runs.next(refill)
  }

  private static func lines(_ text: some Sequence<UInt8>) -> [[UInt8]] {
    text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }).map(Array.init)
      .filter { $0.contains { $0 != UInt8(ascii: " ") } }
  }

  private static func hasThreeLines(_ head: [UInt8]) -> Bool {
    guard let end = head.lastIndex(of: UInt8(ascii: "\n")) else { return false }
    return lines(head[..<end]).count >= 3
  }

  private static func isSpaced(_ head: ArraySlice<UInt8>) -> Bool {
    var rows = lines(head).prefix(3).map(cells)
    // The name of an index stands alone.
    if rows.count == 3, rows[1]?.count == 1, head.first == UInt8(ascii: " ") { rows.remove(at: 1) }
    rows = Array(rows.prefix(2))
    guard let first = rows.first ?? nil, let last = rows.last ?? nil, last.count >= 2,
      last.count == first.count || last.count == first.count + 1
    else { return false }
    let end = Array(last[last.count - 1].utf8)
    return Double(last[last.count - 1].split(separator: ",").joined(separator: ".")) != nil
      || ReturnsHeader.isUndefined(end.span, from: 0, to: end.count)
  }

  /// The cells between blanks; `nil` if something else separates.
  private static func cells(_ line: [UInt8]) -> [String]? {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    func isDigit(_ place: Int) -> Bool {
      line.indices.contains(place) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(line[place])
    }
    for (place, byte) in line.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      switch byte {
      case UInt8(ascii: " ") where !isQuoted:
        if !cell.isEmpty { cells.append(String(decoding: cell, as: UTF8.self)) }
        cell = []
      case UInt8(ascii: ";") where !isQuoted, UInt8(ascii: "\t") where !isQuoted, 0: return nil
      case UInt8(ascii: ",") where !isQuoted && !(isDigit(place - 1) && isDigit(place + 1)): return nil
      case UInt8(ascii: ",") where !isQuoted && cell.contains(byte): return nil
      case UInt8(ascii: "#") where cells.isEmpty && cell.isEmpty: break
      default: cell.append(byte)
      }
    }
    return cell.isEmpty ? cells : cells + [String(decoding: cell, as: UTF8.self)]
  }
}
