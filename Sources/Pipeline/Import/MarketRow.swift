import Artifacts

/// One bar as a row of a file gives it, checked on its own and against the row before.
struct MarketRow {
  let timestamp: Int64
  let open: Double
  let high: Double
  let low: Double
  let close: Double
  let volume: Double

  /// What the rows so far tell about the next one.
  struct Context {
    var format: Timestamp.Format?
    var last: Int64?
  }

  /// The bar of the scanner's current record; `context` moves on if it is good.
  init(
    _ scanner: borrowing DelimitedScanner, columns: borrowing MarketColumns, context: inout Context
  ) throws(RowFault) {
    guard scanner.fields.count == columns.count else {
      throw scanner.isBlank ? .blankLine : .fieldCount(found: scanner.fields.count, needed: columns.count)
    }
    let moment = try Self.moment(scanner, columns: columns, format: context.format)
    timestamp = moment.microseconds
    close = try Self.price(scanner, columns.close)
    if let range = columns.range {
      open = try Self.price(scanner, range.open)
      high = try Self.price(scanner, range.high)
      low = try Self.price(scanner, range.low)
    } else {
      open = close
      high = close
      low = close
    }
    if high < low { throw .highBelow(column: "low", high: high, other: low) }
    if high < open { throw .highBelow(column: "open", high: high, other: open) }
    if high < close { throw .highBelow(column: "close", high: high, other: close) }
    if low > open { throw .lowAbove(column: "open", low: low, other: open) }
    if low > close { throw .lowAbove(column: "close", low: low, other: close) }
    if let column = columns.volume {
      volume = try Self.finite(scanner, column)
      if volume < 0 { throw .negativeVolume(column: column.name, found: Self.text(scanner, column)) }
    } else {
      volume = 0
    }
    if let last = context.last, timestamp <= last {
      let column = columns.timestamp
      let found = Self.text(scanner, column)
      throw timestamp == last
        ? .timeRepeated(column: column.name, found: found) : .timeBackwards(column: column.name, found: found)
    }
    context = Context(format: moment.format, last: timestamp)
  }

  private static func moment(
    _ scanner: borrowing DelimitedScanner, columns: borrowing MarketColumns, format: Timestamp.Format?
  ) throws(RowFault) -> (format: Timestamp.Format, microseconds: Int64) {
    let column = columns.timestamp
    let place = scanner.fields[column.index]
    guard let moment = Timestamp(scanner.bytes.span, from: place.start, to: place.end) else {
      throw .unknownTime(column: column.name, found: text(scanner, column))
    }
    if let format, moment.format != format {
      throw .otherTimeFormat(column: column.name, found: text(scanner, column), needed: format.rawValue)
    }
    guard let time = columns.time, moment.format.isDay else { return (moment.format, moment.microseconds) }
    let timePlace = scanner.fields[time.index]
    guard let part = Timestamp.timeOfDay(scanner.bytes.span, from: timePlace.start, to: timePlace.end) else {
      throw .unknownTime(column: time.name, found: text(scanner, time))
    }
    return (moment.format, moment.microseconds + part)
  }

  private static func price(
    _ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column
  ) throws(RowFault) -> Double {
    let value = try finite(scanner, column)
    if value <= 0 { throw .notPositive(column: column.name, found: text(scanner, column)) }
    return value
  }

  private static func finite(
    _ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column
  ) throws(RowFault) -> Double {
    if let value = scanner.number(column.index), value.isFinite { return value }
    let found = text(scanner, column)
    // The standard library reads the spellings of NaN and infinity, and numbers that overflow.
    if Double(found).map({ !$0.isFinite }) == true { throw .notFinite(column: column.name, found: found) }
    throw .notNumber(column: column.name, found: found)
  }

  private static func text(_ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column) -> String {
    ImportText.brief(scanner.text(column.index))
  }
}
