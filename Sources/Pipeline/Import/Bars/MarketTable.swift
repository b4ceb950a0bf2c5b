import Artifacts
import Backtesting

/// The bars of one file while it is read.
struct MarketTable {
  private let file: String
  private let columns: MarketColumns
  private var notes: [DataNote]
  private let skipsBadRows: Bool
  private let choices: BarsChoices
  /// `nil` where bars are numbered.
  private var times: TimeColumn?
  private var bars = BarColumns()
  private var rows = 0
  private var bad = BadRowCounts()
  private var symbols: SymbolFilter
  /// The clocks of rows whose times name one, where bounds of time are given on it.
  private var zones: RowZones?
  /// Closes whose points may set thousands apart.
  private var thousands = ThousandsMarks()
  /// Closes behind a sign.
  private var markedQuotes = 0
  /// Blank lines are part of the end of a file until another row shows that they are not.
  private var firstBlankLine = 0
  private var blankCount = 0

  init(
    file: String, layout: BarsLayout, skipsBadRows: Bool, settings: TimeSettings, choices: BarsChoices
  ) {
    self.file = file
    columns = layout.columns
    notes = layout.notes
    self.skipsBadRows = skipsBadRows
    self.choices = choices
    if let timestamp = columns.timestamp, !choices.numbersBars {
      times = TimeColumn(
        timestamp, clock: columns.time, mayNumberRows: columns.mayNumberRows, settings: settings)
      if choices.from != nil || choices.to != nil { zones = RowZones(timestamp.index) }
    }
    symbols = SymbolFilter(columns.symbol, wanted: choices.symbol)
  }

  /// Reads all rows.
  mutating func read(_ scanner: inout DelimitedScanner) throws {
    while try scanner.next() {
      if scanner.isBlank {
        if blankCount == 0 { firstBlankLine = scanner.line }
        blankCount += 1
        continue
      }
      let start = scanner.fields[0].start
      if start < scanner.bytes.count, scanner.bytes[start] == UInt8(ascii: "#") { continue }
      if blankCount > 0 {
        rows += blankCount
        bad.note(.blankLine, line: firstBlankLine, rows: blankCount, after: bars.close.count)
        blankCount = 0
      }
      if symbols.leavesOut(scanner) { continue }
      try append(scanner)
    }
  }

  private mutating func append(_ scanner: borrowing DelimitedScanner) throws(ImportError) {
    rows += 1
    do throws(RowFault) {
      let row = try MarketRow(scanner, columns: columns, times: &times)
      if let time = row.time { times?.append(time, line: scanner.line) }
      if row.isMarkedQuote { markedQuotes += 1 }
      if row.close >= 1, !columns.hasDecimalComma {
        thousands.append(scanner, columns.close.index, column: 0)
      }
      bars.append(row)
      zones?.append(scanner)
    } catch {
      bad.note(
        error, line: scanner.line, rows: 1, after: bars.close.count, isOfRange: columns.isOfRange(error))
    }
    if bars.close.count > MarketReader.maximumBars {
      throw .tooMany(file, kind: "bars", found: bars.close.count, limit: MarketReader.maximumBars)
    }
  }

  /// What was read; leaves nothing behind.
  mutating func reading() throws(ImportError) -> MarketReading {
    do throws(BarsFault) { try symbols.check(rows: rows, names: columns.names) } catch {
      throw .badBars(file, error)
    }
    if rows == 0 { throw .headerOnly(file) }
    if bars.close.isEmpty { throw refusal }
    if let open = thousands.open({ _ in bars.close.contains { $0 < 1 } }) {
      throw .badBars(
        file, .thousands(line: open.pointed, column: ImportText.brief(columns.close.name), plain: open.plain))
    }
    let found = try finishTimes()
    for fault in found.faults { bad.note(fault.fault, line: fault.line, rows: 1, after: nil) }
    if !skipsBadRows, bad.first != nil { throw refusal }
    var timestamps = found.timestamps
    if let kept = found.kept { bars.keep(kept) }
    let inside = try wanted(found)
    if found.report.isNewestFirst {
      timestamps.reverse()
      bars.reverse()
    }
    notes += bad.holes(timestamps, kept: found.kept, isReversed: found.report.isNewestFirst)
    let unknown = bars.volume.count { $0.isNaN }
    if unknown > 0, columns.volume != nil {
      notes.append(
        DataNote("volume", "unknown in \(Figures.count(unknown)) of \(Figures.count(bars.volume.count)) bars")
      )
    }
    if markedQuotes > 0 {
      notes.append(
        DataNote(
          "prices",
          "\(columns.close.name) is below zero in \(Figures.count(markedQuotes)) of \(Figures.count(bars.close.count)) "
            + "bars, as where CRSP gives the mean of bid and ask; taken without the sign"))
    }
    let all = Market(
      name: InputFile.stem(ofPath: file), timestamps: timestamps, open: bars.open, high: bars.high,
      low: bars.low, close: bars.close, volume: bars.volume)
    return MarketReading(
      market: inside == timestamps.indices ? all : all[inside],
      report: ImportReport(rowsRead: rows, times: found.report, skipped: bad.skipped, notes: notes))
  }

