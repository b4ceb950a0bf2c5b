import TestSupport
import Testing

@testable import Pipeline

@Suite struct ReturnsReaderTests {
  private func read(_ text: String) throws -> ImportedReturns {
    try ReturnsReader().read(Array(text.utf8), file: "returns.csv")
  }

  /// Bit for bit, an undefined return equal to another.
  private func same(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
  }

  private static let day: Int64 = 86_400_000_000
  /// 2017-08-17 and the two days after.
  private static let days = [17_395 * day, 17_396 * day, 17_397 * day]

  @Test(arguments: [
    ("date,fast,slow\n2017-08-17,0.01,-0.02\n2017-08-18,,0.5\n2017-08-19,1e-3,.25\n", "fast slow", true),
    (
      "Open time;\"fast\";slow \r\n1502928000;0.01;-0.02\r\n1503014400;NaN;0.5\r\n1503100800;0.001;0.25",
      "fast slow", true
    ),
    // What pandas writes for a frame with a named, an unnamed and a numbered index, and names that are numbers.
    (
      "Trade Day\tfast\tslow\n20170817\t0.01\t-0.02\n20170818\tNA\t0.5\n20170819\t0.001\t0.25\n", "fast slow",
      true
    ),
    (",0,1\n2017-08-17,0.01,-0.02\n2017-08-18,nan,0.5\n2017-08-19,0.001,0.25\n", "0 1", true),
    (",fast,slow\n0,0.01,-0.02\n1,null,0.5\n2,0.001,0.25\n", "fast slow", false),
    ("index,fast,slow\n0,0.01,-0.02\n1,null,0.5\n2,0.001,0.25\n", "fast slow", false),
    ("time,fast,slow\n1,0.01,-0.02\n2,null,0.5\n3,0.001,0.25\n", "fast slow", false),
    ("0,1\n0.01,-0.02\n-nan,0.5\n0.001,0.25\n", "0 1", false),
    ("20,50\n0.01,-0.02\n,0.5\n0.001,0.25\n", "20 50", false),
    // Without a header.
    ("0.01,-0.02\nNone, 0.5\n+0.001 ,2.5E-1\n", "0 1", false),
    ("\n2017-08-17,0.01,-0.02\n2017-08-18, N/A ,0.5\n\n2017-08-19,0.001,0.25\n\n", "0 1", true),
    ("1502928000000,0.01,-0.02\n1503014400000,,0.5\n1503100800000,0.001,0.25", "0 1", true),
    ("0,0.01,-0.02\n1,,0.5\n2,0.001,0.25", "0 1", false),
    // NumPy's savetxt with a header.
    ("# fast;slow\n1.0e-02;-2.0e-02\nnan;5.0e-01\n1.0e-03;2.5e-01\n", "fast slow", false),
  ])
  func reads(text: String, names: String, hasTimes: Bool) throws {
    let found = try read(text)
    #expect(found.names.joined(separator: " ") == names)
    #expect(found.timestamps == (hasTimes ? Self.days : nil))
    #expect((found.bars, found.strategies) == (3, 2))
    #expect(same(found.matrix.values, [0.01, -0.02, .nan, 0.5, 0.001, 0.25]))
    #expect(found.undefinedCounts == [1, 0])
  }

  /// What NumPy and pandas write is read as they meant it.
  @Test(arguments: ReturnsSamples.tables)
  func readsTablesOfOthers(text: String) throws {
    let found = try read(text)
    #expect(same(found.matrix.values, ReturnsSamples.values))
    #expect((found.bars, found.strategies) == (3, 2))
    #expect(found.timestamps == (text.contains("2017") ? Self.days : nil))
    #expect((found.names == ["fast", "slow"]) == text.contains("fast"))
  }

  @Test(arguments: [
    ("s\n0.5\n\n\n0.25\n\n\n", "s", [0.5, .nan, .nan, 0.25]),
    ("s\n0.5\n\"\"\n0.25\n\"\"\n", "s", [0.5, .nan, 0.25, .nan]),
    ("\ns\n\n0.5\n", "s", [.nan, 0.5]),
    ("\n\nnan\n0.25\n", "0", [.nan, 0.25]),
    ("0\n1\n2\n", "0", [0, 1, 2]),
    ("2017-08-17,0.5\n\n2017-08-18,0.25\n", "0", [0.5, 0.25]),
  ])
  func readsOneStrategy(text: String, name: String, values: [Double]) throws {
    let found = try read(text)
    #expect(found.names == [name])
    #expect(same(found.matrix.values, values))
    #expect(found.undefinedCounts == [values.count { $0.isNaN }])
  }

  /// A line longer than one of bars may be, and a block of numbers that is full.
  @Test func readsWideTables() throws {
    let names = (0..<200_000).map { "s\($0)" }
    let row = names.indices.map { "0.\($0)" }.joined(separator: ",")
    let found = try read("\(names.joined(separator: ","))\n\(row)\n\(row)\n")
    #expect(found.names == names)
    let expected = names.indices.map { Double("0.\($0)")! }
    #expect(found.matrix.values == expected + expected)
  }

