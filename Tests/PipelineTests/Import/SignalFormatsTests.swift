import Backtesting
import Kernels
import TestSupport
import Testing

@testable import Pipeline

/// One set of signals in every shape that people have.
@Suite struct SignalFormatsTests {
  private static let days = 21
  private static let ids = ["a", "b", "s2", "s10"]
  /// A row a strategy.
  private static let signals: [[Int8]] = {
    var random = SeededGenerator(seed: 8)
    return ids.map { _ in (0..<days).map { _ in Int8.random(in: -1...1, using: &random) } }
  }()

  private static func time(_ day: Int) -> Int64 { Int64(18_262 + day) * 86_400_000_000 }

  private static var market: Market {
    let closes = (0..<days).map { 100 + Double($0 % 5) }
    return Market(
      name: "m", timestamps: (0..<days).map(time), open: closes, high: closes, low: closes, close: closes,
      volume: closes)
  }

  private static func date(_ day: Int) -> String {
    day < 0 ? "2019-12-\(32 + day)" : day < 9 ? "2020-01-0\(day + 1)" : "2020-01-\(day + 1)"
  }

  private static func read(
    _ bytes: [UInt8], axis: SignalsAxis? = nil, asked: SignalAlignment? = nil, train: Int = 14
  ) throws -> GivenSignals {
    try SignalsReader().read(bytes, file: "f").strategies(
      on: market, lengths: SignalLengths(bars: days, trainingBars: train, asked: asked), axis: axis)
  }

  private static func read(
    _ text: String, axis: SignalsAxis? = nil, asked: SignalAlignment? = nil
  ) throws -> GivenSignals {
    try read(Array(text.utf8), axis: axis, asked: asked)
  }

  private static func message(
    _ text: String, axis: SignalsAxis? = nil, asked: SignalAlignment? = nil
  ) -> String {
    do {
      _ = try read(text, axis: axis, asked: asked)
      return "read"
    } catch {
      return "\(error)"
    }
  }

  /// A line a bar: its label if there are any, and the signals of all strategies.
  private static func rows(
    _ days: Range<Int> = 0..<days, label: ((Int) -> String)?, cell: (Int8) -> String = { "\($0)" },
    separator: String = ","
  ) -> String {
    days.map { day in
      let cells = signals.map { (0..<Self.days).contains(day) ? cell($0[day]) : "0" }
      return ((label.map { [$0(day)] } ?? []) + cells).joined(separator: separator)
    }.joined(separator: "\n")
  }

