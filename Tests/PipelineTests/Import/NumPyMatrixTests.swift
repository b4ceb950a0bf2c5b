import TestSupport
import Testing

@testable import Pipeline

@Suite struct NumPyMatrixTests {
  private func read(_ bytes: [UInt8], chunk: Int = 1 << 20) throws -> ImportedReturns {
    var rest = bytes[...]
    return try ReturnsReader().read(file: "returns.npy") {
      defer { rest = rest.dropFirst(chunk) }
      return Array(rest.prefix(chunk))
    }
  }

  /// Exact: bit for bit, in every element type, order and version, however the bytes arrive.
  @Test(
    arguments: [(1, 1), (1, 7), (7, 1), (13, 8), (5, 19), (64, 33)],
    [(chunk: 1 << 20, version: UInt8(1)), (1, 3), (7, 2), (129, 1)])
  func readsBackWhatWasWritten(shape: (Int, Int), way: (chunk: Int, version: UInt8)) throws {
    var random = SeededGenerator(seed: UInt64(shape.0 * 100 + way.chunk))
    for element in NumPyFile.Element.allCases {
      for isFortranOrder in [false, true] {
        var values = (0..<shape.0 * shape.1).map { _ in random.uniform(-1...1) }
        if element == .single { values = values.map { Double(Float($0)) } }
        let undefined = Int.random(in: 0..<values.count, using: &random)
        values[undefined] = .nan
        let file = NumPyFile(
          bars: shape.0, strategies: shape.1, element: element, isFortranOrder: isFortranOrder,
          version: way.version)
        let found = try read(file.bytes(values), chunk: way.chunk)
        #expect((found.bars, found.strategies) == shape)
        #expect(found.matrix.values.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(found.names == (0..<shape.1).map(String.init) && found.timestamps == nil)
        #expect(found.undefinedCounts == (0..<shape.1).map { $0 == undefined % shape.1 ? 1 : 0 })
      }
    }
  }

  /// What NumPy itself writes.
  @Test(arguments: ReturnsSamples.arrays)
  func readsArraysOfNumPy(name: String, digits: String) throws {
    let digits = Array(digits.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map { place in
      UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)!
    }
    let found = try read(bytes)
    #expect((found.bars, found.strategies) == (3, 2))
    #expect(zip(found.matrix.values, ReturnsSamples.values).allSatisfy { Tolerance.exact.accepts($0, $1) })
    #expect(found.undefinedCounts == [1, 0])
  }