  /// The times; the numbers of the bars where there are none.
  private mutating func finishTimes() throws(ImportError) -> FileTimes {
    do throws(TimeFault) {
      if let found = try times?.finish(leavingOutRows: true) { return found }
    } catch {
      // From where spreadsheets have their dates on, numbers that rise by one may be days.
      guard case .rowNumbers(_, let first, _) = error, columns.mayNumberRows, Int(first) ?? .max < 20_000
      else {
        throw .badTimes(file, error)
      }
    }
    if let bound = choices.from ?? choices.to {
      throw .badBars(file, .noTimes(option: choices.from == nil ? "to" : "from", found: bound.text))
    }
    return FileTimes(numbering: bars.close.count)
  }

  private var refusal: ImportError {
    if skipsBadRows || bad.first == nil {
      let first = bad.first ?? bad.firstWithoutPrice
      return .noGoodRow(file, rows: rows, line: first?.line ?? 1, first?.fault ?? .blankLine)
    }
    return .badBars(file, .rows(bad.rows(of: rows, closeAlone: columns.closeAlone)))
  }

  /// The bars that the user wants, once all are in order of time.
  private func wanted(_ found: FileTimes) throws(ImportError) -> Range<Int> {
    let times = found.timestamps
    guard let zones else { return times.indices }
    let rules = self.times?.clockRules
    /// What the clock of the file shows at a bar.
    func clock(_ index: Int) -> Int64 {
      let time = times[index]
      return time + (rules?.offset(at: time) ?? zones.offset(row: found.kept?[index] ?? index))
    }
    func isBefore(_ index: Int) -> Bool {
      guard let from = choices.from else { return false }
      return (from.hasZone ? times[index] : clock(index)) < from.first
    }
    func isAfter(_ index: Int) -> Bool {
      guard let to = choices.to else { return false }
      return (to.hasZone ? times[index] : clock(index)) > to.last
    }
    let inside = times.indices.filter { !isBefore($0) && !isAfter($0) }
    guard let first = inside.first, let last = inside.last else {
      let ends = [times.first ?? 0, times.last ?? 0].sorted().map { CivilTime.iso8601(microseconds: $0) }
      throw .badBars(
        file, .noBars(from: choices.from?.text, to: choices.to?.text, first: ends[0], last: ends[1]))
    }
    return found.report.isNewestFirst
      ? (times.count - 1 - last)..<(times.count - first) : first..<(last + 1)
  }
}

/// Prices and volumes of bars as they come.
struct BarColumns {
  private(set) var open: [Double] = []
  private(set) var high: [Double] = []
  private(set) var low: [Double] = []
  private(set) var close: [Double] = []
  private(set) var volume: [Double] = []

  mutating func append(_ row: MarketRow) {
    open.append(row.open)
    high.append(row.high)
    low.append(row.low)
    close.append(row.close)
    volume.append(row.volume)
  }

  /// Keeps these rows alone.
  mutating func keep(_ rows: [Int]) {
    open = rows.map { open[$0] }
    high = rows.map { high[$0] }
    low = rows.map { low[$0] }
    close = rows.map { close[$0] }
    volume = rows.map { volume[$0] }
  }

  /// Puts the last row first.
  mutating func reverse() {
    open.reverse()
    high.reverse()
    low.reverse()
    close.reverse()
    volume.reverse()
  }
}
