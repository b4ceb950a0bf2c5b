import FoundationEssentials
import TestSupport
import Testing

/// Signals that people bring belong to the bars that they were made for.
@Suite struct SignalsCaseTests {
  /// The bars of dates-iso.csv: dates and closes.
  private static func bars() throws -> [(date: String, close: Double)] {
    let data = try Data(contentsOf: URL(filePath: CaseFile.path("dates-iso.csv")))
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",")
      return (String(cells[0]), Double(cells[4]) ?? .nan)
    }
  }

  /// 1 before each rise, `lag` bars late.
  private static func foresight(lag: Int = 0) throws -> [Int] {
    let closes = try bars().map(\.close)
    return closes.indices.map { bar in
      let known = bar - lag
      return known >= 0 && known + 1 < closes.count && closes[known + 1] > closes[known] ? 1 : 0
    }
  }

  private static func line(_ title: String, of ending: Program.Ending) -> String {
    let lines = ending.output.split(separator: "\n").map(String.init)
    return lines.first { $0.hasPrefix("  \(title)") } ?? ending.error
  }

  /// The winner's win rates in training and validation, as the summary has them.
  private static func winRates(_ ending: Program.Ending) -> [String] {
    let cells = line("win rate", of: ending).dropFirst("  win rate".count).split(separator: "%")
    return cells.prefix(2).map { $0.split(separator: " ").joined() + " %" }
  }

  @Test func aSignalForEachBarIsThatBars() throws {
    let ending = try CaseFile.run("sweep --data FILE --signals FILE:signals.json", on: "dates-iso.csv")
    #expect(ending.status == 0)
    let signals = "  signals       60 a strategy, one for each bar of the market"
    #expect(Self.line("signals", of: ending) == signals)
    #expect(Self.line("winner", of: ending).contains("foresight, best by Sharpe ratio"))
    #expect(Self.winRates(ending) == ["100.0 %", "100.0 %"], "\(ending.output)")
  }

  @Test func inTheObjectOfTheSummaryToo() throws {
    let ending = try CaseFile.run(
      "sweep --data FILE --signals FILE:signals.json --json", on: "dates-iso.csv")
    #expect(
      ending.output.contains("\"signals\": {\n    \"from\": \"market\",\n    \"per_strategy\": 60\n  }"))
  }

  @Test func foresightOneBarLateIsNone() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("{\"late\": \(try Self.foresight(lag: 1))}", as: "s")
    let ending = try CaseFile.run("sweep --data FILE --signals \(path)", on: "dates-iso.csv")
    #expect(ending.status == 0)
    // 5 of 12 trades, 2 of 3 trades.
    #expect(Self.winRates(ending) == ["41.7 %", "66.7 %"], "\(ending.output)")
  }

  @Test func asManyAsTrainingBarsBeginAnew() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("{\"a\": \(Array(try Self.foresight().prefix(42)))}", as: "s")
    let ending = try CaseFile.run("sweep --data FILE --signals \(path)", on: "dates-iso.csv")
    #expect(
      Self.line("signals", of: ending)
        == "  signals       42 a strategy, one for each training bar; they begin anew with validation")
    #expect(Self.winRates(ending) == ["100.0 %", "60.0 %"], "\(ending.output)")
    // What was done with all of them before is still there to be asked for.
    let asked = try CaseFile.run(
      "sweep --data FILE --signals FILE:signals.json --signals-from segment", on: "dates-iso.csv")
    #expect(Self.winRates(asked) == ["100.0 %", "60.0 %"])
  }

  @Test(arguments: [59, 61, 41, 43, 18]) func anyOtherNumberIsRefused(count: Int) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("{\"a\": \((0..<count).map { $0 % 2 })}", as: "s")
    let ending = try CaseFile.run("sweep --data FILE --signals \(path)", on: "dates-iso.csv")
    #expect(ending.status == 65)
    #expect(
      ending.error
        == "fluke: signals: found \(count) a strategy, expected 60, one for each bar of the market, or 42, "
        + "one for each training bar, to begin anew with each segment; "
        + "give every bar a signal, 0 where there is none\n")
  }

  @Test func tablesWithTimes() throws {
    let folder = try TemporaryFolder()
    let foresight = try Self.foresight()
    let bars = try Self.bars()
    let rows = zip(bars, foresight).map { "\($0.date),\($1),\(1 - $1)" }
    func run(_ lines: [String], _ options: String = "") throws -> Program.Ending {
      let path = try folder.write((["date,up,down"] + lines).joined(separator: "\n"), as: "s.json")
      return try CaseFile.run("sweep --data FILE --signals \(path) \(options)", on: "dates-iso.csv")
    }
    let plain = try run(rows)
    #expect(plain.status == 0, "\(plain.error)")
    #expect(Self.winRates(plain) == ["100.0 %", "100.0 %"])
    let more = try run(["2019-12-30,0,0", "2019-12-31,1,1"] + rows + ["2020-03-26,1,0"])
    #expect(Self.winRates(more) == ["100.0 %", "100.0 %"])
    #expect(more.output.contains("2 rows before the first bar left out"))
    #expect(more.output.contains("1 row after the last bar left out"))
    // A day late by its times: the same number of rows, and no word of it without times.
    let late = zip(bars.dropFirst(), foresight).map { "\($0.date),\($1),\(1 - $1)" }
    let refused = try run(late)
    #expect(refused.status == 65)
    #expect(
      refused.error == "fluke: s.json, line 2: the time is \(bars[1].date)T00:00:00Z, expected "
        + "\(bars[0].date)T00:00:00Z, that of bar 1; give a row for every bar, at the times of the bars\n")
  }

  @Test func theClassicConventionsAreThereToBeAskedFor() throws {
    let ending = try CaseFile.run(
      "sweep --data FILE --signals FILE:signals.json --signals-from segment --convention per-trade "
        + "--bars-per-year 252", on: "dates-iso.csv")
    #expect(Self.line("winner", of: ending).contains("foresight, best by win rate"))
    #expect(Self.winRates(ending) == ["100.0 %", "72.7 %"], "\(ending.output)")
  }

  @Test(arguments: [
    ("sweep --signals-axis bars", "--signals-axis: has no effect with --family coinflip, "),
    ("sweep --signals-from market", "--signals-from: has no effect with --family coinflip, "),
    ("sweep --signals-axis bar", "--signals-axis: \"bar\" is not known, the nearest is \"bars\"; "),
  ])
  func optionsWithoutSignals(arguments: String, message: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(arguments, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.error.hasPrefix("fluke: " + message), "\(ending.error)")
  }
}
