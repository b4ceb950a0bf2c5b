import Artifacts

/// The times of a file, which is fed the cells row by row and says at the end what they are.
///
/// Nearly every file is plain after its first cell. Where it is not, because 43832 may be a count of several kinds or
/// 03/04/2020 a day of March or of April, the readings that are still possible are kept side by side until a row
/// excludes one, and what is left open at the end is settled by the whole, or refused.
struct TimeColumn {
  /// A row's time that can be read but has not been taken in.
  struct Cell {
    fileprivate(set) var style: TimeStyle
    fileprivate(set) var hasClock: Bool
    fileprivate(set) var hasZone: Bool
    /// The moment in the order that all rows so far allow, or the only one.
    fileprivate(set) var moment: Int64
    /// The moments in the orders of a date that are still open; `nil` where there is no such date.
    fileprivate(set) var open: InlineArray<3, Int64?> = InlineArray(repeating: nil)
    fileprivate(set) var number: TimeNumber?
    fileprivate(set) var clockNumber: ClockNumbers.Number?
    fileprivate(set) var hasPoints = false
  }

  /// The column of the times, or of the days.
  let column: MarketColumns.Column
  /// The column of the times of day, if there is one.
  let clockColumn: MarketColumns.Column?
  /// Whether the header does not say that the column holds times, so that it may number the rows.
  let mayNumberRows: Bool
  let settings: TimeSettings
  var zones: ZoneBook

  var style: TimeStyle?
  var hasZone = false
  var hasClock = false
  /// The first cell as it is written.
  var example = ""
  /// The times so far; of a count its days as microseconds, before they are days of a year.
  var times: [Int64] = []
  /// The orders of dates of three numbers that fit all rows, that of ``times`` first.
  var orders: [DateOrder] = []
  /// The times in the orders behind the first.
  var others: [[Int64]] = []
  var hasPoints = false
  var counts = CountSummary()
  var clockNumbers = ClockNumbers()
  /// Whether all numbers so far may be `yyyyMMddHH` as well as seconds since 1970.
  var mayBeHours = true
  var units: [EpochUnit] = []
  var zoneNames: [String] = []
  var lines = RowLines()

  init(
    _ column: MarketColumns.Column, clock: MarketColumns.Column? = nil, mayNumberRows: Bool = false,
    settings: TimeSettings = TimeSettings()
  ) {
    self.column = column
    self.clockColumn = clock
    self.mayNumberRows = mayNumberRows
    self.settings = settings
    zones = settings.zones
  }

  /// Whether a cell can only be a time, see ``TimeCell/isSure``.
  static func isTime(_ scanner: borrowing DelimitedScanner, field: Int) -> Bool {
    let place = scanner.fields[field]
    return TimeCell(scanner.bytes.span, from: place.start, to: place.end)?.isSure ?? false
  }

  /// Reads the time of the scanner's current record.
  mutating func read(_ scanner: borrowing DelimitedScanner) throws(RowFault) -> Cell {
    let place = scanner.fields[column.index]
    if style == .yearFirst, clockColumn == nil, settings.format == nil,
      let plain = PlainTime(scanner.bytes.span, from: place.start, to: place.end),
      plain.hasZone == hasZone, plain.hasZone || !plain.hasClock || zones.home == nil
    {
      return Cell(
        style: .yearFirst, hasClock: plain.hasClock, hasZone: plain.hasZone, moment: plain.microseconds)
    }
    let asked: TimeCell? = if let format = settings.format { try given(format, scanner) } else { nil }
    guard var found = asked ?? TimeCell(scanner.bytes.span, from: place.start, to: place.end) else {
      throw SampleCell.isClock(scanner.text(column.index))
        ? .timeOfDayAlone(column: column.name, found: text(scanner, column))
        : .unknownTime(column: column.name, found: text(scanner, column))
    }
    var cell = Cell(
      style: found.style, hasClock: found.clock != nil, hasZone: found.zone != .none, moment: 0,
      hasPoints: found.hasPoints)
    try checkStyle(cell, scanner)
    if let clockColumn, found.clock == nil, found.style != .epoch {
      try readClock(&found, &cell, scanner, clockColumn)
    }
    // Numbers are times of day of one kind, which all of them settle together: a row without one is in the way.
    if let clockColumn, !times.isEmpty, (cell.clockNumber == nil) != clockNumbers.isEmpty {
      throw .otherTimeFormat(
        column: clockColumn.name, found: text(scanner, clockColumn),
        needed: clockNumbers.isEmpty ? "04:00" : clockNumbers.text(0))
    }
    try fill(&cell, found, scanner)
    if style == nil { example = text(scanner, column) }
    return cell
  }

  /// Takes in what was read; `line` is that of its row.
  mutating func append(_ cell: Cell, line: Int) {
    if style == nil {
      style = cell.style
      hasZone = cell.hasZone
      hasPoints = cell.hasPoints
      if cell.style == .threeNumbers, cell.number == nil {
        orders = DateOrder.allCases.filter { cell.open[$0.rawValue] != nil }
        others = orders.dropFirst().map { _ in [] }
      }
    }
    lines.append(line)
    if cell.hasClock { hasClock = true }
    if let number = cell.clockNumber { clockNumbers.append(number) }
    guard orders.count < 2 else {
      appendOpen(cell)
      return
    }
    if let number = cell.number { takeIn(number, cell.style) }
    times.append(cell.moment)
  }

