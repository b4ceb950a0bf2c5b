import Artifacts

/// Signals of strategies that were made elsewhere.
public struct ImportedSignals: Sendable, Equatable {
  /// The strategies' names, all different.
  public let ids: [String]
  /// A row a strategy, in the order of `ids`; a signal of -1, 0 or 1 for each bar, in equal numbers.
  public let signals: [[Int8]]

  /// The number of signals of each strategy.
  public var barCount: Int { signals.first?.count ?? 0 }
}

/// Reads the signals of strategies from JSON: an object of id → array, or a list of objects with `id` and
/// `signals`.
///
/// A signal is 0 or 1, or -1, 0 or 1; `true` and `false` and decimals such as `1.0` are understood. The order
/// of an object's members has no meaning in JSON, so those are sorted by id, numbers within ids by their
/// value (`strategy_2` before `strategy_10`); a list keeps its order. Other members of a list's objects are
/// ignored.
public struct SignalsReader: Sendable {
  /// The largest file that is read, in bytes: 100,000 strategies of 5,000 bars written as `0, `.
  public static let maximumFileSize = 2 << 30
  /// The most signals that are read, a byte of memory each.
  public static let maximumSignals = 1 << 30

  public init() {}

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ImportError``.
  public func read(path: String) throws -> ImportedSignals {
    try read(path: path, log: nil)
  }

  /// The same, with the file noted in `log`.
  func read(path: String, log: InputLog?) throws -> ImportedSignals {
    let bytes = try InputFile.contents(ofPath: path, limit: Self.maximumFileSize, log: log)
    return try read(bytes, file: InputFile.name(ofPath: path))
  }

  /// Reads `bytes`; `file` is their name in messages.
  ///
  /// - Throws: ``ImportError``.
  public func read(_ bytes: [UInt8], file: String) throws -> ImportedSignals {
    do {
      return try signals(JSONCursor(bytes, document: file), bytes: bytes, file: file)
    } catch let error as JSONError {
      throw ImportError.malformedJSON(error)
    }
  }

  private func signals(_ start: JSONCursor, bytes: [UInt8], file: String) throws -> ImportedSignals {
    if bytes.allSatisfy({ $0 <= 0x20 }) {
      throw ImportError.signalsShape(
        file, place: "at the top", found: "nothing", needed: "an object or a list")
    }
    var cursor = start
    var rows: [(id: String, signals: [Int8])] = []
    var count = 0
    func add(_ id: String, _ signals: [Int8]) throws {
      count += signals.count
      if count > Self.maximumSignals {
        throw ImportError.tooMany(file, kind: "signals", found: count, limit: Self.maximumSignals)
      }
      rows.append((id, signals))
    }
    switch try cursor.kind() {
    case .object:
      try cursor.object { cursor, id in try add(id, Self.row(&cursor, id: id, file: file)) }
      rows.sort { NaturalOrder.isLess($0.id, $1.id) }
    case .array:
      try cursor.array { cursor, index in
        let (id, signals) = try Self.entry(&cursor, index: index, file: file)
        try add(id, signals)
      }
    case let kind:
      throw ImportError.signalsShape(
        file, place: "at the top", found: kind.rawValue, needed: "an object or a list")
    }
    try cursor.end()
    guard let first = rows.first else {
      throw ImportError.signalsShape(file, place: "at the top", found: "no strategy", needed: "at least one")
    }
    var seen: Set<String> = []
    for row in rows {
      let id = ImportText.brief(row.id)
      if !seen.insert(row.id).inserted { throw ImportError.repeatedName(file, kind: "strategy", name: id) }
      if row.signals.isEmpty {
        throw ImportError.signalsShape(
          file, place: "at \"\(id)\"", found: "no signals", needed: "one for every bar")
      }
      if row.signals.count != first.signals.count {
        throw ImportError.signalsLength(
          file, id: id, found: row.signals.count, firstID: ImportText.brief(first.id),
          needed: first.signals.count)
      }
    }
    return ImportedSignals(ids: rows.map(\.id), signals: rows.map(\.signals))
  }

  /// An object of a list.
  private static func entry(
    _ cursor: inout JSONCursor, index: Int, file: String
  ) throws -> (id: String, signals: [Int8]) {
    let place = "at [\(index)]"
    let kind = try cursor.kind()
    guard kind == .object else {
      throw ImportError.signalsShape(
        file, place: place, found: kind.rawValue, needed: "an object with id and signals")
    }
    var id: String?
    var signals: [Int8]?
    try cursor.object { cursor, key in
      switch key {
      case "id":
        if id != nil { throw ImportError.repeatedName(file, kind: "member", name: "id") }
        id = try identifier(&cursor, place: place, file: file)
      case "signals":
        if signals != nil { throw ImportError.repeatedName(file, kind: "member", name: "signals") }
        signals = try row(&cursor, id: id ?? "[\(index)].signals", file: file)
      default: try cursor.skipValue()
      }
    }
    guard let id, let signals else {
      throw ImportError.signalsShape(
        file, place: place, found: "no \(id == nil ? "id" : "signals")",
        needed: "an object with id and signals")
    }
    return (id, signals)
  }

  private static func identifier(_ cursor: inout JSONCursor, place: String, file: String) throws -> String {
    let kind = try cursor.kind()
    switch kind {
    case .string: return try cursor.string()
    case .number:
      let number = try cursor.number()
      return Int(exactly: number).map { "\($0)" } ?? "\(number)"
    default:
      throw ImportError.signalsShape(
        file, place: place, found: "\(kind.rawValue) as id", needed: "a string or a number")
    }
  }

  private static func row(_ cursor: inout JSONCursor, id: String, file: String) throws -> [Int8] {
    let kind = try cursor.kind()
    guard kind == .array else {
      throw ImportError.signalsShape(
        file, place: "at \"\(ImportText.brief(id))\"", found: kind.rawValue, needed: "an array of signals")
    }
    var row: [Int8] = []
    try cursor.array { cursor, index in
      row.append(try signal(&cursor, id: id, index: index, file: file))
    }
    return row
  }

  private static func signal(
    _ cursor: inout JSONCursor, id: String, index: Int, file: String
  ) throws -> Int8 {
    func refused(_ found: String) -> ImportError {
      .badSignal(file, id: ImportText.brief(id), index: index, found: found)
    }
    switch try cursor.kind() {
    case .number:
      let number = try cursor.number()
      guard let signal = Int8(exactly: number), abs(Int(signal)) <= 1 else {
        throw refused(Int(exactly: number).map { "\($0)" } ?? "\(number)")
      }
      return signal
    case .boolean: return try cursor.literal() == true ? 1 : 0
    case let kind: throw refused(kind.rawValue)
    }
  }
}
