import Artifacts

/// What the first row of a table of returns says: the names, or that there are none.
struct ReturnsHeader {
  /// The columns' names; `nil` if the row is one of returns.
  let names: [String]?

  /// No names.
  init() { names = nil }

  /// What the current record says.
  init(_ scanner: borrowing DelimitedScanner) {
    names =
      Self.isHeader(scanner) ? scanner.fields.indices.map { Self.name(scanner.text($0), field: $0) } : nil
  }

  /// What messages call the column: its name in the file, or its number from 1.
  func column(_ field: Int) -> String {
    if let names, !names[field].isEmpty { return ImportText.brief(names[field]) }
    return "column \(field + 1)"
  }

  /// Whether the first column holds times, as its name says or the current record shows.
  func hasTimes(_ scanner: borrowing DelimitedScanner) -> Bool {
    names.map { $0[0].isEmpty || MarketColumns.isTimeName($0[0]) } == true || Self.isTime(scanner)
  }

  private static func isHeader(_ scanner: borrowing DelimitedScanner) -> Bool {
    let first = isTime(scanner) ? 1 : 0
    for field in first..<scanner.fields.count {
      if scanner.number(field) == nil && !isUndefined(scanner, field) { return true }
    }
    // Whole numbers, all different, are names, as returns would be 100 % each. One alone may be a return of 0.
    if first == 1 { return false }
    let start = isUndefined(scanner, 0) ? 1 : 0
    var seen: Set<String> = []
    for field in start..<scanner.fields.count {
      let text = scanner.text(field)
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), seen.insert(text).inserted else {
        return false
      }
    }
    return !seen.contains("") && seen.count + start >= 2
  }

  /// Without spaces around it and, in the first column, without the sign of a comment that NumPy's `savetxt` puts there.
  private static func name(_ text: String, field: Int) -> String {
    var name = Substring(text)
    if field == 0 { name = name.drop { $0 == "#" || $0 == " " } }
    name = name.drop { $0 == " " }
    while name.last == " " { name.removeLast() }
    return String(name)
  }

  /// Whether the first cell can only be a time: no return is a date or 10⁸ and more.
  private static func isTime(_ scanner: borrowing DelimitedScanner) -> Bool {
    let place = scanner.fields[0]
    guard let moment = Timestamp(scanner.bytes.span, from: place.start, to: place.end) else { return false }
    return moment.format != .seconds || moment.microseconds >= 100_000_000_000_000
  }

  /// Whether the cell is empty or says that there is no number.
  static func isUndefined(_ scanner: borrowing DelimitedScanner, _ field: Int) -> Bool {
    let place = scanner.fields[field]
    return isUndefined(scanner.bytes.span, from: place.start, to: place.end)
  }

  /// Compares without a string, as a matrix may have millions of such cells.
  private static func isUndefined(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    var start = start
    var end = end
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    guard end - start <= 4 else { return false }
    var word: UInt32 = 0
    for index in start..<end {
      let byte = bytes[index]
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      word = word << 8 | UInt32(isCapital ? byte | 0x20 : byte)
    }
    return word == 0 || undefinedWords.contains(word)
  }

  private static let undefinedWords = ["nan", "-nan", "na", "n/a", "null", "none"].map { word in
    word.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  }
}