  private mutating func appendOpen(_ cell: Cell) {
    for index in orders.indices.reversed() where cell.open[orders[index].rawValue] == nil {
      orders.remove(at: index)
      if index > 0 {
        others.remove(at: index - 1)
      } else {
        times = others.removeFirst()
      }
    }
    times.append(cell.open[orders[0].rawValue] ?? 0)
    for index in others.indices { others[index].append(cell.open[orders[index + 1].rawValue] ?? 0) }
  }

  private mutating func takeIn(_ number: TimeNumber, _ style: TimeStyle) {
    if style == .count {
      counts.append(number)
    } else if let unit = EpochUnit(sizeOf: number) {
      if units.last != unit { units.append(unit) }
      if mayBeHours {
        mayBeHours =
          number.digits == 10 && number.isWhole && TimeCell.compactMoment(number.whole, digits: 10) != nil
      }
    }
  }

  private func checkStyle(_ cell: Cell, _ scanner: borrowing DelimitedScanner) throws(RowFault) {
    guard let style else { return }
    // A time of day may be left out at midnight, as some programs do, but never with a zone.
    let isAlike = cell.style == style || (cell.style == .compact && style == .compactClock)
    if isAlike, cell.hasZone == hasZone { return }
    throw .otherTimeFormat(column: column.name, found: text(scanner, column), needed: example)
  }

  private mutating func readClock(
    _ found: inout TimeCell, _ cell: inout Cell, _ scanner: borrowing DelimitedScanner,
    _ clockColumn: MarketColumns.Column
  ) throws(RowFault) {
    let place = scanner.fields[clockColumn.index]
    var text = TimeText(scanner.bytes.span, from: place.start, to: place.end)
    if let number = ClockNumbers.Number(text) {
      cell.clockNumber = number
      cell.hasClock = true
      return
    }
    guard let time = text.timeOfDay(), let zone = text.zone(), text.isAtEnd else {
      throw .unknownTime(column: clockColumn.name, found: self.text(scanner, clockColumn))
    }
    found.clock = time
    found.zone = zone
    cell.hasClock = true
    cell.hasZone = zone != .none
  }

  /// Gives the cell its moment, as far as it has one.
  private mutating func fill(
    _ cell: inout Cell, _ found: TimeCell, _ scanner: borrowing DelimitedScanner
  ) throws(RowFault) {
    let clock = found.clock ?? 0
    switch found.day {
    case .known(let midnight):
      cell.moment = try moment(midnight + clock, found, scanner)
    case .number(let number):
      cell.number = number
      if found.style == .count {
        cell.moment = number.dayMicroseconds + clock
        cell.hasClock = cell.hasClock || !number.isWhole
        return
      }
      guard let unit = EpochUnit(sizeOf: number), let moment = unit.microseconds(number) else {
        throw .implausibleTime(column: column.name, found: text(scanner, column))
      }
      cell.moment = moment
    case .open(let first, let second, let last, let firstDigits, let lastDigits):
      var isDate = false
      for order in style == nil ? openOrders : orders {
        let midnight = TimeCell.midnight(
          order, first, second, last, firstDigits: firstDigits, lastDigits: lastDigits)
        guard let midnight else { continue }
        isDate = true
        cell.moment = try moment(midnight + clock, found, scanner)
        cell.open[order.rawValue] = cell.moment
      }
      if !isDate { throw .unknownTime(column: column.name, found: text(scanner, column)) }
    }
  }

  private var openOrders: [DateOrder] {
    if case .order(let order)? = settings.format { [order] } else { DateOrder.allCases }
  }

  /// The moment of a clock that shows `local`.
  private mutating func moment(
    _ local: Int64, _ found: TimeCell, _ scanner: borrowing DelimitedScanner
  ) throws(RowFault) -> Int64 {
    switch found.zone {
    case .offset(let offset): return local - offset
    case .none:
      guard found.clock != nil, let home = zones.home else { return local }
      return Self.moment(local, home, after: times)
    case .name(let name):
      guard let rules = zones.rules(named: name) else {
        throw .unknownZone(column: column.name, found: text(scanner, column), zone: name)
      }
      if zoneNames.last != name, zoneNames.count < 3 { zoneNames.append(name) }
      return Self.moment(local, rules, after: times)
    }
  }

  /// The moment at which the clock of `rules` shows `local`: of two, the one that goes on in the order of the file.
  static func moment(_ local: Int64, _ rules: ZoneRules, after times: [Int64]) -> Int64 {
    let found = rules.moments(of: local)
    guard found.earlier != found.later, let last = times.last else { return found.earlier }
    if times.count > 1, last < times[times.count - 2] {
      return found.later < last ? found.later : found.earlier
    }
    return found.earlier > last ? found.earlier : found.later
  }

  func text(_ scanner: borrowing DelimitedScanner, _ column: MarketColumns.Column) -> String {
    ImportText.brief(scanner.text(column.index))
  }
}
