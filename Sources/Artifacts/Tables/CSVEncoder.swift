/// Writes rows of comma-separated cells (RFC 4180) into a buffer of bytes.
///
/// Numbers get the fewest digits that read back to the same `Double` and no decimal part if they are whole
/// (`3`, not `3.0`); NaN and infinities are empty cells; text is quoted where it must be; lines end with LF.
/// A row depends on nothing before it: chunks of rows may be encoded side by side, each by its own encoder,
/// and joined in order.
///
///     var table = CSVEncoder()
///     table.append("strategy_id"); table.append("sharpe_ratio"); table.endRow()
///     table.append(17); table.append(0.25); table.endRow()
public struct CSVEncoder: Sendable {
  /// The finished rows and the cells of the current one.
  public var bytes: [UInt8] { text.bytes }
  private var text = TextBytes()
  private var cells = 0
  private var rowStart = 0

  /// An encoder with room for `capacity` bytes.
  public init(capacity: Int = 0) {
    text.bytes.reserveCapacity(capacity)
  }

  /// Appends a cell of text.
  public mutating func append(_ cell: String) {
    separate()
    var cell = cell
    cell.makeContiguousUTF8()
    let units = cell.utf8
    let needsQuotes = units.contains {
      $0 == Ascii.comma || $0 == Ascii.quote || $0 == Ascii.lineFeed || $0 == Ascii.carriageReturn
    }
    guard needsQuotes else {
      text.bytes.append(contentsOf: units)
      return
    }
    text.bytes.append(Ascii.quote)
    for unit in units {
      if unit == Ascii.quote { text.bytes.append(Ascii.quote) }
      text.bytes.append(unit)
    }
    text.bytes.append(Ascii.quote)
  }

  /// Appends a cell with a number; an empty one if it is not finite.
  public mutating func append(_ value: Double) {
    separate()
    guard value.isFinite else { return }
    // Whole numbers are common (counts, positions) and cheaper without the search for the shortest digits.
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
      if value.sign == .minus { text.bytes.append(Ascii.minus) }
      appendDigits(UInt64(value.magnitude))
    } else {
      value.write(to: &text)
      // As the description of a large whole number ends.
      if text.bytes[text.bytes.count - 1] == Ascii.zero, text.bytes[text.bytes.count - 2] == Ascii.point {
        text.bytes.removeLast(2)
      }
    }
  }

  /// Appends a cell with a whole number.
  public mutating func append(_ value: Int) {
    separate()
    if value < 0 { text.bytes.append(Ascii.minus) }
    appendDigits(UInt64(value.magnitude))
  }

  /// Appends a cell with a time, as ``CivilTime/iso8601(microseconds:)`` writes it.
  public mutating func append(microsecondsSince1970 time: Int64) {
    separate()
    CivilTime.append(time, to: &text.bytes)
  }

  /// Ends the row.
  public mutating func endRow() {
    // A row of one empty cell would otherwise be a blank line, which readers skip.
    if cells == 1, text.bytes.count == rowStart { text.bytes += [Ascii.quote, Ascii.quote] }
    text.bytes.append(Ascii.lineFeed)
    cells = 0
    rowStart = text.bytes.count
  }

  /// Forgets what was written and keeps the memory, for the next chunk.
  public mutating func removeAll() {
    text.bytes.removeAll(keepingCapacity: true)
    cells = 0
    rowStart = 0
  }

  private mutating func separate() {
    if cells > 0 { text.bytes.append(Ascii.comma) }
    cells += 1
  }

  private mutating func appendDigits(_ value: UInt64) {
    if value < 10 {
      text.bytes.append(Ascii.zero + UInt8(value))
      return
    }
    let start = text.bytes.count
    var rest = value
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      text.bytes.append(Ascii.zero + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    }
    text.bytes[start...].reverse()
  }
}

/// Bytes that numbers are printed to.
private struct TextBytes: TextOutputStream, Sendable {
  var bytes: [UInt8] = []

  mutating func write(_ string: String) { bytes.append(contentsOf: string.utf8) }

  /// What the standard library calls for the digits of a number, where a stream has it: without, it makes a string of them
  /// first, which takes as long again.
  mutating func _writeASCII(_ digits: UnsafeBufferPointer<UInt8>) { unsafe bytes.append(contentsOf: digits) }
}