  private static let needed =
    "expected a finite number, or an empty cell where it is undefined; correct the cell"
  private static let spelling =
    "expected one spelling of numbers in all cells: decimal points, decimal commas or percent signs; write all alike"
  @Test(arguments: [
    ("", "returns.csv: is empty, expected a header and rows; check how it was made"),
    ("\n \n", "returns.csv: is empty, expected a header and rows; check how it was made"),
    ("\n\n", "returns.csv: is empty, expected a header and rows; check how it was made"),
    ("a,b\n\n", "returns.csv: has a header and no rows, expected at least one row; check how it was made"),
    (
      "a,b\n0.1,0.2\n0.1\n",
      "returns.csv, line 3: 1 fields, expected 2 as in line 1; correct or remove the row"
    ),
    (
      "\n0.1,0.2\n0.1,0.2,0.3\n",
      "returns.csv, line 3: 3 fields, expected 2 as in line 2; correct or remove the row"
    ),
    ("date,fast\n2017-08-17,x\n", "returns.csv, line 2: fast is \"x\", \(needed)"),
    ("0.1,0.2\n0.1,1%\n", "returns.csv, line 2: column 2 is \"1%\", \(spelling)"),
    ("a,b\n0.1,inf\n", "returns.csv, line 2: b is \"inf\", \(needed)"),
    ("a;b\n0.1;1e999\n", "returns.csv, line 2: b is \"1e999\", \(needed)"),
    ("a;b\n0.1;0,1\n", "returns.csv, line 2: b is \"0,1\", \(spelling)"),
    ("a;b\n0.1;0,1,2\n", "returns.csv, line 2: b is \"0,1,2\", \(needed)"),
    (
      "a,b,a\n0.1,0.2,0.3\n",
      "returns.csv: strategy \"a\" occurs twice, expected different names; rename or remove one"
    ),
    (
      "date,a,\n2017-08-17,0.1,0.2\n",
      "returns.csv, line 1: column 3 has no name, expected one for every strategy; name or remove the column"
    ),
    (
      "timestamp\n2017-08-17\n",
      "returns.csv, line 1: no column besides the times, expected a column a strategy; "
        + "check how the file was made"
    ),
    (
      "time,a\n2017-08-17,0.1\n2017-08-17,0.1\n",
      "returns.csv, line 3: time is \"2017-08-17\", as in the last row, "
        + "expected increasing times; correct or remove the row, or pivot the table if it has a row for each bar and "
        + "strategy"
    ),
    (
      "2017-08-17,0.1\n2017-08-18,0.1\n2017-08-16,0.1\n",
      "returns.csv, line 3: column 1 is \"2017-08-16\", before that of the last row, "
        + "expected increasing times; correct or remove the row"
    ),
    (
      "date,a\n2017-08-17,0.1\nsoon,0.1\n",
      "returns.csv, line 3: date is \"soon\", expected a date or a time such as "
        + "2017-08-17 04:00:00; say how times are written with --time-format; correct or remove the row"
    ),
    (
      "date,a\n2017-08-17,0.1\n1503014400,0.1\n",
      "returns.csv, line 3: date is \"1503014400\", expected a time such as \"2017-08-17\", as in the rows before; "
        + "correct or remove the row"
    ),
    (
      "a,\"b\n",
      "returns.csv, line 1: a quoted field is never closed, expected \"; add the quote or remove the opening one"
    ),
    (
      "PK\u{3}\u{4}\u{14}",
      "returns.csv: is an archive, such as .npz, expected one array; "
        + "write it alone: np.save(file, archive['NAME'])"
    ),
  ])
  func oneLine(text: String, message: String) {
    let error = #expect(throws: ImportError.self) { try read(text) }
    #expect(error?.description == message)
    #expect(error?.exitStatus == 65)
  }

  @Test func aBenchmarkGoesWithTheBars() throws {
    func benchmark(_ text: String, for returns: String) throws -> [Double] {
      try ReturnsReader().readBenchmark(Array(text.utf8), file: "index.csv", for: read(returns)).matrix.values
    }
    let returns = "date,a,b\n2017-08-17,0.1,0.2\n2017-08-18,0.3,0.4\n"
    #expect(try benchmark("index\n0.5\n0.25\n", for: returns) == [0.5, 0.25])
    #expect(try benchmark("2017-08-17,0.5\n2017-08-18,0.25\n", for: returns) == [0.5, 0.25])
    #expect(try benchmark("2017-08-17,0.5\n2017-08-18,0.25\n", for: "0.1,0.2\n0.3,0.4\n") == [0.5, 0.25])
    for (text, message) in [
      ("0.1,0.2\n0.3,0.4\n", "2 columns, expected one, the benchmark's returns; remove the others"),
      ("0.1\n", "1 bars, expected 2 as the returns have; give the benchmark over the same bars"),
      (
        "2017-08-17,0.5\n2017-08-19,0.25\n",
        "bar 2 is of 2017-08-19T00:00:00Z, expected 2017-08-18T00:00:00Z as the returns have; "
          + "give the benchmark over the same bars"
      ),
    ] {
      let error = #expect(throws: ImportError.self) { try benchmark(text, for: returns) }
      #expect(error?.description == "index.csv: \(message)")
    }
  }

  /// Over `path`, with the file's digest noted once, also where it is shorter than the bytes that tell the format.
  @Test(arguments: ["", "0.5\n", "date,a\n2017-08-17,0.25\n"])
  func notesTheFile(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, as: "returns.csv")
    let log = InputLog()
    let found = try? ReturnsReader().read(path: path, log: log)
    #expect((found != nil) == !text.isEmpty)
    #expect(log.summaries[path]?.size == text.utf8.count)
    let error = #expect(throws: ImportError.self) { try ReturnsReader().read(path: "/nowhere/returns.csv") }
    #expect(error == .missingFile("returns.csv"))
  }
}
