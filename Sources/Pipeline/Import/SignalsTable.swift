import Artifacts
import Kernels

/// The signals of one delimited file while it is read.
struct SignalsTable {
  private let file: String
  private let settings: TimeSettings
  private let layout: SignalsLayout
  /// The first records, from which the layout was told.
  private let head: [SignalsLayout.Record]
  private let width: Int
  private var rows: SignalRows
  private var labels: [String] = []
  private var lines: [Int] = []
  /// The signals of the current row.
  private var signals: [Int8]
  private var count = 0

  init(file: String, _ scanner: inout DelimitedScanner, settings: TimeSettings) throws {
    self.file = file
    self.settings = settings
    var head: [SignalsLayout.Record] = []
    while head.count < SignalsLayout.headLength, try Self.next(&scanner) {
      head.append(SignalsLayout.Record(scanner))
    }
    guard let first = head.first else { throw ImportError.empty(file) }
    width = first.cells.count
    if width == 1, ImportText.isSpaced(first.cells[0]) { throw SignalsFault.spaces(line: first.line) }
    for record in head { try Self.check(record.cells.count, first: first, line: record.line) }
    layout = SignalsLayout(head)
    self.head = head
    if layout.lead == width { throw SignalsFault.noSignals(line: first.line) }
    signals = Array(repeating: 0, count: width - layout.lead)
    rows = SignalRows(width: width - layout.lead)
  }

  mutating func read(_ scanner: inout DelimitedScanner) throws -> ImportedSignals {
    for record in head.dropFirst(layout.hasHeader ? 1 : 0) {
      try begin(label: record.cells[..<layout.lead], line: record.line)
      for index in signals.indices {
        signals[index] = SignalText.signal(record.cells[layout.lead + index])
      }
      try end { record.cells[$0] }
    }
    while try Self.next(&scanner) { try append(scanner) }
    if rows.count == 0 { throw ImportError.headerOnly(file) }
    let columnNames = Array(layout.names.dropFirst(layout.lead))
    return ImportedSignals(
      file: file, rows: rows,
      rowLabels: try SignalLabels(
        labels, isTime: layout.rowsAreTimes, name: layout.leadName, lines: lines, settings: settings),
      columnLabels: try SignalLabels(
        columnNames, isTime: false, name: "the header", lines: [], settings: settings),
      sortsNames: false, lines: lines)
  }

  private mutating func append(_ scanner: borrowing DelimitedScanner) throws {
    let fields = scanner.fields.count
    if fields != width { try Self.check(fields, first: head[0], line: scanner.line) }
    try begin(label: (0..<layout.lead).map { ImportText.trimmed(scanner.text($0)) }, line: scanner.line)
    let bytes = scanner.bytes.span
    let places = scanner.fields.span
    let lead = layout.lead
    var values = signals.mutableSpan
    for index in 0..<values.count {
      let place = places[lead + index]
      values[index] = SignalText.signal(bytes, from: place.start, to: place.end)
    }
    try end { scanner.text($0) }
  }

  private mutating func begin(label: some Collection<String>, line: Int) throws {
    if let first = label.first { labels.append(label.count == 1 ? first : label.joined(separator: " ")) }
    lines.append(line)
    count += signals.count
    try SignalsReader.check(count: count, file: file)
  }

  private mutating func end(_ text: (Int) -> String) throws {
    if signals.contains(SignalText.none), let index = signals.firstIndex(of: SignalText.none) {
      let field = layout.lead + index
      let name = layout.hasHeader ? ImportText.brief(layout.names[field]) : ""
      throw SignalsFault.badSignal(
        line: lines[lines.count - 1], column: name.isEmpty ? "column \(field + 1)" : name,
        found: ImportText.brief(text(field)))
    }
    rows.append(signals)
  }

  private static func check(
    _ found: Int, first: SignalsLayout.Record, line: Int
  ) throws(SignalsFault) {
    guard found == first.cells.count else {
      throw .rowLength(line: line, found: found, first: first.line, needed: first.cells.count)
    }
  }

  /// Moves to the next line that is not blank.
  private static func next(_ scanner: inout DelimitedScanner) throws -> Bool {
    while try scanner.next() {
      if !scanner.isBlank { return true }
    }
    return false
  }
}
