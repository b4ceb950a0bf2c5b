/// Which column of a file holds what.
struct MarketColumns {
  /// The name of a column in the file and its place, counted from 0.
  struct Column {
    let name: String
    let index: Int
  }

  /// `nil` where there are no times, so that bars are numbered.
  var timestamp: Column?
  /// The time of day, if `timestamp` gives the day alone.
  var time: Column?
  var close: Column
  /// Open, high and low; `nil` if the file has a price a bar only.
  var range: (open: Column, high: Column, low: Column)?
  var volume: Column?
  /// The close adjusted for splits and dividends, beside one that is not.
  var adjusted: Column?
  /// What tells the bars of several instruments apart.
  var symbol: Column?
  var count: Int
  /// Whether nothing says that ``timestamp`` holds times, so that it may number the rows.
  var mayNumberRows = false
  /// Whether the comma is the decimal mark.
  var hasDecimalComma = false
  /// Whether prices are scaled to the adjusted close.
  var isAdjusted = false
  /// Whether a close below zero is a price behind a sign, as CRSP marks the means of bid and ask.
  var hasMarkedQuotes = false
  /// What the file calls all of its columns; empty where the prices of one instrument were chosen among them.
  var names: [String]
  /// What the user should hear of the choice.
  var notes: [DataNote] = []

  static let needed =
    "timestamp (or date, time, dt, datetime, open time), open, high, low, close "
    + "(or close or price alone), and optionally volume"

  /// The columns that a header names, or `nil` if it lacks one.
  ///
  /// - Parameters:
  ///   - header: what the file calls them, for messages.
  ///   - plain: their names as ``FieldName/plain(_:)`` has them; empty for what is not to be used.
  ///   - rows: the first rows of bars, by which columns of two meanings are told.
  ///   - choices: what the user says.
  ///   - needsTimes: whether a column of times must be there.
  /// - Throws: ``BarsFault`` if the user's choices are not there.
  init?(
    header: [String], plain: [String], rows: [[String]], choices: BarsChoices, needsTimes: Bool = true
  ) throws(BarsFault) {
    let names = NamedColumns(header: header, plain: plain, rows: rows)
    let chosen = choices.columns
    func given(_ role: ColumnChoices.Role) throws(BarsFault) -> Column? {
      try chosen.column(role, names: header)
    }
    let (date, clock) = (try given(.date), try given(.time))
    let found = names.times(date: date, clock: clock)
    if found == nil, needsTimes { return nil }
    (timestamp, time) = (found?.moment, found?.clock)
    mayNumberRows = timestamp?.name.isEmpty ?? false
    if let close = try given(.close) {
      self.close = close
      range =
        if let open = try given(.open), let high = try given(.high), let low = try given(.low) {
          (open, high, low)
        } else { nil }
    } else {
      guard let prices = names.prices else { return nil }
      close = prices.close
      range = prices.range
      notes += prices.notes
    }
    volume = try given(.volume) ?? names.volume
    adjusted = try given(.adjusted) ?? names.first(of: FieldName.adjustedClose)
    if adjusted?.index == close.index { adjusted = nil }
    symbol = try given(.symbol) ?? names.first(of: FieldName.symbol)
    count = header.count
    self.names = header
    hasMarkedQuotes = names.areMarkedQuotes(close)
    if timestamp == nil, !choices.numbersBars, names.mayHoldTimes(besides: self) { return nil }
    if choices.isAdjusted {
      let isItself = FieldName.adjustedClose.contains(FieldName.plain(close.name))
      guard adjusted != nil || isItself else { throw .noAdjustedClose(found: header) }
      isAdjusted = adjusted != nil
    } else if let adjusted {
      notes.append(
        DataNote("prices", "\(close.name); \(adjusted.name) is there and was not used (--adjusted)"))
    }
    if let adjusted, isAdjusted {
      notes.append(
        DataNote("prices", "\(adjusted.name); open, high and low are scaled to it by \(close.name)"))
    }
  }

  /// Columns that are told by their values.
  init(timestamp: Int?, clock: Int?, prices: [Int], volume: Int?, symbol: Int?, count: Int) {
    self.timestamp = timestamp.map { Column(name: clock == nil ? "time" : "date", index: $0) }
    time = clock.map { Column(name: "time", index: $0) }
    let names = ["open", "high", "low", "close"]
    if prices.count == 4 {
      let columns = zip(names, prices).map { Column(name: $0, index: $1) }
      range = (columns[0], columns[1], columns[2])
    }
    close = Column(name: "close", index: prices[prices.count - 1])
    self.volume = volume.map { Column(name: "volume", index: $0) }
    self.symbol = symbol.map { Column(name: "column \($0 + 1)", index: $0) }
    self.count = count
    self.names = (1...count).map { "column \($0)" }
  }

  /// Whether a fault is one of open, high or low alone, so that the close can be used.
  func isOfRange(_ fault: RowFault) -> Bool {
    guard let range else { return false }
    let names = [range.open.name, range.high.name, range.low.name]
    return switch fault {
    case .highBelow, .lowAbove: true
    case .notNumber(let column, _), .notFinite(let column, _), .notPositive(let column, _):
      names.contains(column) && column != close.name
    default: false
    }
  }

  /// What `--columns` takes to use the close alone.
  var closeAlone: String {
    let isName =
      !close.name.isEmpty && !close.name.contains { ",= '\"".contains($0) } && Int(close.name) == nil
    return "close=\(isName ? close.name : String(close.index + 1))"
  }
}
