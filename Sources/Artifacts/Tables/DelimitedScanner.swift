/// Splits delimited text (RFC 4180, with comma, semicolon or tab) into records of fields, without a string or
/// an allocation for each field.
///
/// Bytes arrive in chunks, so memory is bounded by the chunk and the longest record. A UTF-8 byte order mark
/// is skipped, UTF-16 with one is decoded; lines end with LF or CRLF, or with CR where no LF is in the text; the last
/// one need not. A first line `sep=;`, as spreadsheets write it, names the separator and is no record. A blank line is
/// a record of one empty field, and its meaning is the caller's. After ``next()`` the current record is `fields`, whose offsets point into
/// `bytes`.
public struct DelimitedScanner {
  /// The longest record accepted unless told otherwise, in bytes. A row of bars takes a hundred; a file
  /// without line ends is refused after this much of it.
  public static let maximumRecordLength = 1 << 20

  /// The most fields of a record. What is made of one takes a hundred times its comma, and a line of nothing but commas
  /// packs into a thousandth of itself.
  public static let mostFields = 1 << 20

  /// Where a field's content stands in ``DelimitedScanner/bytes``, its enclosing quotes left out.
  public struct Field: Sendable, Equatable {
    /// Index of its first byte.
    public let start: Int
    /// Index after its last byte.
    public let end: Int
    /// Whether the content holds doubled quotes.
    let hasDoubledQuotes: Bool
  }

  /// The bytes that `fields` point into; they move with every record.
  public private(set) var bytes: [UInt8]
  /// The fields of the current record.
  public private(set) var fields: [Field] = []
  /// The line on which the current record begins, counted from 1.
  public private(set) var line = 0
  /// The byte between fields.
  public private(set) var separator: UInt8

  private let maximumLength: Int
  private let refill: () throws -> [UInt8]
  private var isExhausted = false
  private var position = 0
  private var nextLine = 1
  /// Decodes what `refill` hands out, where that is UTF-16.
  private var wide: WideText?
  /// Whether lines end with CR alone, as they did on one kind of machine before 2001.
  private var endsWithReturns = false

