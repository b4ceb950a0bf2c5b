import Artifacts
import Kernels

/// The signals of one JSON document while it is read.
struct SignalsDocument {
  private let file: String
  private let settings: TimeSettings
  private var cursor: JSONCursor
  private var rows: SignalRows?
  private var rowNames: [String] = []
  /// What the columns are called: the members of the first row that is an object, or `columns` of `split`.
  private var columnNames: [String] = []
  /// The bytes of these names, empty for those that JSON writes otherwise.
  private var columnKeys: [[UInt8]] = []
  /// Whether an object of a list has a label beside its signals, and its name.
  private var labelName: String?
  private var signals: [Int8] = []
  private var count = 0

  init(_ cursor: JSONCursor, file: String, settings: TimeSettings) {
    self.settings = settings
    self.cursor = cursor
    self.file = file
  }

  mutating func read() throws -> ImportedSignals {
    let read = try cursor.kind() == .object ? readObject() : readList()
    try cursor.end()
    return read
  }

  // MARK: An object

  private mutating func readObject() throws -> ImportedSignals {
    var isNested: Bool?
    /// Arrays that `split` may have meant, as they are spelled.
    var listed: [(key: String, texts: [String])] = []
    var isSplit = false
    try forEachMember { document, key in
      let kind = try document.cursor.kind()
      guard kind == .array || kind == .object else {
        throw document.shape("at \"\(ImportText.brief(key))\"", kind.rawValue, "an array of signals")
      }
      guard isNested ?? (kind == .object) == (kind == .object) else {
        throw document.shape("at \"\(ImportText.brief(key))\"", kind.rawValue, "the same as before it")
      }
      isNested = kind == .object
      if kind == .object {
        try document.readRow(of: key)
      } else if ["columns", "index", "name"].contains(key) {
        listed.append((key, try document.texts()))
      } else if key == "data", try document.readData() {
        isSplit = true
      } else if key != "data" {
        try document.readArray(key)
      }
    }
    if isSplit { return try split(listed) }
    for (key, texts) in listed {
      signals = try texts.enumerated().map { index, text in
        let signal = SignalText.signal(text)
        guard signal != SignalText.none else { throw bad(key, index, text) }
        return signal
      }
      try append(key)
    }
    return try result(
      rows: isNested == true ? try labels(rowNames) : .names(rowNames),
      columns: try labels(columnNames), sortsNames: true, format: isNested == true ? nil : .strategies)
  }

  /// Reads `data` of `split`, rows in an array; false if it is a strategy of that name.
  private mutating func readData() throws -> Bool {
    var isRows = false
    var values: [Int8] = []
    try forEachElement { document, index in
      if try document.cursor.kind() == .array {
        isRows = true
        try document.readSignals("data[\(index)]")
        try document.append("\(index)")
      } else {
        values.append(try document.signal("data", index))
      }
    }
    if isRows { return true }
    signals = values
    try append("data")
    return false
  }

  private mutating func split(_ listed: [(key: String, texts: [String])]) throws -> ImportedSignals {
    let columns = listed.first { $0.key == "columns" }?.texts ?? []
    let index = listed.first { $0.key == "index" }?.texts ?? []
    guard columns.isEmpty || columns.count == rows?.width, index.isEmpty || index.count == rows?.count else {
      throw shape(
        "at \"data\"", "\(rows?.count ?? 0) rows of \(rows?.width ?? 0) signals",
        "\(index.count) rows of \(columns.count), as index and columns say")
    }
    return try result(
      rows: try labels(index), columns: try labels(columns), sortsNames: false, format: nil)
  }

  // MARK: A list

  private mutating func readList() throws -> ImportedSignals {
    var hasNames = false
    var labels: [String] = []
    try forEachElement { document, index in
      switch try document.cursor.kind() {
      case .array:
        try document.readSignals("[\(index)]")
        try document.append("\(index)")
      case .object:
        if try document.readEntry(index, into: &labels) { hasNames = true }
      case let kind:
        throw document.shape("at [\(index)]", kind.rawValue, "an object with id and signals")
      }
    }
    if hasNames {
      return try result(rows: .names(rowNames), columns: .none, sortsNames: false, format: .strategies)
    }
    // Records are bars, whose members are strategies.
    let isRecords = !columnNames.isEmpty
    return try result(
      rows: try self.labels(labels), columns: isRecords ? .names(columnNames) : .none,
      sortsNames: isRecords, format: isRecords ? .bars : nil)
  }