  private static func strategyRows(separator: String = ",") -> String {
    zip(ids, signals).map { id, row in
      ([id] + row.map { "\($0)" }).joined(separator: separator)
    }.joined(separator: "\n")
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ", "))]" }

  private static let header = ids.joined(separator: ",")

  /// Texts that hold the signals with their names, with what they are called.
  private static var texts: [(String, String)] { documents + tables + turnedTables }

  private static var documents: [(String, String)] {
    let arrays = signals.map { list($0.map { "\($0)" }) }
    let milliseconds = (0..<days).map { "\(time($0) / 1_000)" }
    let byBar = (0..<days).map { day in
      object(ids.indices.map { (ids[$0], "\(signals[$0][day])") })
    }
    let data = (0..<days).map { day in list(signals.map { "\($0[day])" }) }
    var texts: [(String, String)] = []
    texts.append(("object", object(Array(zip(ids, arrays)))))
    texts.append(("object in another order", object(Array(zip(ids, arrays)).reversed())))
    texts.append(("list", list(zip(ids, arrays).map { "{\"id\": \"\($0)\", \"signals\": \($1)}" })))
    let columns = signals.map { row in object(zip(milliseconds, row).map { ($0, "\($1).0") }) }
    texts.append(("columns", object(Array(zip(ids, columns)))))
    let counted = signals.map { row in object(row.enumerated().map { ("\($0)", "\($1)") }) }
    texts.append(("columns without times", object(Array(zip(ids, counted)))))
    texts.append(("index", object(Array(zip(milliseconds, byBar)))))
    let names = list(ids.map { "\"\($0)\"" })
    texts.append(
      ("split", object([("columns", names), ("index", list(milliseconds)), ("data", list(data))])))
    texts.append(("records", list(byBar)))
    let dated = (0..<days).map { "{\"date\":\"\(date($0))T00:00:00.000\"," + byBar[$0].dropFirst() }
    texts.append(("records with times", list(dated)))
    return texts
  }

  /// A row a bar.
  private static var tables: [(String, String)] {
    let plain = header + "\n" + rows(label: nil)
    let lines = plain.split(separator: "\n")
    let newest = rows(label: date).split(separator: "\n").reversed().joined(separator: "\n")
    let seconds = rows(label: { "\(time($0) / 1_000_000)" }, separator: ";")
    var texts: [(String, String)] = []
    texts.append(("names above", plain))
    texts.append(("carriage returns and a mark", "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n"))
    texts.append(("times", "date,\(header)\n" + rows(label: date)))
    texts.append(("dates and times", "Date,Time,\(header)\n" + rows { "\(date($0)),00:00:00" }))
    texts.append(("times without a name", ",\(header)\n" + rows { "\(date($0)) 00:00:00+00:00" }))
    texts.append(("seconds", "time;a;b;s2;s10\n" + seconds))
    texts.append(("row numbers", ",\(header)\n" + rows { "\($0)" }))
    texts.append(("row numbers from 200", "Unnamed: 0,\(header)\n" + rows { "\($0 + 200)" }))
    texts.append(("named row numbers", "n,\(header)\n" + rows { "\($0 + 1)" }))
    texts.append(("decimals", header + "\n" + rows(label: nil) { "\($0).0" }))
    texts.append(("tabs", "a\tb\ts2\ts10\n" + rows(label: nil, separator: "\t")))
    texts.append(("quoted", "\"a\",\"b\",\"s2\",\"s10\"\n" + rows(label: nil) { "\"\($0)\"" }))
    texts.append(("a comment's sign", "# \(header)\n" + rows(label: nil) { " \($0).000e+00" }))
    texts.append(("newest first", "Date,\(header)\n" + newest))
    texts.append(("more rows than bars", "date,\(header)\n" + rows(-3..<days + 2, label: date)))
    return texts
  }

  /// A row a strategy.
  private static var turnedTables: [(String, String)] {
    let dates = (0..<days).map(date).joined(separator: ",")
    let numbers = (0..<days).map(String.init).joined(separator: ",")
    return [
      ("names before", strategyRows()),
      ("names before, times above", "strategy,\(dates)\n" + strategyRows()),
      ("names before, numbers above", ",\(numbers)\n" + strategyRows()),
    ]
  }

  @Test func theSameSignals() throws {
    let expected = SignalColumns(Self.signals)
    for (name, text) in Self.texts {
      let given = try Self.read(text)
      #expect(given.ids == Self.ids, "\(name)")
      #expect(given.signals == expected, "\(name)")
      #expect(given.wasNewestFirst == (name == "newest first"), "\(name)")
      // Beside bars that were turned round, what has no times says so.
      let turned = given.notes(barsWereTurned: true, direction: .long).contains {
        "\($0)".contains("without times")
      }
      #expect(turned == !given.hasTimes, "\(name)")
      #expect((given.rowsBefore, given.rowsAfter) == (name == "more rows than bars" ? (3, 2) : (0, 0)))
    }
  }

  private static func read(_ bytes: [UInt8], inChunksOf size: Int) throws -> ImportedSignals {
    var start = 0
    return try SignalsReader().read(file: "f") {
      let end = min(start + size, bytes.count)
      defer { start = end }
      return Array(bytes[start..<end])
    }
  }

  @Test func inChunksOfAnySize() throws {
    for (name, text) in Self.texts {
      let bytes = Array(text.utf8)
      let whole = try SignalsReader().read(bytes, file: "f")
      for size in [1, 3, 64, 1_000] {
        let read = try Self.read(bytes, inChunksOf: size)
        #expect(read == whole, "\(name) by \(size)")
      }
    }
  }

  @Test func booleans() throws {
    let long = "a\n" + (0..<Self.days).map { $0 % 3 == 0 ? "True" : "FALSE" }.joined(separator: "\n")
    let expected = SignalColumns([(0..<Self.days).map { Int8($0 % 3 == 0 ? 1 : 0) }])
    #expect(try Self.read(long).signals == expected)
    let json = "{\"a\": \((0..<Self.days).map { $0 % 3 == 0 })}"
    #expect(try Self.read(json).signals == expected)
  }

  // MARK: NumPy

  private static func array(_ element: NumPyElement, isFortranOrder: Bool, turned: Bool) -> [UInt8] {
    let (rows, columns) = turned ? (ids.count, days) : (days, ids.count)
    func signal(_ row: Int, _ column: Int) -> Int8 { turned ? signals[row][column] : signals[column][row] }
    let places =
      isFortranOrder
      ? (0..<columns).flatMap { column in (0..<rows).map { ($0, column) } }
      : (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
    let order = isFortranOrder ? "True" : "False"
    return NumPyFile.bytes(
      header: "{'descr': '\(element.rawValue)', 'fortran_order': \(order), 'shape': (\(rows), \(columns)), }")
      + places.flatMap { bytes(signal($0, $1), element) }
  }

  private static func bytes(_ signal: Int8, _ element: NumPyElement) -> [UInt8] {
    let bits =
      switch element {
      case .boolean, .uint8: UInt64(abs(signal))
      case .single: UInt64(Float(signal).bitPattern)
      case .double: Double(signal).bitPattern
      default: UInt64(bitPattern: Int64(signal))
      }
    return (0..<element.size).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
  }

  @Test(arguments: NumPyElement.allCases) func arrays(element: NumPyElement) throws {
    let isUnsigned = element == .boolean || element == .uint8
    let expected = SignalColumns(Self.signals.map { isUnsigned ? $0.map { abs($0) } : $0 })
    for isFortranOrder in [false, true] {
      for turned in [false, true] {
        let bytes = Self.array(element, isFortranOrder: isFortranOrder, turned: turned)
        #expect(try Self.read(bytes).signals == expected)
        #expect(try Self.read(bytes).ids == ["0", "1", "2", "3"])
        let read = try Self.read(bytes, inChunksOf: 7)
        #expect(read == (try SignalsReader().read(bytes, file: "f")))
      }
    }
  }

  @Test func damagedArrays() {
    let good = Self.array(.int8, isFortranOrder: false, turned: false)
    var bad = good
    bad[bad.count - 2] = 2
    let cases: [([UInt8], String)] = [
      (bad, "f: [20, 2] is 2, expected -1, 0 or 1; correct the signal, and write 0 where there is none"),
      (
        Array(good.dropLast()),
        "f: the array's data ends after 83 bytes, expected 84; copy or write the file again"
      ),
      (
        good + [0],
        "f: more than the 84 bytes of an array of shape (21, 4), expected one array alone; write it again with np.save"
      ),
      (
        NumPyFile.bytes(header: "{'descr': '<c8', 'fortran_order': False, 'shape': (21,), }"),
        "f: the array's type is <c8 (complex numbers), expected booleans, whole or floating-point numbers; "
          + "write np.save(file, x.astype('int8'))"
      ),
    ]
    for (bytes, message) in cases {
      let error = #expect(throws: ImportError.self) { try Self.read(bytes) }
      #expect(error?.description == message)
    }
  }

  // MARK: Which way round

  @Test func lengthsTellTheSideOfTheBars() throws {
    let square = (0..<Self.days).map { row in
      (0..<Self.days).map { ($0 + row) % 3 == 0 ? "1" : "0" }.joined(separator: ",")
    }.joined(separator: "\n")
    #expect(
      Self.message(square)
        == "f: 21 rows and 21 columns both fit the bars, expected one that does; "
        + "pass --signals-axis bars or --signals-axis strategies for what a row is")
    #expect(try Self.read(square, axis: .bars).signals.count == 21)
    #expect(
      Self.message("0,1\n1,0\n")
        == "f: 2 rows and 2 columns, expected one of them to be 21, one for each bar of the market, or 14, "
        + "one for each training bar, to begin anew with each segment; give every bar a signal, 0 where there is none"
    )
    #expect(
      Self.message(Self.header + "\n" + Self.rows(label: nil), axis: .strategies)
        == "f: rows that are strategies have 4 signals a strategy, expected 21, one for each bar of the market, "
        + "or 14, one for each training bar, to begin anew with each segment, as the other side has with 21; "
        + "pass --signals-axis bars")
  }

  @Test(
    arguments: [
      (nil, 21, SignalAlignment.market), (nil, 14, .segment), (nil, 20, nil), (nil, 13, nil), (nil, 7, nil),
      (.market, 21, .market), (.market, 14, nil), (.segment, 21, .segment), (.segment, 14, .segment),
      (.segment, 22, nil), (.segment, 13, nil),
    ] as [(SignalAlignment?, Int, SignalAlignment?)])
  func lengths(asked: SignalAlignment?, length: Int, alignment: SignalAlignment?) {
    let lengths = SignalLengths(bars: 21, trainingBars: 14, asked: asked)
    #expect(lengths.alignment(of: length) == alignment)
  }

  @Test func allBarsForTraining() {
    let lengths = SignalLengths(bars: 21, trainingBars: 21, asked: nil)
    #expect(lengths.alignment(of: 21) == .market && lengths.alignment(of: 20) == nil)
    #expect(lengths.words(21) == "21 a strategy, one for each bar of the market")
  }

  // MARK: Faults

  private static func table(_ change: (inout [String]) -> Void) -> String {
    var lines = ["date," + header] + rows(label: date).split(separator: "\n").map(String.init)
    change(&lines)
    return lines.joined(separator: "\n")
  }

  static let faults = tableFaults + otherFaults

  private static let tableFaults: [(String, String)] = [
    (
      table { $0[5] = "2020-01-05,0,2,1,0" },
      "f, line 6: b is \"2\", expected -1, 0 or 1; correct the signal, and write 0 where there is none"
    ),
    (
      table { $0[5] = "2020-01-05,0,,1,0" },
      "f, line 6: b is \"\", expected -1, 0 or 1; correct the signal, and write 0 where there is none"
    ),
    (
      table { $0[1] = "2020-01-01,nan,0,1,0" },
      "f, line 2: a is \"nan\", expected -1, 0 or 1; correct the signal, and write 0 where there is none"
    ),
    (
      table { $0[9] = "2020-01-09,0,0.5,1,0" },
      "f, line 10: b is \"0.5\", expected -1, 0 or 1; correct the signal, and write 0 where there is none"
    ),
    (
      table { $0[7] = "2020-01-07,0,1,1" },
      "f, line 8: 4 fields, expected 5 as on line 1; give every row a signal in every column"
    ),
    (
      table { $0.swapAt(10, 11) },
      "f, line 12: date is \"2020-01-10\", before that of the last row, expected increasing times; "
        + "sort the rows by time"
    ),
    (
      table { $0[4] = "2020-01-03,0,0,0,0" },
      "f, line 5: date is \"2020-01-03\", as in the last row, expected increasing times; "
        + "keep one row for each bar"
    ),
    (
      table { $0.remove(at: 8) },
      "f, line 9: the time is 2020-01-09T00:00:00Z, expected 2020-01-08T00:00:00Z, that of bar 8; "
        + "give a row for every bar, at the times of the bars"
    ),
    (
      table { $0.remove(at: 1) },
      "f, line 2: the time is 2020-01-02T00:00:00Z, expected 2020-01-01T00:00:00Z, that of bar 1; "
        + "give a row for every bar, at the times of the bars"
    ),
    (
      table { $0.removeLast() },
      "f: ends at 2020-01-20T00:00:00Z, expected a row for every bar up to 2020-01-21T00:00:00Z; "
        + "add the rows that are missing or give fewer bars"
    ),
    (
      "time,a\n" + (0..<21).map { "\(time($0) / 1_000_000 + 3_600),1" }.joined(separator: "\n"),
      "f, line 2: the time is 2020-01-01T01:00:00Z, expected 2020-01-01T00:00:00Z, that of bar 1; "
        + "give a row for every bar, at the times of the bars"
    ),
    (
      table { $0[0] = "date,a,b,a,c" },
      "f: strategy \"a\" occurs twice, expected different names; rename or remove one"
    ),
    (
      table { $0[0] = "date,a,,b,c" },
      "f: column 2 has no name, expected that of a strategy; name or remove it"
    ),
    (
      table { $0.removeLast(days) },
      "f: has a header and no rows, expected at least one row; check how it was made"
    ),
  ]

  private static let otherFaults: [(String, String)] = [
    ("", "f: is empty, expected a header and rows; check how it was made"),
    (" \n\n", "f: is empty, expected a header and rows; check how it was made"),
    (
      "0 1 1\n1 0 1\n",
      "f, line 1: numbers with spaces between, expected commas; write them with delimiter=\",\""
    ),
    ("PAR1\u{15}", "f: \(FileKind.parquet.words(file: "f"))"),
    (
      "{\"a\": {\"0\": 1, \"1\": 0}, \"b\": {\"0\": 1, \"2\": 0}}",
      "f: at \"b\": found \"2\", expected \"1\"; give every object the same members in one order"
    ),
    (
      "[{\"a\": 1, \"b\": 0}, {\"a\": 1}]",
      "f: at [1]: found its end, expected \"b\"; give every object the same members in one order"
    ),
    (
      "[{\"a\": 1, \"b\": 2}]", "f, at \"[0].b\": signal is 2, expected -1, 0 or 1; correct the signal"
    ),
    (
      "{\"columns\": [\"a\"], \"index\": [0, 1, 2], \"data\": [[1], [0]]}",
      "f, at \"data\": found 2 rows of 1 signals, expected 3 rows of 1, as index and columns say; "
        + "write {\"id\": [0, 1, …], …} or [{\"id\": …, \"signals\": [0, 1, …]}, …]"
    ),
  ]

  @Test(arguments: faults) func oneLine(text: String, message: String) {
    #expect(Self.message(text) == message)
  }

  @Test func timesDoNotBeginAnew() {
    #expect(
      Self.message(Self.table { _ in }, asked: .segment)
        == "f: has times, which --signals-from segment cannot follow; leave --signals-from out")
  }

  @Test func columnsThatHaveNoNamesAreNumbered() throws {
    let bars = (0..<Self.days).map { "\($0 % 2)" }
    #expect(try Self.read((["0"] + bars).joined(separator: "\n")).signals.length == Self.days)
    let both = try Self.read((["0,1"] + bars.map { "\($0),1" }).joined(separator: "\n"))
    #expect(both.ids == ["0", "1"] && both.signals[0].prefix(2) == [0, 1] && both.signals[1][0] == 1)
    // As many rows as bars are all signals.
    #expect(try Self.read(bars.joined(separator: "\n")).signals[0].prefix(2) == [0, 1])
  }

  @Test func strategiesThatAreCalledAsSplitIs() throws {
    let row = "[" + (0..<Self.days).map { "\($0 % 2)" }.joined(separator: ",") + "]"
    let given = try Self.read("{\"data\": \(row), \"index\": \(row), \"columns\": \(row)}")
    #expect(given.ids == ["columns", "data", "index"])
    #expect((0..<3).allSatisfy { given.signals[$0] == given.signals[0] } && given.signals.length == 21)
  }

  @Test func mutatedTablesNeverTrap() {
    var generator = SeededGenerator(seed: 9)
    let interesting = Array("{}[]\",;:\\-+.eE019 \n\r\t".utf8) + [0xFF, 0]
    for (_, text) in Self.texts {
      for _ in 0..<150 {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let place = Int.random(in: bytes.indices, using: &generator)
          bytes[place] = interesting.randomElement(using: &generator)!
        }
        do {
          let given = try Self.read(bytes)
          #expect(given.signals.count == given.ids.count)
        } catch {
          #expect(error is ImportError)
          #expect(!"\(error)".contains { $0.isNewline })
        }
      }
    }
  }
}
