import Artifacts

/// One bar as a row of a file gives it, checked on its own.
struct MarketRow {
  /// How far open, high, low and close of one bar may disagree, relative to the price: two roundings to single
  /// precision, in which several sources keep prices. Products of a price and an adjustment are off by less.
  static let rounding = 0x1p-23

  /// The time, which the column of the times has still to take in; `nil` where bars are numbered.
  let time: TimeColumn.Cell?
  /// Whether the close is a quote behind a sign.
  let isMarkedQuote: Bool
  let open: Double
  let high: Double
  let low: Double
  let close: Double
  /// NaN where it is unknown.
  let volume: Double

  /// The bar of the scanner's current record.
  init(
    _ scanner: borrowing DelimitedScanner, columns: borrowing MarketColumns, times: inout TimeColumn?
  ) throws(RowFault) {
    guard scanner.fields.count == columns.count else {
      throw scanner.isBlank ? .blankLine : .fieldCount(found: scanner.fields.count, needed: columns.count)
    }
    time = try times?.read(scanner)
    let isComma = columns.hasDecimalComma
    var close = try Self.close(scanner, columns)
    isMarkedQuote = close < 0
    if isMarkedQuote { close = -close }
    var open = close
    var high = close
    var low = close
    if let range = columns.range {
      open = try Self.price(scanner, range.open, isComma)
      high = try Self.price(scanner, range.high, isComma)
      low = try Self.price(scanner, range.low, isComma)
      try Self.check(&open, &high, &low, close)
    }
    if columns.isAdjusted, let column = columns.adjusted {
      let adjusted = try Self.price(scanner, column, isComma)
      let factor = adjusted / close
      open *= factor
      close = adjusted
      high = max(high * factor, open, close)
      low = min(low * factor, open, close)
    }
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    volume = if let column = columns.volume { try Self.volume(scanner, column, isComma) } else { .nan }
  }

  /// Whether the high is the highest and the low the lowest price, but for roundings, which are undone.
  private static func check(
    _ open: inout Double, _ high: inout Double, _ low: inout Double, _ close: Double
  ) throws(RowFault) {
    let highest = max(open, close)
    let lowest = min(open, close)
    if high >= highest, low <= lowest { return }
    let slack = highest * rounding
    if high < low - slack { throw .highBelow(column: "low", high: high, other: low) }
    if high < open - slack { throw .highBelow(column: "open", high: high, other: open) }
    if high < close - slack { throw .highBelow(column: "close", high: high, other: close) }
    if low > open + slack { throw .lowAbove(column: "open", low: low, other: open) }
    if low > close + slack { throw .lowAbove(column: "close", low: low, other: close) }
    high = max(high, highest)
    low = min(low, lowest)
  }

  /// The close; below zero where the file marks quotes so.
  private static func close(
    _ scanner: borrowing DelimitedScanner, _ columns: borrowing MarketColumns
  ) throws(RowFault) -> Double {
    let column = columns.close
    do throws(RowFault) {
      guard columns.hasMarkedQuotes else { return try price(scanner, column, columns.hasDecimalComma) }
      let value = try finite(scanner, column, columns.hasDecimalComma, allowsSuffix: false)
      if value == 0 { throw .noPrice(column: column.name, found: text(scanner, column)) }
      return value
    } catch {
      // A row that has none of the prices is no bar, and nothing is wrong with it.
      let prices = [column] + (columns.range.map { [$0.open, $0.high, $0.low] } ?? [])
      guard prices.allSatisfy({ SampleCell.isMissing(scanner.text($0.index)) }) else { throw error }
      throw .noPrice(column: column.name, found: text(scanner, column))
    }
  }

  private static func price(
    _ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column, _ isComma: Bool
  ) throws(RowFault) -> Double {
    let value = try finite(scanner, column, isComma, allowsSuffix: false)
    if value <= 0 { throw .notPositive(column: column.name, found: text(scanner, column)) }
    return value
  }

  private static func volume(
    _ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column, _ isComma: Bool
  ) throws(RowFault) -> Double {
    let place = scanner.fields[column.index]
    if place.start == place.end { return .nan }
    if !isComma, let value = scanner.number(column.index), value >= 0, value.isFinite { return value }
    let found = text(scanner, column)
    if isUnknown(found) { return .nan }
    let value = try finite(scanner, column, isComma, allowsSuffix: true)
    if value < 0 { throw .negativeVolume(column: column.name, found: found) }
    return value
  }

  /// Whether a cell says that there is no volume: with nothing, a dash, -1 or a word.
  static func isUnknown(_ text: String) -> Bool {
    SampleCell.isMissing(text) || Double(text.filter { $0 != " " }) == -1
  }

  private static func finite(
    _ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column, _ isComma: Bool, allowsSuffix: Bool
  ) throws(RowFault) -> Double {
    if !isComma, let value = scanner.number(column.index), value.isFinite { return value }
    let place = scanner.fields[column.index]
    let written = WrittenNumber.parse(
      scanner.bytes.span, from: place.start, to: place.end, hasDecimalComma: isComma,
      allowsSuffix: allowsSuffix)
    if let written, written.isFinite { return written }
    let found = text(scanner, column)
    // The standard library reads the spellings of NaN and infinity, and numbers that overflow.
    if Double(found).map({ !$0.isFinite }) == true { throw .notFinite(column: column.name, found: found) }
    throw .notNumber(column: column.name, found: found)
  }

  private static func text(_ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column) -> String {
    ImportText.brief(scanner.text(column.index))
  }
}
