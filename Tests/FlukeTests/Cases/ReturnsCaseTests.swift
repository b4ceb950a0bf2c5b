import FoundationEssentials
import TestSupport
import Testing

/// Files of returns as people have them: what is no strategy, what is no return, and where columns begin.
@Suite struct ReturnsCaseTests {
  /// What a run on `text` prints, or its one line of error.
  private func run(_ text: String, _ options: String = "") throws -> Program.Ending {
    let folder = try TemporaryFolder()
    try folder.write(text, as: "r.csv")
    return try Program.run("stats r.csv --blocks 0 --bootstrap 0 \(options)", in: folder.path)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: CaseFile.path(name))), as: UTF8.self)
  }

  /// The Sharpe ratio of each column by itself, as a file of the times and that column shows it.
  private func sharpes(_ text: String, _ options: String = "") throws -> [String?] {
    let rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return try (1..<rows[0].count).map { column in
      try run(rows.map { "\($0[0]),\($0[column])\n" }.joined(), options).sharpe
    }
  }

  /// Row numbers from 200 on, saved once and twice.
  @Test func rowNumbersAreNoStrategyAndNoTimes() throws {
    for name in ["returns-offset-index.csv", "returns-offset-unnamed.csv"] {
      let ending = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: name)
      #expect(ending.status == 0 && ending.sharpe == "2.140", "\(name): \(ending.output)\(ending.error)")
      #expect(ending.output.contains("winner        c, best by Sharpe ratio of 3 tried"))
      #expect(ending.output.contains("252 bars, assumed") && ending.output.contains("which numbers the rows"))
      #expect(try sharpes(text(name)) == ["-1.874", "1.425", "2.140"])
    }
    // Turned round: other starts, steps and names.
    let rows = try text("returns-offset-index.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").dropFirst().joined(separator: ",")
    }
    for (header, start, step) in [
      ("index,a,b,c\n", 5_000, 1), ("", 17, 1), (",a,b,c\n", 43_832, 1), ("id,a,b,c\n", 0, 2),
    ] {
      let table = header + rows.enumerated().map { "\(start + step * $0),\($1)\n" }.joined()
      #expect(try run(table).sharpe == "2.140", "\(header)")
    }
  }

  /// Months as 201501 under no name, in percent: 12 a year.
  @Test func monthsAreTimesAndNoStrategy() throws {
    let ending = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: "returns-yyyymm.csv")
    #expect(ending.status == 0 && ending.sharpe == "0.857", "\(ending.output)\(ending.error)")
    #expect(ending.output.contains("winner        HML, best by Sharpe ratio of 3 tried"))
    #expect(ending.output.contains("a year        12 bars") && ending.output.contains("taken as percent"))
    #expect(try sharpes(text("returns-yyyymm.csv")) == ["-0.288", "0.805", "0.857"])
    // The same as savetxt writes it, and with years and months apart.
    let rows = try text("returns-yyyymm.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",")
    }
    let floats = rows.map { row in
      (["\(row[0].first!).\(row[0].dropFirst())e+05"] + row.dropFirst().map(String.init)).joined(
        separator: ",")
    }
    let parts = rows.map { row in
      ([String(row[0].prefix(4)), String(row[0].suffix(2))] + row.dropFirst().map(String.init))
        .joined(separator: ",")
    }
    for table in [floats.joined(separator: "\n"), "Year,Month,a,b,c\n" + parts.joined(separator: "\n")] {
      let ending = try run(table)
      #expect(ending.sharpe == "0.857" && ending.output.contains("a year        12 bars"), "\(ending.error)")
    }
  }

  /// Equity curves are refused, and their changes taken where that is asked for.
  @Test func equityCurvesAreRefused() throws {
    let ending = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: "returns-prices.csv")
    #expect(ending.status == 65 && ending.output.isEmpty)
    #expect(
      ending.error.hasPrefix("fluke: returns-prices.csv: a, b, c never fall below 84.")
        && ending.error.contains("; pass --values prices to take changes"), "\(ending.error)")
    let prices = try text("returns-prices.csv")
    #expect(try sharpes(prices, "--values prices") == ["-1.711", "1.456", "1.987"])
    let taken = try CaseFile.run(
      "stats FILE --values equity --blocks 0 --bootstrap 0", on: "returns-prices.csv")
    #expect(taken.sharpe == "1.987" && taken.output.contains("equity, as its changes from bar to bar"))
  }

  @Test func percentIsToldBeforeTheFigures() throws {
    let ending = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: "returns-percent.csv")
    #expect(ending.sharpe == "2.140")
    let lines = ending.output.split(separator: "\n").map(String.init)
    let told = try #require(lines.firstIndex { $0.contains("taken as percent") })
    #expect(told < (try #require(lines.firstIndex { $0.contains("probabilistic") })))
    let given = try CaseFile.run(
      "stats FILE --values returns --blocks 0 --bootstrap 0", on: "returns-percent.csv")
    #expect(given.sharpe == "2.140" && !given.output.contains("taken as percent"))
  }

  /// Columns that begin at different bars: the common 108.
  @Test func theCommonBarsAreUsed() throws {
    let ending = try CaseFile.run("stats FILE --blocks 8 --bootstrap 0 --json", on: "returns-warm-up.csv")
    #expect(ending.status == 0, "\(ending.error)")
    for member in [
      "\"bars\" : 108", "\"first_bar_used\" : 21", "\"strategies_compared\" : 6", "\"dropped_bars\" : 4",
      "\"bars_in_block\" : 13", "\"probability_of_backtest_overfitting\" : 0.8",
      "\"probability_of_loss\" : 0.42857142857142855",
      "\"winner\" : \"s2\"",
    ] {
      let plain = ending.output.filter { $0 != " " }
      #expect(plain.contains(member.filter { $0 != " " }), "\(member)")
    }
    let rows = try text("returns-warm-up.csv").split(separator: "\n", omittingEmptySubsequences: true)
    let common = ([rows[0]] + rows.dropFirst(21)).joined(separator: "\n")
    #expect(try sharpes(common) == ["-1.249", "1.993", "2.110", "1.083", "1.004", "0.081"])
    let table = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: "returns-warm-up.csv")
    #expect(table.output.contains("s2, best by Sharpe ratio of 6 tried"))
    #expect(table.output.contains("108 of 128, from bar 21, 2020-01-30, where s5 begins"), "\(table.output)")
  }

  @Test func severalRowsOfNames() throws {
    let ending = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: "returns-two-header-rows.csv")
    #expect(ending.status == 0 && ending.sharpe == "2.140", "\(ending.error)")
    #expect(ending.output.contains("winner        20/50, best by Sharpe ratio of 3 tried"))
    #expect(ending.output.contains("names         from 3 rows, joined by /"))
  }

  /// One strategy, two rows, all zero, huge numbers: no figure is made up.
  @Test(arguments: [
    ("a,b\n0.01,0.02\n-0.01,0.03\n", ""), ("a\n0.01\n0.02\n0.015\n", ""),
    ("a,b\n0,0\n0,0\n0,0\n0,0\n", ""), ("a,b\n1e300,-1e300\n-1e300,1e300\n1e300,1e299\n", "--values returns"),
    ("a,b\n0.1,0.1\n0.1,0.2\n0.1,0.1\n", ""),
  ])
  func nothingIsMadeUp(text: String, options: String) throws {
    let ending = try run(text, options)
    // Strategies that never trade are refused.
    #expect(ending.status == (text.contains("0,0") ? 65 : 0), "\(ending.error)")
    #expect(!ending.output.contains("nan") && !ending.output.contains("inf "))
  }

  @Test func theBenchmarkIsNamedWithTheHarderOne() throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 8)
    var close = 100.0
    var bars = "date,close\n2020-01-01,100\n"
    var returns = "date,held,half\n"
    for day in 2...61 {
      let earned = 0.01 * random.normal()
      close *= 1 + earned
      let date =
        day <= 31
        ? "2020-01-\(day < 10 ? "0" : "")\(day)" : "2020-0\(day <= 60 ? 2 : 3)-\(day <= 60 ? day - 31 : 1)"
      let padded = date.split(separator: "-").map { $0.count < 2 ? "0\($0)" : String($0) }.joined(
        separator: "-")
      bars += "\(padded),\(close)\n"
      returns += "\(padded),\(earned),\(day % 2 == 0 ? earned : 0)\n"
    }
    try folder.write(bars, as: "bars.csv")
    try folder.write(returns, as: "r.csv")
    let line = ["stats", "r.csv", "--blocks", "4", "--bootstrap", "20"]
    let cash = try Program.run(line, in: folder.path)
    #expect(
      cash.output.contains("against       cash; a benchmark column, or --data BARS --benchmark exposure"))
    let exposure = try Program.run(line + ["--data", "bars.csv"], in: folder.path)
    #expect(exposure.status == 0, "\(exposure.error)")
    #expect(exposure.output.contains("each strategy's own exposure to the market of bars.csv"))
    let market = try Program.run(line + ["--data", "bars.csv", "--benchmark", "market"], in: folder.path)
    #expect(market.output.contains("holding the market of bars.csv"))
    let without = try Program.run(line + ["--benchmark", "exposure"], in: folder.path)
    #expect(without.status == 64 && without.error.contains("give the market's bars with --data"))
  }

  /// A public table's own marks of what is missing are no returns; a number like its neighbours is one.
  @Test(arguments: ["-99.99", "-999", "-99.9900"]) func marksOfMissingReturns(mark: String) throws {
    var random = SeededGenerator(seed: 3)
    var rows = (0..<240).map { (_: Int) -> [String] in
      (0..<3).map { (_: Int) -> String in String(0.5 + 3 * random.normal()) }
    }
    func table() -> String { "a,b,c\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined() }
    rows[100][1] = ""
    let blank = try run(table())
    rows[100][1] = mark
    let marked = try run(table())
    #expect(marked.status == 0 && marked.sharpe == blank.sharpe && blank.sharpe != nil)
    #expect(marked.output.contains("1 number of ") && marked.output.contains(" taken as missing"))
    rows[50][1] = "-700"
    #expect(!(try run(table())).output.contains("taken as missing"))
  }
}
