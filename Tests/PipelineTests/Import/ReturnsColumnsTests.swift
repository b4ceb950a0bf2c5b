import TestSupport
import Testing

@testable import Pipeline

/// Which columns and rows of a table are returns, and what the others are.
@Suite struct ReturnsColumnsTests {
  private func read(_ text: String) throws -> ImportedReturns {
    try ReturnsReader().read(Array(text.utf8), file: "returns.csv")
  }

  private func fault(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Two strategies over four bars, below and beside whatever a test puts there.
  private static let cells = ["0.01,-0.02", "-0.005,0.5", "0.001,-0.25", "0.25,0.125"]
  private static let values = [0.01, -0.02, -0.005, 0.5, 0.001, -0.25, 0.25, 0.125]

  private func table(_ header: String, _ firsts: [String]) -> String {
    (header.isEmpty ? "" : header + "\n") + zip(firsts, Self.cells).map { "\($0),\($1)\n" }.joined()
  }

  /// Numbers of rows, from wherever they start and however they are called.
  @Test(arguments: [
    (",a,b", ["200", "201", "202", "203"], "column 1"),
    ("Unnamed: 0,a,b", ["200", "201", "202", "203"], "Unnamed: 0"),
    ("index,a,b", ["7", "8", "9", "10"], "index"),
    ("index,a,b", ["7", "3", "9", "10"], "index"),
    ("n,a,b", ["1000", "1001", "1002", "1003"], "n"),
    ("n,a,b", ["3", "2", "1", "0"], "n"),
    ("n,a,b", ["0", "2", "4", "6"], "n"),
    ("", ["5", "8", "9", "20"], "column 1"),
    (",a,b", ["4", "1", "4", "2"], "column 1"),
    ("time,a,b", ["1", "2", "3", "4"], "time"),
    ("level_0,a,b", ["0.0", "1.0", "2.0", "3.0"], "level_0"),
  ])
  func numbersOfRowsAreNoStrategy(header: String, firsts: [String], left: String) throws {
    let found = try read(table(header, firsts))
    #expect(found.names == (header.isEmpty ? ["0", "1"] : ["a", "b"]))
    #expect(found.matrix.values == Self.values && found.timestamps == nil)
    #expect(found.reading.rowNumbers == [left])
  }

  /// Saved twice: two columns of numbers, or one before the times.
  @Test(arguments: [
    (",Unnamed: 0,a,b", "200", false), ("Unnamed: 0.1,Unnamed: 0,a,b", "200", false),
    (",Date,a,b", "2020-01-0", true), ("index,Date,a,b", "2020-01-0", true),
    ("Date,Unnamed: 0,a,b", "", true),
  ])
  func savedTwice(header: String, second: String, hasTimes: Bool) throws {
    let firsts = (1...4).map { row in
      second.isEmpty ? "2020-01-0\(row),\(row)" : "\(row),\(second)\(row)"
    }
    let found = try read(table(header, firsts))
    #expect(found.names == ["a", "b"] && found.matrix.values == Self.values)
    #expect((found.timestamps?.count == 4) == hasTimes)
    #expect(found.reading.rowNumbers.count == (hasTimes ? 1 : 2))
  }

  /// A first strategy whose returns happen to be whole numbers stays one.
  @Test(arguments: [
    ["0", "0", "0", "0"], ["0", "1", "0", "1"], ["0", "-1", "1", "0"], ["1", "1", "2", "2"],
  ])
  func wholeReturnsAreReturns(firsts: [String]) throws {
    let found = try read(table("s,a,b", firsts))
    #expect(found.names == ["s", "a", "b"] && found.reading.rowNumbers.isEmpty)
    let dated = try read(table("date,s,a,b", firsts.enumerated().map { "2020-01-0\($0 + 1),\($1)" }))
    #expect(dated.names == ["s", "a", "b"] && dated.timestamps != nil)
  }

  /// Strategies that are called after their horizons are no dates.
  @Test func horizonsAreNames() throws {
    let found = try read("day,month\n0.01,-0.02\n-0.005,0.5\n")
    #expect(found.names == ["day", "month"] && found.timestamps == nil)
  }

  /// A benchmark that is called index is a strategy, with or without times.
  @Test func anIndexMayBeABenchmark() throws {
    let found = try read(table("index,a,b", ["0", "0.01", "0.02", "-0.01"]))
    #expect(found.names == ["index", "a", "b"])
  }

  private static let day: Int64 = 86_400_000_000

  /// Times as numbers, such as `savetxt` writes: no strategies.
  @Test(
    arguments: [
      (["2.0170817e+07", "2.0170818e+07", "2.0170821e+07", "2.0170822e+07"], 17_395),
      (["1.502928000000000000e+09", "1.503014400000000000e+09", "1.5031008e9", "1.5031872e9"], 17_395),
      (["20170817", "20170818", "20170821", "20170822"], 17_395),
    ] as [([String], Int64)])
  func timesAsNumbers(firsts: [String], day: Int64) throws {
    for header in ["", "# t,a,b", ",a,b", "date,a,b"] {
      let found = try read(table(header, firsts))
      #expect(found.timestamps?.first == day * Self.day && found.strategies == 2, "\(header)")
      #expect(found.matrix.values == Self.values && found.reading.rowNumbers.isEmpty)
    }
  }

  /// A date in parts.
  @Test(arguments: [
    ("Year,Month,a,b", ["2019,11", "2019,12", "2020,1", "2020,2"], [18_201, 18_231]),
    ("year,month,day,a,b", ["2019,11,3", "2019,11,4", "2019,12,5", "2020,1,6"], [18_203, 18_204]),
    ("Month,Year,a,b", ["Nov,2019", "Dec,2019", "Jan,2020", "February,2020"], [18_201, 18_231]),
    ("Year,Quarter,a,b", ["2019,4", "2020,1", "2020,2", "2020,3"], [18_170, 18_262]),
    (
      "Date,Time,a,b", ["2019-11-01,00:00", "2019-11-02,00:00", "2019-11-03,12:30", "2019-11-03,13:30"],
      [18_201, 18_202]
    ),
  ])
  func aDateInParts(header: String, firsts: [String], days: [Int64]) throws {
    let found = try read(table(header, firsts))
    #expect(found.timestamps.map { Array($0.prefix(2)) } == days.map { $0 * Self.day })
    #expect(found.names == ["a", "b"] && found.matrix.values == Self.values)
  }

  @Test func theNewestRowFirstIsTurnedRound() throws {
    let found = try read(table("Date,a,b", ["2020-01-09", "2020-01-08", "2020-01-07", "2020-01-06"]))
    #expect(found.reading.isReversed && found.timestamps?.first == 18_267 * Self.day)
    #expect(found.matrix.values == [0.25, 0.125, 0.001, -0.25, -0.005, 0.5, 0.01, -0.02])
    #expect(
      fault(table("Date,a,b", ["2020-01-09", "2020-01-08", "2020-01-10", "2020-01-06"]))?.contains(
        "2020-01-10")
        == true)
  }

