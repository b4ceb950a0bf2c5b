import Artifacts

/// The column of times before the returns, and numbers that may be times.
struct LeadTimes {
  private var column: TimeColumn?
  private let settings: TimeSettings

  init(settings: TimeSettings) {
    self.settings = settings
  }

  /// Whether the cell can only be a time: no return is a date or a count of seconds since 1970.
  static func isTime(_ scanner: borrowing DelimitedScanner, _ field: Int) -> Bool {
    TimeColumn.isTime(scanner, field: field)
  }

  /// Takes the cell of the current record.
  ///
  /// - Parameters:
  ///   - clock: the field of the time of day, if there is one.
  ///   - isNamed: whether the header says that the column holds times.
  mutating func append(
    _ scanner: borrowing DelimitedScanner, _ field: Int, clock: Int?, column name: String, isNamed: Bool
  ) throws(ReturnsFault) {
    if column == nil {
      column = TimeColumn(
        MarketColumns.Column(name: name, index: field),
        clock: clock.map { MarketColumns.Column(name: "time", index: $0) }, mayNumberRows: !isNamed,
        settings: settings)
    }
    do throws(RowFault) {
      guard let cell = try column?.read(scanner) else { return }
      column?.append(cell, line: scanner.line)
    } catch {
      let found = ImportText.brief(scanner.text(field))
      if SummaryWord.isOne(found) { throw .summary(line: scanner.line, column: name, found: found) }
      throw .badTime(line: scanner.line, error)
    }
  }

  /// The times; `nil` if they number the rows.
  mutating func finish() throws(ReturnsFault) -> FileTimes? {
    do throws(TimeFault) {
      return try column?.finish()
    } catch {
      if case .rowNumbers = error { return nil }
      throw .badTimes(error)
    }
  }

  static func unknown(
    _ scanner: borrowing DelimitedScanner, _ field: Int, column: String
  ) -> ReturnsFault {
    .badTime(
      line: scanner.line, .unknownTime(column: column, found: ImportText.brief(scanner.text(field))))
  }

  /// The times that numbers spell, whole ones unless somebody says how they are written; `nil` if they may be the numbers
  /// of rows, or no times.
  static func times(of numbers: [Double], settings: TimeSettings) -> FileTimes? {
    guard
      numbers.allSatisfy({ abs($0) < CountingColumn.bound && ($0 == $0.rounded() || settings.format != nil) })
    else { return nil }
    return times(ofCells: numbers.map(cell), settings: settings)
  }

  /// A number as a cell of text has it.
  static func cell(_ number: Double) -> String {
    number == number.rounded() && abs(number) < CountingColumn.bound ? String(Int(number)) : "\(number)"
  }

  /// The times that cells spell.
  static func times(ofCells cells: [String], settings: TimeSettings) -> FileTimes? {
    guard !cells.isEmpty, var scanner = SignalLabels.cells(cells) else { return nil }
    var column = TimeColumn(
      MarketColumns.Column(name: "column", index: 0), mayNumberRows: true, settings: settings)
    while (try? scanner.next()) == true {
      guard let cell = try? column.read(scanner) else { return nil }
      column.append(cell, line: scanner.line)
    }
    return try? column.finish()
  }
}
