import TestSupport
import Testing

/// Files whose times are not what they look like, and files of irregular bars.
@Suite struct TimeCaseTests {
  private func data(_ name: String, _ options: String = "") throws -> String {
    let ending = try CaseFile.run("data --data FILE \(options)", on: name)
    #expect(ending.status == 0, "\(ending.error)")
    return ending.output
  }

  @Test func datesAsSpreadsheetsCountThem() throws {
    let text = try data("dates-serial.csv")
    #expect(text.contains("60 from 2020-01-02T00:00:00Z to 2020-03-25T00:00:00Z"))
    #expect(text.contains("252 bars a year") && text.contains("1 day") && text.contains("spreadsheets"))
  }

  @Test func fourteenDigits() throws {
    let text = try data("compact-14.csv")
    #expect(text.contains("from 2024-01-02T09:30:00Z to 2024-01-03T15:55:00Z"))
    #expect(text.contains("19,656 bars a year") && text.contains("5 min"))
  }

  @Test func barsLeftOutWhereNothingWasTraded() throws {
    let text = try data("sparse-hours.csv")
    #expect(text.contains("743 from") && text.contains("5,425 bars a year"))
  }

  @Test func millisecondsThenMicroseconds() throws {
    let text = try data("klines-unit-change.csv")
    #expect(text.contains("30 from 2024-12-28T00:00:00Z to 2025-01-26T00:00:00Z"))
    #expect(text.contains("milliseconds, then microseconds") && text.contains("365.25 bars a year"))
  }

  @Test func aZoneByItsName() throws {
    let text = try data("zone-name.csv")
    #expect(text.contains("20 from 2020-01-02T14:30:00Z to 2020-01-29T14:30:00Z"))
    #expect(text.contains("converted to UTC from US/Eastern"))
  }

  @Test func newestFirstIsTurnedRound() throws {
    let text = try data("newest-first.csv")
    #expect(text.contains("60 from 2020-01-02T00:00:00Z to 2020-03-25T00:00:00Z"))
    #expect(text.contains("newest first"))
  }

  @Test func monthsOfReturns() throws {
    let ending = try CaseFile.run("stats FILE --blocks 8 --bootstrap 0 --json", on: "returns-yyyymm.csv")
    #expect(ending.status == 0, "\(ending.error)")
    #expect(
      ending.output.contains("\"periods_per_year\":12,")
        || ending.output.contains("\"periods_per_year\": 12,"))
    #expect(ending.output.contains("monthly"))
  }

  @Test func theFindingsAsJSON() throws {
    let text = try data("sparse-hours.csv", "--json")
    #expect(text.hasPrefix("{") && text.contains("bars_left_out") && text.contains("\"bars_per_year\""))
  }

  /// The same bars under other spellings of their dates, and under what cannot be told apart.
  @Test func turnedRound() throws {
    let folder = try TemporaryFolder()
    func write(_ cells: (Int) -> String) throws -> String {
      let rows = (0..<60).map { "\(cells($0)),\(100 + $0 % 5)\n" }.joined()
      return try folder.write("Date,Close\n" + rows, as: "bars.csv")
    }
    func run(_ options: String) throws -> Program.Ending {
      try Program.run("data \(options)", in: folder.path)
    }
    // Days of MATLAB and of Julius Scaliger from 2020-01-02 on, a bar a day.
    for first in [737_792.0, 2_458_850.5] {
      _ = try write { "\(first + Double($0))" }
      #expect(try run("--data bars.csv").output.contains("60 from 2020-01-02T00:00:00Z"))
    }
    _ = try write { "01/\($0 % 12 < 9 ? "0" : "")\(1 + $0 % 12)/\(2000 + $0 / 12)" }
    let refusal = try run("--data bars.csv")
    #expect(refusal.status == 65 && refusal.error.contains("--time-format dmy or --time-format mdy"))
    #expect(try run("--data bars.csv --time-format mdy").output.contains("to 2004-01-12T00:00:00Z"))
    _ = try write { "\($0)" }
    let rows = try run("--data bars.csv")
    #expect(rows.status == 65 && rows.error.contains("counts the rows"))
    #expect(try run("--data bars.csv --time-format days").output.contains("from 1970-01-01T00:00:00Z"))
    _ = try write { "2020-01-0\(1 + $0 / 24) \($0 % 24 < 10 ? "0" : "")\($0 % 24):30" }
    #expect(
      try run("--data bars.csv --time-zone America/New_York").output.contains("from 2020-01-01T05:30:00Z"))
    let zone = try run("--data bars.csv --time-zone Mars/Olympus")
    #expect(zone.status == 64 && zone.error.contains("--time-zone"))
  }

  @Test func barsWithoutTimesGoThroughASweep() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<240).map { (bar: Int) -> String in
      let close = 40 + Double(bar * 7 % 23) / 8 + Double(bar) / 50
      return "\(close),\(close + 1),\(close - 1),\(close + 0.25)"
    }
    try folder.write("Open,High,Low,Close\n" + rows.joined(separator: "\n"), as: "bars.csv")
    func run(_ line: String) throws -> Program.Ending {
      let ending = try Program.run(line, in: folder.path)
      #expect(ending.status == 0, "\(ending.error)")
      return ending
    }
    let data = try run("data bars.csv --write copy.csv").output
    #expect(data.contains("240 from bar 1 to bar 240") && data.contains("252 bars a year: assumed"))
    let copy = try run("data copy.csv --json").output
    #expect(!data.contains("1970") && !copy.contains("1970"))
    let sweep = try run(
      "sweep --data bars.csv --family momentum --lookback 1:9 --blocks 4 --bootstrap 0 --bars-per-year 1000 --output r"
    )
    #expect(!sweep.output.contains("1970") && sweep.output.contains("bar 240"))
    #expect(folder.contents.contains("r/plots/equity_curves.png"))
    let validation = try run("validate --output r").output
    #expect(!validation.contains("1970"))
  }
}
