import Testing

@testable import Benchmarking

@Suite struct BenchmarkTablesTests {
  @Test func aBacktestOnOneThreadAndOnTwo() throws {
    let record = SampleRecord.record([
      SampleRecord.backtest("a", threads: 1), SampleRecord.backtest("a", threads: 2),
    ])
    let table = try #require(record.tables.first)
    #expect(
      table.header == [
        "case", "strategies", "1 thread", "limit", "reached", "in turn", "2 threads", "limit", "reached",
        "in turn", "scaling", "limit's scaling", "features", "blocks", "peak MB",
      ])
    #expect(
      table.rows == [
        [
          "a", "10,000", "5.0", "10.0", "50 %", "63 %", "5.0", "10.0", "50 %", "63 %", "2.00", "", "25 %",
          "5 %",
          "42",
        ]
      ])
  }

  /// As in a file that someone else made.
  @Test func aCaseThatWasNotMeasuredOnAllThreads() throws {
    let table = try #require(SampleRecord.record([SampleRecord.backtest("a", threads: 1)]).tables.first)
    #expect(table.rows.map(\.count) == [table.header.count])
    #expect(table.rows[0][6..<12].allSatisfy { $0.isEmpty })
  }

  @Test func withOneThreadThereIsNoScaling() throws {
    let record = SampleRecord.record([SampleRecord.backtest("a", threads: 1)], threads: 1)
    let table = try #require(record.tables.first)
    #expect(!table.header.contains("scaling"))
    #expect(table.rows == [["a", "10,000", "5.0", "10.0", "50 %", "63 %", "25 %", "5 %", "42"]])
  }

  @Test func scalingIsToldWhereThereIsOneThreadToCompare() throws {
    var cases = [1, 2, 2].map { SampleRecord.backtest("a", threads: $0) }
    for index in cases.indices { cases[index].group = .scaling }
    for index in 0..<2 {
      let limit = try #require(cases[index].limit)
      cases[index].rounds = [CaseRecord.Round(Sample([1.5 / Double(index + 1)]), limit: limit)]
    }
    cases[2].sizes["bars"] = 5_000
    let table = try #require(SampleRecord.record(cases).tables.first)
    #expect(table.header.suffix(3) == ["scaling", "limit's scaling", "peak MB"])
    #expect(table.rows.map { Array($0[10...11]) } == [["", ""], ["2.00", "2.00"], ["", ""]])
  }

  @Test func whatTheLimitIsMadeOf() throws {
    let record = SampleRecord.record([SampleRecord.backtest("a", threads: 1)], threads: 1)
    let table = try #require(record.tables.dropFirst().first)
    #expect(table.rows == [["a", "4", "40.0", "13.3", "20.0", "10.0", "500", "10.0", "20.0", "8.0"]])
  }

  @Test func timings() throws {
    let record = SampleRecord.record([SampleRecord.timing(.processes, "fluke sweep")])
    #expect(record.tables.map(\.title) == ["Whole processes, seconds"])
    #expect(
      record.tables[0].rows == [["fluke sweep", "1,000,000 rows", "2", "0.500", "0.250", "12.0", "3", ""]])
  }

  @Test func everyGroupHasATable() {
    var cases = CaseRecord.Group.allCases.map { group -> CaseRecord in
      var record = SampleRecord.timing(group, group == .accounting ? "accounting-long" : group.rawValue)
      record.threads = 1
      return record
    }
    for index in cases.indices where cases[index].group == .backtest { cases[index].precision = .single }
    let text = SampleRecord.record(cases, threads: 1).tables.flatMap(\.text).joined(separator: "\n")
    for title in [
      "Whole backtests in single", "Parts alone", "Scaling", "Statistics", "Reading and writing",
      "Whole processes", "A million strategies on btc-1d, 2,694 bars",
    ] {
      #expect(text.contains(title), "\(title)")
    }
  }

  @Test func theHeadingNamesMachineAndCore() {
    let heading = SampleRecord.record([]).heading.joined(separator: "\n")
    for part in [
      "1.2.3", "Example 9000", "2 processors", "x86-64-v4", "SkylakeX", "L2 1,024 KB", "memory 24 GB",
      "release", "2026-01-02",
    ] {
      #expect(heading.contains(part), "\(part)")
    }
  }
}
