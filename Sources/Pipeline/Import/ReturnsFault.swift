import Artifacts

/// What can be wrong with a table of returns or of p-values.
public enum ReturnsFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// No column besides the times.
  case noColumn(line: Int)
  case emptyName(line: Int, column: Int)
  /// Another number of fields than line `first` has.
  case rowLength(line: Int, found: Int, first: Int, needed: Int)
  case badReturn(line: Int, column: String, found: String)
  case badProbability(line: Int, column: String, found: String)
  case badTime(line: Int, RowFault)
  /// The times cannot be used though each can be read.
  case badTimes(TimeFault)
  /// A column without a name, before the returns, that holds neither times nor whole numbers.
  case badLead(line: Int, column: Int, found: String)
  /// A year and a month that make no date; rows count from 1.
  case badDate(row: Int, year: Int, month: Int)
  /// Times that neither rise nor fall throughout.
  case badOrder(row: Int, found: Int64, last: Int64)
  /// Twice as many fields as names, or whole numbers in pairs: decimal commas between commas.
  case decimalCommas(line: Int, fields: Int, needed: Int?)
  /// Decimal commas or percentages beside decimal points or plain fractions.
  case mixedSpellings(line: Int, column: String, found: String)
  /// Numbers that look like something else.
  case otherValues(found: String, remedy: String)
  /// A number with a point before its last three digits in a column with whole ones of three digits, as in line `plain`.
  case thousands(line: Int, column: String, plain: Int)
  /// A row for each bar and strategy, of which `column` names the strategy; `remedy` makes columns of them.
  case longTable(line: Int, column: String, found: String, remedy: String)
  /// Times behind the first strategy.
  case timesBehind(line: Int, column: String, found: String, remedy: String)
  /// A row that sums up those above it, counted from 1, with `below` more rows, and another after each `period` rows where
  /// that is not 0; `option` says that it is none.
  case totalRow(line: Int?, row: Int, holds: String, below: Int, period: Int, option: String)
  /// A row with the name of a sum, or none, where a time or a row's number belongs.
  case summary(line: Int, column: String, found: String)
  /// A number that values of this kind cannot have; bars count from 1.
  case notOfKind(column: String, bar: Int, found: Double, kind: ReturnsValues)
  /// A table without names that seems to have strategies for rows.
  case sides(rows: Int, columns: Int, reason: String)
  /// Rows that are numbered as years would be.
  case perhapsYears(first: Int, last: Int)
  /// A column that begins so late that little is left for all; bars count from 1.
  case lateColumn(name: String, others: Int, bar: Int, time: Int64?, common: Int, longest: Int)
  /// Bars of a market that do not go with the returns.
  case marketCount(market: String, found: Int, needed: Int)
  case marketTime(market: String, bar: Int, time: Int64)
  /// A table in these lines of a file that holds others as well, of which `other` is a line.
  case severalTables(ClosedRange<Int>, other: Int, text: String, command: String)
  /// A table of months (columns) by years (rows).
  case calendar(line: Int)
  /// More columns than a series or a list of p-values has.
  case columns(found: Int, needed: String)
  /// A benchmark of another length than the returns.
  case barCount(found: Int, needed: Int)
  /// A benchmark whose bar number `bar`, counted from 1, has another time, in microseconds since 1970.
  case barTime(bar: Int, found: Int64, needed: Int64)

  /// The line of the fault, counted from 1, if it has one.
  public var line: Int? {
    switch self {
    case .noColumn(let line), .emptyName(let line, _), .rowLength(let line, _, _, _),
      .badReturn(let line, _, _), .badProbability(let line, _, _), .badTime(let line, _),
      .badLead(let line, _, _), .decimalCommas(let line, _, _), .mixedSpellings(let line, _, _),
      .calendar(let line), .summary(let line, _, _), .longTable(let line, _, _, _),
      .timesBehind(let line, _, _, _), .thousands(let line, _, _):
      line
    case .totalRow(let line, _, _, _, _, _): line
    case .badTimes(let fault): fault.line
    case .columns, .barCount, .barTime, .badDate, .badOrder, .otherValues, .notOfKind, .sides, .perhapsYears,
      .lateColumn, .marketCount, .marketTime, .severalTables:
      nil
    }
  }

  /// What was found and needed, and what to do; without the place, which the caller puts before it.
  public var description: String {
    switch self {
    case .noColumn:
      "no column besides the times, expected a column a strategy; check how the file was made"
    case .emptyName(_, let column):
      "column \(column) has no name, expected one for every strategy; name or remove the column"
    case .rowLength(_, let found, let first, let needed):
      "\(found) fields, expected \(needed) as in line \(first); correct or remove the row"
    case .badReturn(_, let column, let found):
      "\(column) is \"\(found)\", expected a finite number, or an empty cell where it is undefined; correct the cell"
    case .badProbability(_, let column, let found):
      "\(column) is \"\(found)\", expected a p-value from 0 to 1, or an empty cell where it is undefined; "
        + "correct the cell"
    case .badTime(_, let fault):
      "\(fault.words); correct or remove the row"
    case .badTimes(.row(let line, .timeRepeated(let column, let found))):
      TimeFault.row(line: line, .timeRepeated(column: column, found: found)).words
        + ", or pivot the table if it has a row for each bar and strategy"
    case .badTimes(let fault):
      fault.words
    case .badLead(_, let column, let found):
      "column \(column) has no name and holds \"\(found)\", expected times or the numbers of rows; "
        + "name it if it is a strategy, else correct the cell"
    case .badDate(let row, let year, let month):
      "row \(row) is of year \(year), month \(month), expected a date; correct or remove the row"
    case .badOrder(let row, let found, let last):
      "row \(row) is of \(CivilTime.iso8601(microseconds: found)) after "
        + "\(CivilTime.iso8601(microseconds: last)), expected times that rise or fall throughout; "
        + "sort the rows and remove repeated ones"
    case .decimalCommas(_, let fields, let needed?):
      "\(fields) fields, expected \(needed): commas seem to mark decimals and to separate cells; "
        + "write decimal points, or separate cells with semicolons"
    case .decimalCommas(_, let fields, nil):
      "all \(fields) fields are whole numbers, in pairs such as 0 and 0123: commas seem to mark decimals and to "
        + "separate cells; write decimal points, or separate cells with semicolons"
    case .mixedSpellings(_, let column, let found):
      "\(column) is \"\(found)\", expected one spelling of numbers in all cells: decimal points, decimal commas "
        + "or percent signs; write all alike"
    case .otherValues(let found, let remedy):
      "\(found), expected the return of a bar in each cell, as a fraction; \(remedy)"
    case .totalRow(_, let row, let holds, let below, let period, let option):
      if period > 0 {
        "row \(Figures.count(row)) holds the \(holds) of each column above it, as does each row after \(period) others, "
          + "expected the return of a bar; remove these rows, or say what the numbers are with --\(option) if they are bars"
      } else {
        "row \(Figures.count(row)) holds the \(holds) of each column above it, expected the return of a bar; remove the row"
          + (below > 0 ? " and the \(Figures.count(below, "row", "rows")) below it" : "")
          + ", or say what the numbers are with --\(option) if it is a bar"
      }
    case .thousands(_, let column, let plain):
      ThousandsMarks.words(column: column, plain: plain)
    case .longTable(_, let column, let found, let remedy):
      "\(column) is \"\(found)\", so that there is a row for each bar and strategy, expected a row a bar and a column "
        + "a strategy; \(remedy)"
    case .timesBehind(_, let column, let found, let remedy):
      "\(column) is \"\(found)\", a time behind returns, expected the times in the first column; \(remedy)"
    case .summary(_, let column, let found):
      "\(column) is \"\(found)\", expected the time or the number of a bar; "
        + "remove the row if it sums up others, else correct the cell"
    case .notOfKind(let column, let bar, let found, let kind):
      "\(column), bar \(bar): \(found) is no value of the kind \(kind.rawValue), expected "
        + (kind.bound.flatMap { $0 < 0 ? "more than \(Figures.short($0))" : nil } ?? "a positive number")
        + "; pass the kind that the numbers are of, or correct the cell"
    case .sides(let rows, let columns, let reason):
      "\(Figures.count(rows)) rows and \(Figures.count(columns)) columns, expected a row a bar: \(reason); "
        + "pass --rows strategies if each row is one, or --rows bars to keep them"
    case .perhapsYears(let first, let last):
      "the first column counts from \(first) to \(last), which may be years or the numbers of rows; "
        + "pass --time-format year for years, or --time-format rows"
    case .lateColumn(let name, let others, let bar, let time, let common, let longest):
      name + (others > 0 ? " (and \(Figures.count(others)) more columns late as well)" : "")
        + " begins at bar \(Figures.count(bar))"
        + (time.map { " (\(Figures.day($0)))" } ?? "")
        + ", so that all columns have \(Figures.count(common)) bars in common, expected half of the "
        + "\(Figures.count(longest)) of the longest; remove late columns, or pass --start-blank zero, "
        + "or --start-blank common for these \(Figures.count(common))"
    case .marketCount(let market, let found, let needed):
      "\(found) returns without times, expected \(needed) or \(needed - 1), one for each bar of \(market) or all but "
        + "the first; give times, or the bars that the returns are of"
    case .marketTime(let market, let bar, let time):
      "bar \(bar) is of \(CivilTime.iso8601(microseconds: time)), at which \(market) has no bar, "
        + "expected one for each return; give the bars that the returns are of"
    case .severalTables(let lines, let other, let text, let command):
      "lines \(lines.lowerBound) to \(lines.upperBound) are a table, and line \(other), \"\(text)\", is of another, "
        + "expected one table; cut it out: \(command)"
    case .calendar:
      "the columns are months, expected a column a strategy; write one row a month, as in 2015-01,0.0123"
    case .columns(let found, let needed):
      "\(found) columns, expected \(needed); remove the others"
    case .barCount(let found, let needed):
      "\(found) bars, expected \(needed) as the returns have; give the benchmark over the same bars"
    case .barTime(let bar, let found, let needed):
      "bar \(bar) is of \(CivilTime.iso8601(microseconds: found)), expected "
        + "\(CivilTime.iso8601(microseconds: needed)) as the returns have; give the benchmark over the same bars"
    }
  }
}