  @Test(arguments: [
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }",
    "{'shape': (3,), 'fortran_order': True, 'descr': '<f8'}",
    "{\"descr\": \"<f8\", \"fortran_order\": False, \"shape\": (3L, 1L)}",
    " { 'descr' :'<f8','fortran_order':False , 'shape':( 3 , 1 , ) , } ",
  ])
  func understandsHeaders(header: String) throws {
    let data = [0.5, -0.25, 4].flatMap { value in
      (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * $0)) }
    }
    let found = try read(NumPyFile.bytes(header: header) + data)
    #expect(found.matrix.values == [0.5, -0.25, 4])
    #expect((found.bars, found.strategies) == (3, 1))
  }

  /// A first column of row numbers or of times is no strategy, as in text.
  @Test(arguments: [
    ([7.0, 8, 9], false), ([20_180_502, 20_180_503, 20_180_504], true),
    ([20_180_507, 20_180_503, 20_180_502], true),
    ([1_525_219_200, 1_525_305_600, 1_525_392_000], true),
  ])
  func takesAFirstColumn(firsts: [Double], hasTimes: Bool) throws {
    for isFortranOrder in [false, true] {
      let file = NumPyFile(
        bars: 3, strategies: 3, element: .double, isFortranOrder: isFortranOrder, version: 1)
      let found = try read(file.bytes(firsts.flatMap { [$0, $0 / 1e12, -0.5] }))
      #expect(found.names == ["0", "1"] && found.matrix.column(1) == [-0.5, -0.5, -0.5])
      #expect(found.matrix.column(0) == firsts.sorted().map { $0 / 1e12 })
      #expect((found.timestamps?.first == 17_653 * 86_400_000_000) == hasTimes)
      #expect(found.reading.rowNumbers == (hasTimes ? [] : ["column 1"]))
      #expect(found.reading.isReversed == (firsts[0] > firsts[1]))
    }
  }

  private static let days = [17_653.0, 17_654, 17_655, 17_658]
  private static let small = [0.01, -0.02, -0.005, 0.5, 0.001, -0.25, 0.25, 0.125]

  private func array(_ rows: [[Double]], settings: TimeSettings = TimeSettings()) throws -> ImportedReturns {
    let file = NumPyFile(
      bars: rows.count, strategies: rows[0].count, element: .double, isFortranOrder: false, version: 1)
    return try ReturnsReader(settings: settings).read(file.bytes(rows.flatMap { $0 }), file: "returns.npy")
  }

  /// Times in any unit, in the first column, in the last one, and as the first row of a matrix of strategies.
  @Test(arguments: [86_400.0, 86_400e3, 86_400e6, 86_400e9]) func timesAreFoundOnEachSide(unit: Double) throws
  {
    let times = Self.days.map { $0 * unit }
    let returns = stride(from: 0, to: 8, by: 2).map { Array(Self.small[$0..<$0 + 2]) }
    let first = try array(zip(times, returns).map { [$0] + $1 })
    let last = try array(zip(times, returns).map { $1 + [$0] })
    let turned = try array([times, returns.map { $0[0] }, returns.map { $0[1] }])
    for found in [first, last, turned] {
      #expect(found.timestamps == Self.days.map { Int64($0) * 86_400_000_000 })
      #expect(found.matrix.values == Self.small && found.names == ["0", "1"])
    }
    #expect(turned.reading.isTransposed && !first.reading.isTransposed)
  }

  /// A matrix of strategies whose first row numbers days as no return does is turned where that is asked for.
  @Test func aTurnedMatrixLosesItsTimes() throws {
    let returns = stride(from: 0, to: 8, by: 2).map { Array(Self.small[$0..<$0 + 2]) }
    let rows = [[0.0, 1, 2, 3], returns.map { $0[0] }, returns.map { $0[1] }]
    let found = try array(rows).turned(TimeSettings())
    #expect(found.matrix.values == Self.small && found.reading.rowNumbers == ["column 1"])
  }

  /// `--time-format` is used, for fractions of days too, or refused.
  @Test func timesAsSomebodySays() throws {
    let excel = try TimeSettings(format: "excel", zone: nil)
    let rows = Self.days.enumerated().map { [$1 + 25_569.5, Self.small[2 * $0], Self.small[2 * $0 + 1]] }
    let found = try array(rows, settings: excel)
    #expect(
      found.timestamps == Self.days.map { Int64(($0 + 0.5) * 86_400e6) } && found.matrix.values == Self.small)
    let year = try TimeSettings(format: "year", zone: nil)
    let error = #expect(throws: ImportError.self) {
      try array(Self.days.map { [$0 * 86_400, 0.01] }, settings: year)
    }
    #expect(
      error?.description
        == "returns.npy: column 1 is \"1525219200\", expected the --time-format year; correct the option or leave it out"
    )
  }

  private static let again = "; write it again with np.save"
  private static let keys = "descr, fortran_order and shape"

  private static func header(_ type: String = "'<f8'", shape: String = "(2, 1)") -> [UInt8] {
    NumPyFile.bytes(header: "{'descr': \(type), 'fortran_order': False, 'shape': \(shape), }")
  }

  private static func retyped(_ type: String, _ words: String) -> ([UInt8], String) {
    (
      header(type),
      "the array's type is \(words), expected <f8 or <f4; write np.save(file, x.astype('<f8'))"
    )
  }

  /// What may hold dates beside numbers becomes a table, which keeps them.
  private static func asText(_ type: String, _ words: String) -> ([UInt8], String) {
    (
      header(type),
      "the array's type is \(words), expected numbers; write it as text: "
        + "np.savetxt('x.csv', np.load(file, allow_pickle=True), '%s', ',')"
    )
  }

  private static func broken(_ text: String, _ words: String) -> ([UInt8], String) {
    (NumPyFile.bytes(header: text), "the array's header has \(words)\(again)")
  }

  static let faults: [([UInt8], String)] = [
    retyped("'>f8'", ">f8 (big-endian floating point)"), retyped("'<i8'", "<i8 (integers)"),
    asText("'|O'", "|O (Python objects)"), retyped("'|b1'", "|b1 (booleans)"),
    retyped("'<f2'", "<f2 (floating point)"),
    retyped("'<c16'", "<c16 (complex numbers)"), asText("'<M8[ns]'", "<M8[ns] (times)"), retyped("''", ""),
    asText("[('a', '<f8')]", "a list (records)"),
    broken("", "its end, expected \"{\""), broken("[]", "\"[]\", expected \"{\""),
    broken("{'descr': '<f8'}", "no fortran_order, expected \(keys)"),
    broken("{'a': 1}", "the key \"a\", expected \(keys), once each"),
    broken("{'descr': '<f8', 'descr': '<f8'}", "the key \"descr\", expected \(keys), once each"),
    broken("{'descr': '<f8", "\"'<f8\", expected a string"),
    broken("{'fortran_order': 1}", "\"1}\", expected True or False"),
    broken("{'shape': (-1,)}", "\"-1,)}\", expected a tuple of whole numbers"),
    broken(
      "{'shape': (99999999999999999999,)}", "\"99999999999999999999…\", expected a tuple of whole numbers"),
    broken("{} 1", "\"1\", expected its end"),
    (
      header(shape: "()"),
      "the array's shape is (), expected one or two dimensions, bars × strategies; write it again with x.reshape"
    ),
    (
      header(shape: "(2, 3, 4)"),
      "the array's shape is (2, 3, 4), expected one or two dimensions, bars × strategies; "
        + "write it again with x.reshape"
    ),
    (
      header(shape: "(0,)"),
      "the array's shape is (0,), expected at least one bar and one strategy; check how it was made"
    ),
    (
      header(shape: "(20000, 50000)"),
      "the array's shape is (20000, 50000), expected at most 500000000 returns; split the array"
    ),
    (
      header(shape: "(9000000000000000000, 9)"),
      "the array's shape is (9000000000000000000, 9), expected at most 500000000 returns; split the array"
    ),
    // A shape that asks for gigabytes is believed only as far as the file goes.
    (
      header(shape: "(10000, 50000)") + [1, 2, 3],
      "the array's data ends after 3 bytes, expected 4000000000; copy or write the file again"
    ),
    (
      header(shape: "(1, 500000000)"),
      "the array's data ends after 0 bytes, expected 4000000000; copy or write the file again"
    ),
    (
      header() + Array(repeating: 0, count: 15),
      "the array's data ends after 15 bytes, expected 16; copy or write the file again"
    ),
    (
      header() + Array(repeating: 0, count: 17),
      "more than the 16 bytes of an array of shape (2, 1), expected one array alone\(again)"
    ),
    (
      header() + Array(repeating: 0xFF, count: 24),
      "more than the 16 bytes of an array of shape (2, 1), expected one array alone\(again)"
    ),
    (
      header() + [0, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0xF0, 0xFF],
      "the return [1, 0] is infinite, expected finite numbers, or NaN where it is undefined; "
        + "write np.save(file, np.where(np.isinf(x), np.nan, x))"
    ),
    (
      Array(header().prefix(9)),
      "the array's header ends after 9 bytes, expected 10; copy or write the file again"
    ),
    (
      Array(header().prefix(60)),
      "the array's header ends after 60 bytes, expected 128; copy or write the file again"
    ),
    (
      NumPyHeader.magic + [4, 0, 0],
      "the array's format version is 4.0, expected 1.0 to 3.0\(again)"
    ),
    (
      NumPyHeader.magic + [2, 0, 0xFF, 0xFF, 0xFF, 0x7F],
      "the array's header is 2147483647 bytes long, expected at most 65536\(again)"
    ),
    (
      [0x80, 4, 0x95, 0],
      "holds pickled Python objects, expected an array of numbers; write np.save(file, x.astype('<f8'))"
    ),
  ]

  @Test(arguments: faults)
  func oneLine(bytes: [UInt8], message: String) {
    let error = #expect(throws: ImportError.self) { try read(bytes) }
    #expect(error?.description == "returns.npy: \(message)")
    #expect(error?.exitStatus == 65)
  }
}