  /// Names in several rows, as tables of parameters have them.
  @Test(arguments: [
    ("fast,10,20\nslow,50,100\nDate,,", ["10/50", "20/100"]),
    ("fast,10,20\nslow,50,100", ["10/50", "20/100"]),
    (",10,20\n,50,100\nDate,,", ["10/50", "20/100"]),
    (",BTC,ETH\n,50,50\n,,", ["BTC/50", "ETH/50"]),
    ("symbol,BTC,\nstop,0.05,0.1\nkind,a,b\nDate,,", ["BTC/0.05/a", "BTC/0.1/b"]),
    ("# fast,10,20\n# slow,5,5\n# Date,,", ["10/5", "20/5"]),
  ])
  func namesInSeveralRows(header: String, names: [String]) throws {
    let found = try read(table(header, (1...4).map { "2020-01-0\($0)" }))
    #expect(found.names == names && found.matrix.values == Self.values && found.timestamps?.count == 4)
    #expect(found.reading.headerRows == header.split(separator: "\n").count)
  }

  /// Blanks below a header are returns that are missing, not names.
  @Test func blanksAreNoNames() throws {
    let found = try read("a,b\n,\n,0.5\n0.25,0.125\n")
    #expect(found.names == ["a", "b"] && found.bars == 3 && found.undefinedCounts == [2, 1])
    let dated = try read("Date,a,b\n2020-01-01,,\n2020-01-02,,0.5\n")
    #expect(dated.names == ["a", "b"] && dated.undefinedCounts == [2, 1])
  }

  /// A row a strategy: times, numbers of bars, or nothing above.
  @Test(arguments: [
    (",2020-01-01,2020-01-02,2020-01-03\na,0.1,0.2,\nb,-0.1,-0.2,-0.3\n", true),
    ("strategy;2020-01-01;2020-01-02;2020-01-03\na;0.1;0.2;\nb;-0.1;-0.2;-0.3\n", true),
    (",0,1,2\na,0.1,0.2,\nb,-0.1,-0.2,-0.3\n", false),
    ("name,1,2,3\na,0.1,0.2,\nb,-0.1,-0.2,-0.3\n", false),
    ("a,0.1,0.2,\nb,-0.1,-0.2,-0.3\n", false),
  ])
  func aRowAStrategy(text: String, hasTimes: Bool) throws {
    let found = try read(text)
    #expect(found.names == ["a", "b"] && found.bars == 3 && found.reading.isTransposed)
    #expect(found.undefinedCounts == [1, 0] && (found.timestamps?.count == 3) == hasTimes)
    let values = found.matrix.values
    #expect(Array(values[..<4]) == [0.1, -0.1, 0.2, -0.2] && values[4].isNaN && values[5] == -0.3)
  }

