import Artifacts

/// The rows above the first row of returns: names, in one row or in several, or none at all.
///
/// Several rows are the levels of a name, such as the parameters of a sweep: `fast,10,10,20` over `slow,50,100,50` makes
/// `10/50`, `10/100`, `20/50`. A last row with nothing but a word in its first cell names the column of times. Rows of
/// numbers alone name the first column too.
struct ReturnsHeader {
  /// The cells of each row, without spaces around them.
  private(set) var rows: [[String]] = []
  /// The line of the first row.
  private(set) var line = 0

  /// The most rows of names.
  static let mostRows = 8

  /// No names.
  init() {}

  /// A first row that has names; `nil` if the current record is a row of returns.
  init?(_ scanner: borrowing DelimitedScanner) {
    guard Self.isHeader(scanner) else { return nil }
    rows = [Self.cells(scanner)]
    line = scanner.line
  }

  /// A header whose rows have been read already.
  init(rows: [[String]], line: Int) {
    self.rows = rows
    self.line = line
  }

  var isEmpty: Bool { rows.isEmpty }

  mutating func append(_ row: [String]) { rows.append(row) }

  /// Makes room for a column that has no name, as R names none for the names of rows.
  mutating func insertFirst() {
    for row in rows.indices { rows[row].insert("", at: 0) }
  }

  /// Whether all cells are numbers.
  var isOfNumbers: Bool { !rows.isEmpty && rows.allSatisfy { $0.allSatisfy { Double($0) != nil } } }

  /// Whether the names are nothing but the numbers of the columns.
  var isCounting: Bool { rows.count == 1 && rows[0] == rows[0].indices.map(String.init) }

  /// The current record's cells without spaces, and without the sign of a comment that NumPy's `savetxt` puts before the
  /// first.
  static func cells(_ scanner: borrowing DelimitedScanner) -> [String] {
    scanner.fields.indices.map { field in
      var name = Substring(scanner.text(field))
      if field == 0 { name = name.drop { $0 == "#" || $0 == " " } }
      name = name.drop { $0 == " " || $0 == "\u{FEFF}" }
      while name.last == " " { name.removeLast() }
      return String(name)
    }
  }

  /// Whether the last row names nothing but the first column.
  private var endsWithFirstName: Bool {
    rows.count > 1 && rows[rows.count - 1].dropFirst().allSatisfy(\.isEmpty)
  }

  /// The name of a column that does not hold returns: of several rows, the first cells are the names of levels.
  func leadName(_ field: Int) -> String? {
    guard let last = rows.last else { return nil }
    if rows.count == 1 { return last[field] }
    if isOfNumbers { return names()?[field] }
    return endsWithFirstName && field == 0 ? last[0] : ""
  }

  /// The names of all columns, those of several rows joined; `nil` without a header.
  func names() -> [String]? {
    guard rows.count > 1 else { return rows.first }
    var levels = endsWithFirstName ? Array(rows.dropLast()) : rows
    // A spreadsheet names the first of several neighbours only.
    for level in levels.indices.dropLast() {
      for field in levels[level].indices.dropFirst(2) where levels[level][field].isEmpty {
        levels[level][field] = levels[level][field - 1]
      }
    }
    return levels[0].indices.map { field in
      levels.map { $0[field] }.filter { !$0.isEmpty }.joined(separator: "/")
    }
  }

  /// What messages call the column: its name in the file, or its number from 1.
  func column(_ field: Int) -> String {
    if let name = names()?[field], !name.isEmpty { return ImportText.brief(name) }
    if let name = leadName(field), !name.isEmpty { return ImportText.brief(name) }
    return "column \(field + 1)"
  }

  /// Whether the current record, which is not the first, has names too.
  func isContinued(by scanner: borrowing DelimitedScanner) -> Bool {
    guard rows.count < Self.mostRows, let last = rows.last, scanner.fields.count == last.count, last.count > 1
    else { return false }
    let first = scanner.text(0).drop { $0 == " " || $0 == "#" }
    if first.isEmpty || ReturnsHeader.isUndefined(scanner, 0) {
      // Without a name for the times, levels leave the first cell empty in every row.
      guard rows.allSatisfy({ $0[0].isEmpty }) else { return false }
      return scanner.fields.indices.dropFirst().allSatisfy { field in
        scanner.number(field).map { $0 == $0.rounded() && $0 >= 0 } ?? true
      } && scanner.fields.indices.dropFirst().contains { !ReturnsHeader.isUndefined(scanner, $0) }
        || scanner.fields.indices.allSatisfy { ReturnsHeader.isUndefined(scanner, $0) }
    }
    // A first cell that begins with a digit or a sign is a time or a number.
    return scanner.number(0) == nil && !LeadTimes.isTime(scanner, 0)
      && LeadColumns.month(scanner.text(0)) == nil
      && first.unicodeScalars.first.map { !("0"..."9").contains($0) && $0 != "-" && $0 != "+" } == true
  }

  private static func isHeader(_ scanner: borrowing DelimitedScanner) -> Bool {
    let first = LeadTimes.isTime(scanner, 0) ? 1 : 0
    for field in first..<scanner.fields.count {
      if scanner.number(field) == nil && !isUndefined(scanner, field) && !isMarked(scanner, field) {
        return true
      }
    }
    // Whole numbers, all different, are names, as returns would be 100 % each. One alone may be a return of 0.
    if first == 1 { return TransposedHeader(dates: [""] + cells(scanner), settings: TimeSettings()) != nil }
    let start = isUndefined(scanner, 0) ? 1 : 0
    var seen: Set<String> = []
    for field in start..<scanner.fields.count {
      let text = scanner.text(field)
      // Behind an empty cell, as above the numbers of rows, a name may have a sign.
      let digits = start == 1 && text.utf8.count > 1 && text.first == "-" ? text.dropFirst() : text[...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), seen.insert(text).inserted else {
        return false
      }
    }
    return !seen.contains("") && seen.count + start >= 2
  }

  /// Whether the cell is a number with a decimal comma or a sign of percent.
  private static func isMarked(_ scanner: borrowing DelimitedScanner, _ field: Int) -> Bool {
    var marks = ReturnCells()
    return marks.value(scanner, field) != nil
  }

  /// Whether the cell is empty or says that there is no number.
  static func isUndefined(_ scanner: borrowing DelimitedScanner, _ field: Int) -> Bool {
    let place = scanner.fields[field]
    return isUndefined(scanner.bytes.span, from: place.start, to: place.end)
  }

  /// Compares without a string, as a matrix may have millions of such cells.
  static func isUndefined(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    var start = start
    var end = end
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    guard end - start <= 8 else { return false }
    var word: UInt64 = 0
    for index in start..<end {
      let byte = bytes[index]
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      word = word << 8 | UInt64(isCapital ? byte | 0x20 : byte)
    }
    return word == 0 || undefinedWords.contains(word)
  }

  private static let undefinedWords = [
    "nan", "-nan", "na", "n/a", "#n/a", "#n/a n/a", "#na", "<na>", "nat", "null", "none", "missing", ".",
    "..", "-",
    "--", "\u{2013}", "\u{2014}", "\u{2212}",
  ]
  .map { word in word.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
}
