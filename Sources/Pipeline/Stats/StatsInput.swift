import Artifacts
import Statistics

/// What was made of a file of returns before anything was measured: recognised, used and left out.
public struct StatsInput: Sendable {
  /// The strategies of the file, used or not.
  let strategiesInFile: Int
  /// The names of strategies that were left out, because a return of theirs is undefined.
  let undefinedStrategies: [String]
  /// The names of strategies that were left out, because they never traded.
  let idleStrategies: [String]
  /// Strategies whose returns are those of an earlier one.
  let copies: Int
  /// Where the bars begin that were used.
  let start: CommonStart
  /// The time of the first bar that was used.
  let firstTime: Int64?
  /// The bars that were used.
  let bars: Int
  /// What the file's numbers are.
  let input: ReturnsInput
  /// What profits in money were divided by.
  let capital: Double?
  /// What the strategies have to beat, in words.
  let benchmark: String

  init(_ returns: TriedReturns, capital: Double?) {
    strategiesInFile = returns.strategiesInFile
    undefinedStrategies = returns.undefinedStrategies
    idleStrategies = returns.idleStrategies
    copies = returns.copies
    start = returns.start
    firstTime = returns.timestamps?.first
    bars = returns.matrix.bars
    input = returns.input
    self.capital = capital
    benchmark = returns.benchmark.words
  }

  /// The lines of the summary, each under its title.
  var lines: [String] {
    [Figures.entry("against", benchmark)] + valueLines + readingLines + startLines + strategyLines
  }

  private var valueLines: [String] {
    var lines: [String] = []
    if let reason = input.reason {
      lines.append(
        Figures.entry("values", "taken as percent: \(reason); if they are fractions, pass --values returns"))
    } else if input.values != .returns {
      let divided = capital.map { ", divided by a capital of \(Figures.short($0))" } ?? ""
      lines.append(Figures.entry("values", input.values.words + divided))
    }
    switch input.reading.spelling {
    case .points: break
    case .decimalCommas: lines.append(Figures.entry("values", "with decimal commas"))
    case .percentSigns: lines.append(Figures.entry("values", "with percent signs, divided by 100"))
    }
    lines += input.missing.map { Figures.entry("values", $0) }
    lines += input.checks.map { Figures.entry("check", $0) }
    return lines
  }

  private var readingLines: [String] {
    let reading = input.reading
    var lines: [String] = []
    if reading.isTransposed { lines.append(Figures.entry("turned", "the file has a row a strategy")) }
    if reading.isReversed { lines.append(Figures.entry("turned", "the file begins with its newest row")) }
    if input.isWide {
      lines.append(
        Figures.entry("rows", "taken for bars; if each is a strategy, pass --rows strategies"))
    }
    if reading.hasNumbersForNames {
      let rows =
        reading.headerRows == 1 ? "the first row" : "the first \(reading.headerRows) rows, joined by /"
      lines.append(
        Figures.entry("names", "\(rows), numbers unlike those below; if they are bars, pass --header-rows 0"))
    } else if reading.headerRows > 1 {
      lines.append(Figures.entry("names", "from \(reading.headerRows) rows, joined by /"))
    }
    for name in reading.rowNumbers {
      lines.append(Figures.entry("left out", "\(name), which numbers the rows"))
    }
    if reading.emptyColumns > 0 {
      lines.append(
        Figures.entry(
          "left out", Self.counted(reading.emptyColumns, "column") + " without a name and a return"))
    }
    return lines
  }

  private var startLines: [String] {
    var lines: [String] = []
    if start.emptyBars > 0 {
      lines.append(
        Figures.entry(
          "left out", Self.counted(start.emptyBars, "bar") + " at the beginning without any return"))
    }
    if start.benchmarkBars > 0 {
      lines.append(
        Figures.entry(
          "left out",
          Self.counted(start.benchmarkBars, "bar") + " at the beginning without a benchmark's return"))
    }
    if let latest = start.latest {
      let time = firstTime.map { ", \(Figures.day($0))" } ?? ""
      lines.append(
        Figures.entry(
          "common bars",
          "\(Figures.count(bars)) of \(Figures.count(input.rows)), from bar \(Figures.count(start.bar + 1))\(time), "
            + "where \(ImportText.brief(latest)) begins; --start-blank zero uses all"))
    }
    if start.fillsBlanks {
      lines.append(
        Figures.entry("blanks", "at the beginning of \(Self.counted(start.filled, "strategy")) taken as 0"))
    }
    return lines
  }

  private var strategyLines: [String] {
    var lines: [String] = []
    if !undefinedStrategies.isEmpty {
      let count = undefinedStrategies.count
      lines.append(
        Figures.entry(
          "left out",
          Self.counted(count, "strategy") + " with undefined returns, which count as tried: "
            + Self.listed(undefinedStrategies)))
    }
    if !idleStrategies.isEmpty {
      lines.append(
        Figures.entry(
          "never traded",
          Self.counted(idleStrategies.count, "strategy") + " with all returns 0, which count as tried: "
            + Self.listed(idleStrategies)))
    }
    if copies > 0 {
      lines.append(
        Figures.entry(
          "copies",
          Self.counted(copies, "strategy") + (copies == 1 ? " has" : " have")
            + " the returns of an earlier one"))
    }
    return lines
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    let plural = noun == "strategy" ? "strategies" : noun + "s"
    return Figures.count(count) + " " + (count == 1 ? noun : plural)
  }

  private static func listed(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
  }

  /// The member `data` of `results/overfitting.json`.
  var json: JSONValue {
    let reading = input.reading
    return [
      "bars": .integer(bars),
      "rows_in_file": .integer(input.rows),
      "first_bar_used": .integer(start.bar + 1),
      "first_time_used": firstTime.map { .text(CivilTime.iso8601(microseconds: $0)) } ?? .null,
      "empty_bars_left_out": .integer(start.emptyBars),
      "bars_before_common_start_left_out": .integer(start.bar - start.benchmarkBars - start.emptyBars),
      "bars_without_benchmark_left_out": .integer(start.benchmarkBars),
      "strategies_with_blanks_taken_as_zero": .integer(start.filled),
      "values": .text(input.values.rawValue),
      "values_source": .text(input.isGiven ? "given" : input.reason != nil ? "recognised" : "default"),
      "row_numbers_left_out": .list(reading.rowNumbers.map { .text($0) }),
      "empty_columns_left_out": .integer(reading.emptyColumns),
      "header_rows": .integer(reading.headerRows),
      "has_a_row_a_strategy": .flag(reading.isTransposed),
      "begins_with_newest_row": .flag(reading.isReversed),
      "strategies_in_file": .integer(strategiesInFile),
      "strategies_compared": .integer(
        strategiesInFile - undefinedStrategies.count - idleStrategies.count),
      "strategies_with_undefined_returns_left_out": .integer(undefinedStrategies.count),
      "strategies_that_never_traded_left_out": .integer(idleStrategies.count),
      "strategies_that_copy_an_earlier_one": .integer(copies),
    ]
  }
}