  @Test func manyRowsOfStrategies() throws {
    let rows = (0..<30).map { "s\($0),0.\($0),-0.5,0.25\n" }.joined()
    for header in ["", ",0,1,2\n", ",2020-01-01,2020-01-02,2020-01-03\n"] {
      let found = try read(header + rows)
      #expect(found.strategies == 30 && found.bars == 3 && found.names[29] == "s29", "\(header)")
      #expect(found.matrix.column(12) == [0.12, -0.5, 0.25])
    }
  }

  @Test(arguments: [
    (
      "a;b\n0,01;-0,02\n;0,5\n-1;0\n", ReturnsReading.Spelling.decimalCommas, [0.01, -0.02, .nan, 0.5, -1, 0]
    ),
    ("a,b\n\"0,01\",\"-0,02\"\n,\"0,5\"\n-1,0\n", .decimalCommas, [0.01, -0.02, .nan, 0.5, -1, 0]),
    ("a\tb\n1,5%\t-2%\n\t50%\n-100%\t0%\n", .percentSigns, [0.015, -0.02, .nan, 0.5, -1, 0]),
    ("a,b\n1.5%,-2%\n,50%\n-100%,0%\n", .percentSigns, [0.015, -0.02, .nan, 0.5, -1, 0]),
  ])
  func otherSpellings(text: String, spelling: ReturnsReading.Spelling, values: [Double]) throws {
    let found = try read(text)
    #expect(found.reading.spelling == spelling)
    #expect(zip(found.matrix.values, values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
  }

  @Test(arguments: [
    ("a;b\n0,01;0.02\n", "line 2: b is \"0.02\", expected one spelling of numbers"),
    ("a;b\n0.01;0.02\n1,5;0.1\n", "line 3: a is \"1,5\", expected one spelling"),
    ("a,b\n0,01,0,02\n", "line 2: 4 fields, expected 2: commas seem to mark decimals"),
    ("Date,a,b\n2020-01-02,0,01,-0,02\n", "line 2: 5 fields, expected 3: commas seem to mark decimals"),
    ("0,01,-0,02\n0,013,0,002\n-0,1,0,0\n", "line 1: all 4 fields are whole numbers, in pairs"),
    (
      "2020-01-02,0,01\n2020-01-03,-0,015\n2020-01-06,0,2\n",
      "line 1: all 3 fields are whole numbers, in pairs"
    ),
    (
      "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec\n2019,1,2,3,4,5,6,7,8,9,1,2,3\n",
      "line 1: the columns are months, expected a column a strategy"
    ),
    (
      ",a\n0.5,0.1\n0.25,0.2\n",
      "line 2: column 1 has no name and holds \"0.5\", expected times or the numbers"
    ),
    ("strategy,sharpe,name\nx,1.5,y\nz,0.5,y\n", "line 2: strategy is \"x\", expected "),
  ])
  func isRefused(text: String, message: String) {
    #expect(fault(text)?.hasPrefix("returns.csv, " + message) == true, "\(fault(text) ?? "read")")
  }

  @Test(
    arguments: [
      ([0x50, 0x41, 0x52, 0x31, 0x15, 0x04], "is a Parquet file, expected "),
      (
        Array("PK\u{3}\u{4}".utf8) + Array(repeating: 0, count: 26) + Array("[Content_Types].xml".utf8),
        "is an Excel workbook, expected "
      ),
      (
        Array("PK\u{3}\u{4}".utf8) + Array(repeating: 0, count: 26) + Array("arr_0.npy".utf8),
        "is an archive, such as .npz, "
      ),
      ([0x80, 0x04, 0x95, 0x00], "holds pickled Python objects, "),
      (Array("ARROW1\0\0".utf8), "is an Arrow or Feather file, expected "),
    ] as [([UInt8], String)])
  func otherFormatsAreNamed(bytes: [UInt8], message: String) {
    let error = #expect(throws: ImportError.self) { try ReturnsReader().read(bytes, file: "r") }
    #expect(error?.description.hasPrefix("r: " + message) == true)
  }

  @Test func columnsWithoutNameAndReturnAreLeftOut() throws {
    let found = try read("Date,a,b,,\n2020-01-01,0.5,0.25,,\n2020-01-02,0.1,0.2,,\n")
    #expect(found.names == ["a", "b"] && found.reading.emptyColumns == 2)
    #expect(found.matrix.values == [0.5, 0.25, 0.1, 0.2])
  }

  @Test func yearsOrRows() throws {
    let found = try read(table("", ["1950", "1951", "1952", "1953"]))
    #expect(found.reading.perhapsYears == 1950...1953)
    #expect(try read(table(",a,b", ["2198", "2199", "2200", "2201"])).reading.perhapsYears == nil)
  }
}
