/// Which column of a file holds what.
struct MarketColumns {
  /// The name of a column in the file and its place, counted from 0.
  struct Column {
    let name: String
    let index: Int
  }

  var timestamp: Column
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
  /// - Throws: ``BarsFault`` if the user's choices are not there.
  init?(header: [String], plain: [String], rows: [[String]], choices: BarsChoices) throws(BarsFault) {
    let names = NamedColumns(header: header, plain: plain, rows: rows)
    let chosen = choices.columns
    func given(_ role: ColumnChoices.Role) throws(BarsFault) -> Column? {
      try chosen.column(role, names: header)
    }
    let (date, clock) = (try given(.date), try given(.time))
    guard let timestamp = date ?? clock ?? names.moment else { return nil }
    self.timestamp = timestamp
    time = date == nil ? (clock == nil ? names.clock(beside: timestamp) : nil) : clock
    mayNumberRows = timestamp.name.isEmpty
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
  init(timestamp: Int, clock: Int?, prices: [Int], volume: Int?, symbol: Int?, count: Int) {
    self.timestamp = Column(name: clock == nil ? "time" : "date", index: timestamp)
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

/// Finds columns by the names of a header, and by their values where a name has two meanings.
struct NamedColumns {
  let header: [String]
  let plain: [String]
  let rows: [[String]]

  private func column(_ index: Int) -> MarketColumns.Column {
    MarketColumns.Column(name: header[index], index: index)
  }

  func first(of names: [String]) -> MarketColumns.Column? {
    for name in names {
      if let index = plain.firstIndex(of: name) { return column(index) }
    }
    return nil
  }

  private func first(of names: [String], side: String) -> MarketColumns.Column? {
    first(of: names.flatMap { [side + $0, $0 + side] })
  }

  /// The first cell of a column that holds anything.
  private func cell(_ column: MarketColumns.Column) -> String? {
    rows.lazy.compactMap { $0.indices.contains(column.index) ? $0[column.index] : nil }.first { !$0.isEmpty }
  }

  /// The column of the times: by its name the first that holds times, or else the first of such a name.
  var moment: MarketColumns.Column? {
    var found: [MarketColumns.Column] = []
    for name in FieldName.moments + FieldName.days + FieldName.clocks {
      if let index = plain.firstIndex(of: name) { found.append(column(index)) }
    }
    for prefix in ["timestamp", "datetime", "date", "time"] {
      if let index = plain.firstIndex(where: { $0.hasPrefix(prefix) }) { found.append(column(index)) }
    }
    // Tables saved with their index have a first column without a name.
    if header.first == "" { found.append(column(0)) }
    return found.first { cell($0).map(SampleCell.isTimeOrNumber) == true } ?? found.first
  }

  /// The time of day beside a column of days.
  func clock(beside moment: MarketColumns.Column) -> MarketColumns.Column? {
    let plainMoment = plain[moment.index]
    // A gap in the header is a second part of the times, where rows have one field more than names.
    if plain.indices.contains(moment.index + 1), plain[moment.index + 1] == Self.clockMark {
      return column(moment.index + 1)
    }
    guard FieldName.days.contains(plainMoment) else { return nil }
    for name in FieldName.clocks {
      guard let index = plain.firstIndex(of: name), index != moment.index else { continue }
      if name == "time" || cell(column(index)).map(SampleCell.isClock) == true { return column(index) }
    }
    return nil
  }

  /// Stands for the name of a column of times of day that has none.
  static let clockMark = "time of day"

  struct Prices {
    let close: MarketColumns.Column
    let range: (open: MarketColumns.Column, high: MarketColumns.Column, low: MarketColumns.Column)?
    var notes: [DataNote] = []
  }

  /// The prices; `nil` if a close is missing, or one of open, high and low.
  var prices: Prices? {
    if let close = first(of: FieldName.close) ?? first(of: FieldName.adjustedClose) {
      return prices(close, first(of: FieldName.open), first(of: FieldName.high), first(of: FieldName.low))
    }
    for side in FieldName.sides {
      guard let close = first(of: FieldName.close, side: side) else { continue }
      var found = prices(
        close, first(of: FieldName.open, side: side), first(of: FieldName.high, side: side),
        first(of: FieldName.low, side: side))
      let others = FieldName.sides.filter { $0 != side && first(of: FieldName.close, side: $0) != nil }
      if !others.isEmpty {
        found?.notes.append(
          DataNote(
            "prices",
            "\(close.name); prices of \(others.joined(separator: " and ")) are there and were not used"))
      }
      return found
    }
    // A time and one column besides, as tables of one series have it.
    guard plain.count == 2, FieldName.isTime(header[0]), !plain[1].isEmpty else { return nil }
    return Prices(close: column(1), range: nil, notes: [DataNote("prices", header[1])])
  }

  private func prices(
    _ close: MarketColumns.Column, _ open: MarketColumns.Column?, _ high: MarketColumns.Column?,
    _ low: MarketColumns.Column?
  ) -> Prices? {
    if let open, let high, let low { return Prices(close: close, range: (open, high, low)) }
    return open == nil && high == nil && low == nil ? Prices(close: close, range: nil) : nil
  }

  /// The volume. Some sources name the unit too: "Volume BTC".
  var volume: MarketColumns.Column? {
    let volume =
      first(of: FieldName.volume) ?? plain.firstIndex { $0.hasPrefix("volume") }.map { column($0) }
    let ticks = first(of: FieldName.ticks)
    guard let volume else { return ticks }
    // Where nobody knows the volume, some programs write zeros and count the ticks.
    let isZero = rows.allSatisfy { row in
      row.indices.contains(volume.index)
        && WrittenNumber.parse(row[volume.index], hasDecimalComma: false) == 0
    }
    return isZero ? ticks ?? volume : volume
  }
}
