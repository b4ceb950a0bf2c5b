import FoundationEssentials
import TestSupport
import Testing

/// Slips in files of returns: each is refused with a way out that works on the file, or told before the figures.
@Suite struct ReturnsSlipCaseTests {
  private static let bars = 120

  /// Returns of three strategies in millionths.
  private static let returns: [[Int]] = {
    var random = SeededGenerator(seed: 12)
    return (0..<bars).map { _ in (0..<3).map { _ in Int((10_000 * random.normal()).rounded()) } }
  }()

  private static func cell(_ millionths: Int) -> String {
    let digits = String(millionths.magnitude)
    let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    return (millionths < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
  }

  private static func day(_ bar: Int) -> String {
    let (month, day) = (1 + bar / 28, 1 + bar % 28)
    return "2021-0\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private static let rows = returns.map { $0.map(cell).joined(separator: ",") }
  private static let dated = "Date,a,b,c\n" + rows.enumerated().map { "\(day($0)),\($1)\n" }.joined()
  private static let sums = (0..<3).map { column in cell(returns.reduce(0) { $0 + $1[column] }) }
    .joined(separator: ",")

  private func run(_ files: [String: String], _ line: String) throws -> Program.Ending {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, as: name) }
    let options = line.hasPrefix("stats") ? " --blocks 0 --bootstrap 0" : ""
    return try Program.run(line + options, in: folder.path)
  }

  /// The sum of the rows is no bar, with an index and without; the file without it is read.
  @Test func aRowOfSums() throws {
    let plain = "a,b,c\n" + Self.rows.map { $0 + "\n" }.joined()
    let right = try run(["r.csv": plain], "stats r.csv")
    #expect(right.status == 0 && !right.output.contains("\n  check "))
    let refused = try run(["r.csv": plain + Self.sums + "\n"], "stats r.csv")
    #expect(refused.status == 65 && refused.output.isEmpty)
    #expect(
      refused.error
        == "fluke: r.csv, line 122: row 121 holds the sum of each column above it, expected the return of a bar; "
        + "remove the row, or say what the numbers are with --values if it is a bar\n")
    let told = try run(["r.csv": plain + Self.sums + "\n"], "stats r.csv --values returns")
    #expect(
      told.status == 0 && told.output.contains("row 121, line 122, holds the sum of each column above it"))
    let indexed = ",a,b,c\n" + Self.rows.enumerated().map { "\($0),\($1)\n" }.joined()
    let named = try run(["r.csv": indexed + "Total,\(Self.sums)\n"], "stats r.csv")
    #expect(named.status == 65 && named.error.contains("remove the row if it sums up others"))
    #expect(try run(["r.csv": indexed + "120,\(Self.sums)\n"], "stats r.csv").error.contains("holds the sum"))
    #expect(try run(["r.csv": indexed], "stats r.csv").sharpe == right.sharpe)
  }

  /// Prices have one bar more than their returns.
  @Test func aBenchmarkOfPricesBeginsOneBarEarlier() throws {
    var (prices, price) = (["2020-12-31,100"], 100.0)
    for (bar, row) in Self.returns.enumerated() {
      price *= 1 + Double(row[0]) / 1e6
      prices.append("\(Self.day(bar)),\(price)")
    }
    let index = "Date,Close\n" + prices.joined(separator: "\n") + "\n"
    let own =
      "Date,x\n" + Self.rows.enumerated().map { "\(Self.day($0)),\($1.prefix { $0 != "," })\n" }.joined()
    let files = ["r.csv": Self.dated, "i.csv": index, "x.csv": own]
    let taken = try run(files, "stats r.csv --benchmark i.csv --benchmark-values prices")
    #expect(taken.status == 0 && taken.output.contains("r.csv, 120 bars of 3 strategies"), "\(taken.error)")
    let told = try run(files, "stats r.csv --benchmark i.csv")
    #expect(told.status == 65 && told.error.contains("--benchmark-values prices"))
    let longer = own.replacing("Date,x\n", with: "Date,x\n2020-12-31,0.01\n")
    let refused = try run(["r.csv": Self.dated, "x.csv": longer], "stats r.csv --benchmark x.csv")
    #expect(
      refused.status == 65 && refused.error.contains("x.csv: 121 bars, expected 120 as the returns have"))
  }

  @Test func aSpreadAsOfPercentIsToldBeforeTheFigures() throws {
    let percent = Self.returns.map { $0.map { Self.cell($0 * 30) }.joined(separator: ",") + "\n" }
    let ending = try run(["r.csv": "a,b,c\n" + percent.joined()], "stats r.csv")
    let lines = ending.output.split(separator: "\n").map(String.init)
    let told = try #require(lines.firstIndex { $0.contains("if they are percent, pass --values percent") })
    #expect(told < (try #require(lines.firstIndex { $0.contains("probabilistic") })))
    let given = try run(["r.csv": "a,b,c\n" + percent.joined()], "stats r.csv --values percent")
    #expect(given.status == 0 && !given.output.contains("if they are percent"))
  }

  /// What one bar grows by is not raised to the power of 252.
  @Test func oneBarGrowsByNothingAYear() throws {
    let ending = try run(["r.csv": "Date,a,b\n2020-01-02,0.1,0.2\n"], "stats r.csv")
    #expect(ending.status == 0 && ending.output.contains("growth undefined a year"), "\(ending.error)")
    #expect(
      ending.output.contains("assumed, as one bar has no distance") && !ending.output.contains("no times"))
  }

  @Test func aFormatOfTimesWithoutTimes() throws {
    let files = ["r.csv": "a,b,c\n" + Self.rows.map { $0 + "\n" }.joined()]
    let ending = try run(files, "stats r.csv --time-format year")
    #expect(
      ending.status == 64
        && ending.error.hasPrefix("fluke: --time-format: makes no sense with a file without times"))
    #expect(try run(files, "stats r.csv --time-format rows").status == 0)
  }

  /// The names of strategies are no close, and returns under the name of one are returns.
  @Test func returnsAreNoBars() throws {
    let four = try run(["r.csv": Self.dated], "data --data r.csv")
    #expect(four.status == 65)
    #expect(
      four.error
        == "fluke: r.csv: is a table of numbers below and above 0, as returns are, expected a table of bars; "
        + "give returns to fluke stats, and bars here\n")
    let close = Self.dated.replacing("Date,a,b,c", with: "Date,Close,b,c")
    let one = try run(["r.csv": close], "data --data r.csv")
    #expect(one.status == 65 && one.error.contains("are returns: give them to fluke stats"))
    #expect(!one.error.contains("--skip-bad-rows"))
  }

  /// 999 and 1.011 in one column.
  @Test func thousandsOfCloses() throws {
    let closes = (0..<60).map { 980 + $0 }.map {
      $0 < 1_000 ? "\($0)" : "1.0\($0 < 1_010 ? "0" : "")\($0 - 1_000)"
    }
    let bars = "Datum;Schluss\n" + closes.enumerated().map { "\(Self.day($0));\($1)\n" }.joined()
    let ending = try run(["b.csv": bars], "data --data b.csv")
    #expect(
      ending.status == 65 && ending.error.contains("b.csv, line 22: Schluss has a point before its last"))
    let plain = bars.replacing(";1.0", with: ";10")
    #expect(try run(["b.csv": plain], "data --data b.csv").output.contains("close          980 to 1"))
  }
}