  /// A scanner of what `refill` hands out, chunk by chunk, until it returns an empty one.
  ///
  /// - Parameters:
  ///   - separator: the byte between fields, or `nil` for whichever of comma, semicolon and tab occurs most
  ///     often in the first line.
  ///   - maximumRecordLength: the longest record accepted, in bytes.
  /// - Throws: ``TableError`` if the first chunk is no UTF-8 text or the first line too long; what `refill`
  ///   throws.
  public init(
    separator: UInt8? = nil, maximumRecordLength: Int = Self.maximumRecordLength,
    refill: @escaping () throws -> [UInt8]
  ) throws {
    self.bytes = []
    self.separator = separator ?? Ascii.comma
    self.maximumLength = maximumRecordLength
    self.refill = refill
    // As many as the longest byte order mark has.
    while !isExhausted, bytes.count < 4 { try fill() }
    wide = WideText(head: bytes)
    bytes = wide?.decode(bytes, isLast: isExhausted) ?? bytes
    var searched = 0
    while !isExhausted, searched <= maximumRecordLength, !bytes[searched...].contains(Ascii.lineFeed) {
      searched = bytes.count
      try fill()
    }
    try Self.checkEncoding(of: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    if !bytes.contains(Ascii.lineFeed), bytes.contains(Ascii.carriageReturn) {
      endsWithReturns = true
      Self.endLines(&bytes)
    }
    if separator != nil { return }
    if let (named, end) = Self.namedSeparator(in: bytes[position...]) {
      self.separator = named
      position = end
      nextLine += 1
    } else {
      self.separator = Self.separator(in: bytes)
    }
  }

  /// A scanner of `bytes`.
  public init(
    _ bytes: [UInt8], separator: UInt8? = nil, maximumRecordLength: Int = Self.maximumRecordLength
  ) throws {
    var rest: [UInt8]? = bytes
    try self.init(separator: separator, maximumRecordLength: maximumRecordLength) {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// Moves to the next record; false at the end.
  ///
  /// - Throws: ``TableError`` for a record that cannot be split; what the source of bytes throws.
  public mutating func next() throws -> Bool {
    while true {
      if position == bytes.count {
        if isExhausted { return false }
        try fill()
        continue
      }
      line = nextLine
      let limit = min(bytes.count, position + maximumLength + 1)
      // The fields step out while the bytes are borrowed, with the memory they have.
      var found: [Field] = []
      swap(&found, &fields)
      found.removeAll(keepingCapacity: true)
      let split = try Self.split(
        bytes.span, from: position, to: limit, separator: separator, line: line,
        isLast: isExhausted && limit == bytes.count, into: &found)
      swap(&found, &fields)
      if let split {
        guard split.end - position <= maximumLength + 1 else { throw tooLong }
        position = split.end
        nextLine += split.lines
        return true
      }
      if limit - position > maximumLength { throw tooLong }
      // Twice as much before the record is split anew, so that a long one does not cost the square of its length.
      let enough = 2 * (bytes.count - position)
      repeat { try fill() } while !isExhausted && bytes.count - position < enough
    }
  }

  /// Moves to the next line, whatever it holds, which is a record of one field; false at the end.
  ///
  /// - Throws: ``TableError/lineTooLong(line:limit:)``; what the source of bytes throws.
  public mutating func skipLine() throws -> Bool {
    while true {
      line = nextLine
      let end = bytes[position...].firstIndex(of: Ascii.lineFeed)
      if let end = end ?? (isExhausted ? bytes.count : nil) {
        if position == bytes.count { return false }
        let isReturn = end > position && bytes[end - 1] == Ascii.carriageReturn
        fields = [Field(start: position, end: isReturn ? end - 1 : end, hasDoubledQuotes: false)]
        position = min(end + 1, bytes.count)
        nextLine += 1
        return true
      }
      if bytes.count - position > maximumLength { throw tooLong }
      try fill()
    }
  }

  /// The field's text, with doubled quotes undone; bytes that are not UTF-8 are replaced.
  public func text(_ field: Int) -> String {
    let place = fields[field]
    let content = bytes[place.start..<place.end]
    guard place.hasDoubledQuotes else { return String(decoding: content, as: UTF8.self) }
    var text: [UInt8] = []
    var isSecond = false
    for byte in content {
      isSecond = byte == Ascii.quote && !isSecond
      if !isSecond { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The field as a decimal number, spaces around it allowed; `nil` for anything else, `nan` and `inf`
  /// included.
  public func number(_ field: Int) -> Double? {
    let place = fields[field]
    return DecimalNumber.parse(bytes.span, from: place.start, to: place.end)
  }

  /// Whether the record is a blank line.
  public var isBlank: Bool {
    fields.count == 1 && fields[0].start == fields[0].end
  }

  private var tooLong: TableError { .lineTooLong(line: line, limit: maximumLength) }

  /// Drops the records that are done with and appends the next chunk.
  private mutating func fill() throws {
    var chunk = try refill()
    if position > 0 { bytes.removeFirst(position) }
    position = 0
    if chunk.isEmpty { isExhausted = true }
    if wide != nil { chunk = wide?.decode(chunk, isLast: isExhausted) ?? [] }
    if endsWithReturns { Self.endLines(&chunk) }
    if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
  }
}

extension DelimitedScanner {
  /// Splits one record; `nil` if it does not end before `limit` and more bytes may follow.
  private static func split(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, separator: UInt8, line: Int, isLast: Bool,
    into fields: inout [Field]
  ) throws(TableError) -> (end: Int, lines: Int)? {
    var lines = 1
    var index = start
    while true {
      var field = Field(start: index, end: index, hasDoubledQuotes: false)
      if index < limit, bytes[index] == Ascii.quote {
        let opening = line + lines - 1
        guard let quoted = quotedField(bytes, from: index + 1, to: limit, lines: &lines, isLast: isLast)
        else {
          if isLast { throw .openQuote(line: opening) }
          return nil
        }
        field = quoted
        index = quoted.end + 1
        // A line end of two bytes may be cut by the end of the chunk.
        if index + 1 >= limit, !isLast { return nil }
        let isEnd =
          index == limit || bytes[index] == separator || bytes[index] == Ascii.lineFeed
          || (bytes[index] == Ascii.carriageReturn && index + 1 < limit && bytes[index + 1] == Ascii.lineFeed)
        guard isEnd else { throw .textAfterQuote(line: line + lines - 1) }
        if index < limit, bytes[index] == Ascii.carriageReturn { index += 1 }
        fields.append(field)
      } else {
        while index < limit, bytes[index] != separator, bytes[index] != Ascii.lineFeed { index += 1 }
        if index == limit, !isLast { return nil }
        var end = index
        let isLineEnd = index < limit && bytes[index] == Ascii.lineFeed
        if isLineEnd, end > field.start, bytes[end - 1] == Ascii.carriageReturn { end -= 1 }
        fields.append(Field(start: field.start, end: end, hasDoubledQuotes: false))
      }
      guard fields.count <= mostFields else { throw .tooManyFields(line: line, limit: mostFields) }
      if index == limit { return (limit, lines) }
      index += 1
      if bytes[index - 1] == Ascii.lineFeed { return (index, lines) }
    }
  }

  /// The quoted field whose content begins at `start`; `nil` if its closing quote is not (certainly) there.
  private static func quotedField(
    _ bytes: Span<UInt8>, from start: Int, to limit: Int, lines: inout Int, isLast: Bool
  ) -> Field? {
    var hasDoubledQuotes = false
    var index = start
    while index < limit {
      if bytes[index] == Ascii.lineFeed {
        lines += 1
      } else if bytes[index] == Ascii.quote {
        if index + 1 == limit, !isLast { return nil }
        guard index + 1 < limit, bytes[index + 1] == Ascii.quote else {
          return Field(start: start, end: index, hasDoubledQuotes: hasDoubledQuotes)
        }
        hasDoubledQuotes = true
        index += 1
      }
      index += 1
    }
    return nil
  }

  /// What a first line such as `sep=;` names, and where the next line begins; `nil` for any other line.
  private static func namedSeparator(in text: ArraySlice<UInt8>) -> (separator: UInt8, end: Int)? {
    let line = text.prefix(8).prefix { $0 != Ascii.lineFeed && $0 != Ascii.carriageReturn }
    guard line.count == 5, line.prefix(3).map({ $0 | 0x20 }) == Array("sep".utf8), let named = line.last,
      line.dropFirst(3).first == UInt8(ascii: "=")
    else { return nil }
    let end = text[line.endIndex...].firstIndex(of: Ascii.lineFeed) ?? text.endIndex - 1
    return (named, end + 1)
  }

  /// Puts LF in place of CR.
  private static func endLines(_ bytes: inout [UInt8]) {
    for index in bytes.indices where bytes[index] == Ascii.carriageReturn { bytes[index] = Ascii.lineFeed }
  }

  /// The byte that separates most fields of the first line, quoted parts left out; comma if there is none.
  private static func separator(in bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == Ascii.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == Ascii.lineFeed { break }
      counts[byte, default: 0] += 1
    }
    var best = Ascii.comma
    for candidate in [Ascii.semicolon, Ascii.tab]
    where counts[candidate, default: 0] > counts[best, default: 0] {
      best = candidate
    }
    return best
  }

  private static func checkEncoding(of bytes: [UInt8]) throws(TableError) {
    let head = bytes.prefix(4096)
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { throw .wideText }
    guard head.contains(0) else { return }
    // UTF-16 of mostly Latin text has a NUL in every other byte; other binary content has not.
    let even = head.indices.count { head[$0] == 0 && $0.isMultiple(of: 2) }
    let odd = head.indices.count { head[$0] == 0 && !$0.isMultiple(of: 2) }
    throw min(even, odd) == 0 && max(even, odd) * 3 > head.count ? .wideText : .binary
  }
}

/// The bytes that have a meaning in the formats of this module.
enum Ascii {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
  static let minus = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let point = UInt8(ascii: ".")
  static let zero = UInt8(ascii: "0")
  static let backslash = UInt8(ascii: "\\")
}