  /// Reads an object of a list: true for one with `id` and `signals`, false for a bar of `records`.
  private mutating func readEntry(_ index: Int, into labels: inout [String]) throws -> Bool {
    let place = "at [\(index)]"
    var id: String?
    var hasSignals = false
    var record: [Int8] = []
    var names: [String] = []
    // Beside an id anything may be said that is no signal.
    var fault: ImportError?
    let isFirst = index == 0
    try forEachMember { document, key in
      let kind = try document.cursor.kind()
      switch key {
      case "id" where kind == .string || kind == .number || kind == .null:
        if id != nil { throw ImportError.repeatedName(document.file, kind: "member", name: "id") }
        id = try document.identifier(place)
      case "signals" where kind == .array:
        if hasSignals { throw ImportError.repeatedName(document.file, kind: "member", name: "signals") }
        hasSignals = true
        try document.readSignals(id ?? "[\(index)].signals")
      case _ where kind == .array || kind == .object: try document.cursor.skipValue()
      case _ where FieldName.isTime(key) || key == "index" || kind == .string:
        // Only one label is looked at; other text beside an id is a note.
        let text = try document.text()
        if document.labelName == nil, isFirst { document.labelName = key }
        if document.labelName == key { labels.append(text) }
      default:
        do {
          record.append(try document.signal("[\(index)].\(key)", nil))
        } catch let error as ImportError {
          fault = fault ?? error
          record.append(SignalText.none)
          if kind == .null { try document.cursor.skipValue() }
        }
        names.append(key)
      }
    }
    if id == nil && !hasSignals && (isFirst || !columnNames.isEmpty) && !names.isEmpty {
      if let fault { throw fault }
      if isFirst { columnNames = names }
      try check(names, place)
      signals = record
      try append("\(index)")
      return false
    }
    guard let id, hasSignals else {
      throw shape(place, "no \(id == nil ? "id" : "signals")", "an object with id and signals")
    }
    try append(id)
    return true
  }

  private mutating func identifier(_ place: String) throws -> String {
    guard try cursor.kind() != .null else {
      throw shape(place, "null as id", "a string or a number")
    }
    return try text()
  }

  // MARK: Rows

  /// Reads an object of label → signal, the row `name`.
  private mutating func readRow(of name: String) throws {
    signals.removeAll(keepingCapacity: true)
    if rows == nil {
      try forEachMember { document, key in
        document.columnNames.append(key)
        document.signals.append(try document.signal(name, document.columnNames.count - 1))
      }
      columnKeys = columnNames.map { key in
        key.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") } ? [] : Array(key.utf8)
      }
    } else {
      try readFurtherRow(of: name)
    }
    try append(name)
  }

  /// Reads a row whose labels are those of the first.
  private mutating func readFurtherRow(of name: String) throws {
    let place = "at \"\(ImportText.brief(name))\""
    try cursor.begin(.object)
    var index = 0
    while true {
      while index > 0, index < columnKeys.count, let digit = cursor.digit(ofNext: columnKeys[index]) {
        if digit > 1 { throw bad(name, index, "\(digit)") }
        signals.append(digit)
        index += 1
      }
      guard let key = try cursor.nextKey(isFirst: index == 0) else { break }
      if index == columnNames.count || columnNames[index] != key {
        throw other(place, found: key, column: index)
      }
      signals.append(try signal(name, index))
      index += 1
    }
    if index < columnNames.count { throw other(place, found: nil, column: index) }
  }

  private mutating func readArray(_ name: String) throws {
    try readSignals(name)
    try append(name)
  }

  /// Reads an array of signals.
  private mutating func readSignals(_ name: String) throws {
    let kind = try cursor.kind()
    guard kind == .array else {
      throw shape("at \"\(ImportText.brief(name))\"", kind.rawValue, "an array of signals")
    }
    let file = file
    try cursor.digits(into: &signals) { cursor, index in
      try Self.signal(&cursor) { Self.bad(file, name, index, $0) }
    }
    if let index = signals.firstIndex(where: { $0 < -1 || $0 > 1 }) {
      throw bad(name, index, "\(signals[index])")
    }
  }

