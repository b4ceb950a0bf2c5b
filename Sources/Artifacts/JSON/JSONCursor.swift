/// Reads JSON (RFC 8259) token by token, in one pass and without building a tree.
///
/// For documents that are large or need what `JSONDecoder` does not tell: duplicate keys, their order, the
/// line of a fault. The caller says which value it expects next.
public struct JSONCursor {
  /// The deepest nesting that is followed; what a person or a program writes stays far below, and recursion
  /// is bounded.
  public static let maximumDepth = 200

  /// The bytes that are looked at: all of them, or those of the last chunks that are still needed.
  var bytes: [UInt8]
  private let document: String
  var position: Int
  private var depth = 0
  /// Hands out the next chunk, an empty one at the end; `nil` once all are here.
  private var refill: (() throws -> [UInt8])?
  /// Line ends before ``bytes``.
  private var linesBefore = 0

  /// A cursor at the beginning of `bytes`; `document` is its name in errors.
  public init(_ bytes: [UInt8], document: String) {
    self.bytes = bytes
    self.document = document
    self.position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// A cursor at the beginning of what `refill` hands out, chunk by chunk, until it returns an empty one.
  ///
  /// Memory is bounded by a chunk and the longest string.
  ///
  /// - Throws: what `refill` throws.
  public init(document: String, refill: @escaping () throws -> [UInt8]) throws {
    self.init([], document: document)
    self.refill = refill
    while bytes.count < 3, try more() {}
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Drops the bytes before ``position`` and appends the next chunk; false if there is none.
  mutating func more() throws -> Bool {
    guard let refill else { return false }
    let chunk = try refill()
    if chunk.isEmpty {
      self.refill = nil
      return false
    }
    linesBefore += bytes[..<position].count { $0 == Ascii.lineFeed }
    if position == bytes.count {
      bytes = chunk
    } else {
      bytes.removeFirst(position)
      bytes += chunk
    }
    position = 0
    return true
  }

  /// What kind of value comes next.
  public enum Kind: String, Sendable {
    case object = "an object"
    case array = "an array"
    case string = "a string"
    case number = "a number"
    case boolean = "true or false"
    case null = "null"
  }

  /// The line of the next token, counted from 1.
  public var line: Int { 1 + linesBefore + bytes[..<position].count { $0 == Ascii.lineFeed } }

  /// The kind of the next value.
  ///
  /// - Throws: ``JSONError`` if no value comes next.
  public mutating func kind() throws -> Kind {
    guard let next = try peek() else { throw broken("a value") }
    switch next {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case Ascii.quote: return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case Ascii.minus, UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw broken("a value")
    }
  }

  /// Reads an object; `member` is called for each key and must read or skip its value.
  public mutating func object(_ member: (inout JSONCursor, String) throws -> Void) throws {
    try begin(.object)
    var isFirst = true
    while let key = try nextKey(isFirst: isFirst) {
      try member(&self, key)
      isFirst = false
    }
  }

  /// Reads an array; `element` is called with each index and must read or skip the element.
  public mutating func array(_ element: (inout JSONCursor, Int) throws -> Void) throws {
    try begin(.array)
    var count = 0
    while try hasNextElement(isFirst: count == 0) {
      try element(&self, count)
      count += 1
    }
  }

  /// Begins an object or an array, for a caller that reads its members one by one.
  public mutating func begin(_ kind: Kind) throws {
    precondition(kind == .object || kind == .array, "what has members")
    try expect(kind == .object ? UInt8(ascii: "{") : UInt8(ascii: "["), kind.rawValue)
    depth += 1
    guard depth <= Self.maximumDepth else { throw broken("at most \(Self.maximumDepth) levels") }
  }

  /// The key of the next member of an object, whose value must be read or skipped; `nil` after the last.
  public mutating func nextKey(isFirst: Bool) throws -> String? {
    guard try hasNext(before: UInt8(ascii: "}"), isFirst: isFirst) else { return nil }
    guard try peek() == Ascii.quote else { throw broken("a key in quotes") }
    let key = try string()
    try expect(UInt8(ascii: ":"), "\":\"")
    return key
  }

  /// Whether an array has another element, which must be read or skipped.
  public mutating func hasNextElement(isFirst: Bool) throws -> Bool {
    try hasNext(before: UInt8(ascii: "]"), isFirst: isFirst)
  }

  private mutating func hasNext(before closing: UInt8, isFirst: Bool) throws -> Bool {
    let next = try peek()
    if next == closing {
      position += 1
      depth -= 1
      return false
    }
    if isFirst { return true }
    guard next == Ascii.comma else {
      throw broken("\",\" or \"\(Character(UnicodeScalar(closing)))\"")
    }
    position += 1
    return true
  }

  /// Reads a string.
  public mutating func string() throws -> String {
    try expect(Ascii.quote, "a string")
    // Bytes before the position may go, so it stays at the beginning until the string is whole.
    var hasEscapes = false
    var length = 0
    while true {
      guard position + length < bytes.count else {
        if try more() { continue }
        position = bytes.count
        throw broken("the end of the string")
      }
      let byte = bytes[position + length]
      if byte == Ascii.quote { break }
      guard byte >= 0x20 else {
        position += length
        throw broken("the end of the string")
      }
      if byte == Ascii.backslash {
        hasEscapes = true
        length += 1
      }
      length += 1
    }
    let start = position
    position += length
    let content = bytes[start..<position]
    guard let text = hasEscapes ? Self.unescaped(content) : String(validating: content, as: UTF8.self) else {
      throw broken("a string of UTF-8 and known escapes")
    }
    position += 1
    return text
  }

  /// Reads a number.
  public mutating func number() throws -> Double {
    guard try kind() == .number else { throw broken("a number") }
    try makeWhole { Self.isNumberByte($0) }
    let start = position
    // Signals are numbers of one digit, millions of them.
    let digit = bytes[start] &- Ascii.zero
    if digit < 10, start + 1 == bytes.count || !Self.isNumberByte(bytes[start + 1]) {
      position += 1
      return Double(digit)
    }
    while position < bytes.count, Self.isNumberByte(bytes[position]) { position += 1 }
    guard Self.isNumber(bytes[start..<position]),
      let value = DecimalNumber.parse(bytes.span, from: start, to: position)
    else {
      position = start
      throw broken("a number")
    }
    return value
  }

  /// Reads any value and forgets it.
  public mutating func skipValue() throws {
    switch try kind() {
    case .object: try object { cursor, _ in try cursor.skipValue() }
    case .array: try array { cursor, _ in try cursor.skipValue() }
    case .string: _ = try string()
    case .number: _ = try number()
    case .boolean, .null: _ = try literal()
    }
  }

  /// Reads `true`, `false` or `null`; `nil` for the last.
  public mutating func literal() throws -> Bool? {
    _ = try peek()
    try makeWhole { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }
    func take(_ word: String) -> Bool {
      guard bytes[position...].starts(with: word.utf8) else { return false }
      position += word.utf8.count
      return true
    }
    if take("true") { return true }
    if take("false") { return false }
    if take("null") { return nil }
    throw broken("true, false or null")
  }

  /// Makes sure that nothing but white space follows.
  public mutating func end() throws {
    guard try peek() == nil else { throw broken("the end of the document") }
  }

  /// The next byte that is not white space, which is not consumed.
  mutating func peek() throws -> UInt8? {
    repeat {
      while position < bytes.count {
        let byte = bytes[position]
        guard
          byte == Ascii.space || byte == Ascii.lineFeed || byte == Ascii.carriageReturn || byte == Ascii.tab
        else { return byte }
        position += 1
      }
    } while try more()
    return nil
  }

  /// Makes sure that the token at the position, of bytes of one kind, is not cut by the end of a chunk.
  private mutating func makeWhole(_ belongs: (UInt8) -> Bool) throws {
    var length = 0
    while true {
      while position + length < bytes.count, belongs(bytes[position + length]) { length += 1 }
      if position + length < bytes.count { return }
      guard try more() else { return }
    }
  }

  mutating func expect(_ byte: UInt8, _ needed: String) throws {
    guard try peek() == byte else { throw broken(needed) }
    position += 1
  }

  /// The error that something else than `needed` comes next.
  func broken(_ needed: String) -> JSONError {
    var found = "the end of the document"
    if position < bytes.count {
      let byte = bytes[position]
      found = (0x21...0x7E).contains(byte) ? "\"\(Character(UnicodeScalar(byte)))\"" : "byte \(byte)"
    }
    return .broken(document: document, line: line, found: found, needed: needed)
  }
}

extension JSONCursor {
  private static func isNumberByte(_ byte: UInt8) -> Bool {
    byte &- Ascii.zero < 10 || byte == Ascii.point || byte == Ascii.minus || byte == Ascii.plus
      || byte | 0x20 == UInt8(ascii: "e")
  }

  /// JSON's rules beyond those of ``DecimalNumber``: no plus sign, no leading zeros, digits on both sides of
  /// a point.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    let magnitude = text.first == Ascii.minus ? text.dropFirst() : text
    let whole = magnitude.prefix { $0 &- Ascii.zero < 10 }
    guard !whole.isEmpty, whole.count == 1 || whole.first != Ascii.zero else { return false }
    let rest = magnitude.dropFirst(whole.count)
    return rest.first != Ascii.point || rest.dropFirst().first.map { $0 &- Ascii.zero < 10 } == true
  }

  private static func unescaped(_ content: ArraySlice<UInt8>) -> String? {
    var units: [UInt16] = []
    var plain: [UInt8] = []
    var text = ""
    func flush() -> Bool {
      guard let part = String(validating: plain, as: UTF8.self),
        let escaped = String(validating: units, as: UTF16.self)
      else { return false }
      text += part + escaped
      plain = []
      units = []
      return true
    }
    var index = content.startIndex
    while index < content.endIndex {
      guard content[index] == Ascii.backslash else {
        if !units.isEmpty, !flush() { return nil }
        plain.append(content[index])
        index += 1
        continue
      }
      guard index + 1 < content.endIndex else { return nil }
      switch content[index + 1] {
      case Ascii.quote, Ascii.backslash, UInt8(ascii: "/"): units.append(UInt16(content[index + 1]))
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "u"):
        let digits = content[(index + 2)...].prefix(4)
        guard digits.count == 4, !digits.contains(Ascii.plus),
          let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        units.append(unit)
        index += 4
      default: return nil
      }
      index += 2
    }
    return flush() ? text : nil
  }
}