  /// Adds the signals that were read as a row.
  private mutating func append(_ name: String) throws {
    if signals.isEmpty {
      throw shape("at \"\(ImportText.brief(name))\"", "no signals", "one for every bar")
    }
    var rows = self.rows ?? SignalRows(width: signals.count)
    self.rows = nil
    guard rows.width == signals.count else {
      throw ImportError.signalsLength(
        file, id: ImportText.brief(name), found: signals.count,
        firstID: ImportText.brief(rowNames.first ?? ""), needed: rows.width)
    }
    count += signals.count
    try SignalsReader.check(count: count, file: file)
    rows.append(signals)
    rowNames.append(name)
    self.rows = rows
  }

  private func check(_ names: [String], _ place: String) throws(SignalsFault) {
    if names == columnNames { return }
    let index = names.indices.first { $0 >= columnNames.count || names[$0] != columnNames[$0] }
    throw other(place, found: index.map { names[$0] }, column: index ?? names.count)
  }

  /// A member `found`, or the end, in place of the one of `column`.
  private func other(_ place: String, found: String?, column: Int) -> SignalsFault {
    func words(_ name: String?) -> String { name.map { "\"\(ImportText.brief($0))\"" } ?? "its end" }
    return .otherMember(
      place: place, found: words(found),
      needed: words(column < columnNames.count ? columnNames[column] : nil))
  }

  private mutating func result(
    rows labels: SignalLabels, columns: SignalLabels, sortsNames: Bool, format: SignalsAxis?
  ) throws -> ImportedSignals {
    guard let rows else { throw shape("at the top", "no strategy", "at least one") }
    self.rows = nil
    return ImportedSignals(
      file: file, rows: rows, rowLabels: labels, columnLabels: columns, sortsNames: sortsNames, format: format
    )
  }

  private func labels(_ texts: [String]) throws(SignalsFault) -> SignalLabels {
    try SignalLabels(texts, isTime: false, name: labelName ?? "the index", lines: [], settings: settings)
  }

  // MARK: Values

  /// The elements of an array of strings and numbers, as they are spelled.
  private mutating func texts() throws -> [String] {
    var texts: [String] = []
    try forEachElement { document, _ in texts.append(try document.text()) }
    return texts
  }

  private mutating func text() throws -> String {
    switch try cursor.kind() {
    case .string: return try cursor.string()
    case .number:
      let number = try cursor.number()
      return Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .boolean: return try cursor.literal() == true ? "true" : "false"
    case let kind: throw shape("at the index", kind.rawValue, "a string or a number")
    }
  }

  private mutating func signal(_ name: String, _ index: Int?) throws -> Int8 {
    let file = file
    return try Self.signal(&cursor) { Self.bad(file, name, index, $0) }
  }

  private static func signal(_ cursor: inout JSONCursor, _ bad: (String) -> ImportError) throws -> Int8 {
    switch try cursor.kind() {
    case .number:
      let number = try cursor.number()
      let signal = SignalText.signal(number)
      if signal == SignalText.none { throw bad(Int(exactly: number).map { "\($0)" } ?? "\(number)") }
      return signal
    case .boolean: return try cursor.literal() == true ? 1 : 0
    case let kind: throw bad(kind.rawValue)
    }
  }

  private func bad(_ name: String, _ index: Int?, _ found: String) -> ImportError {
    Self.bad(file, name, index, found)
  }

  private static func bad(_ file: String, _ name: String, _ index: Int?, _ found: String) -> ImportError {
    .badSignal(file, id: ImportText.brief(name), index: index, found: found)
  }

  private func shape(_ place: String, _ found: String, _ needed: String) -> ImportError {
    .signalsShape(file, place: place, found: found, needed: needed)
  }

  // The cursor is lent to the loop over members, so this hands the document itself to the body.

  private mutating func forEachMember(_ body: (inout SignalsDocument, String) throws -> Void) throws {
    try cursor.begin(.object)
    var isFirst = true
    while let key = try cursor.nextKey(isFirst: isFirst) {
      isFirst = false
      try body(&self, key)
    }
  }

  private mutating func forEachElement(_ body: (inout SignalsDocument, Int) throws -> Void) throws {
    try cursor.begin(.array)
    var index = 0
    while try cursor.hasNextElement(isFirst: index == 0) {
      try body(&self, index)
      index += 1
    }
  }
}
