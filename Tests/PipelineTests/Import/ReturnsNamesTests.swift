import TestSupport
import Testing

@testable import Pipeline

/// Names that are numbers, names that are not there, and columns that only blanks keep apart.
@Suite struct ReturnsNamesTests {
  private func read(_ text: String, headerRows: Int? = nil) throws -> ImportedReturns {
    try ReturnsReader(settings: TimeSettings(), headerRows: headerRows)
      .read(Array(text.utf8), file: "returns.csv")
  }

  private func message(_ text: String, headerRows: Int? = nil) -> String? {
    do {
      _ = try read(text, headerRows: headerRows)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static let rows = "0.00731,0.00215,-0.00442\n-0.01316,0.00027,0.00881\n0.00512,-0.00613,0.00104\n"
  private static let values = [
    0.00731, 0.00215, -0.00442, -0.01316, 0.00027, 0.00881, 0.00512, -0.00613, 0.00104,
  ]

  /// Rows of numbers above returns, in whatever order, of whole numbers and of fractions.
  @Test(arguments: [
    ("5,7,9\n40,40,60\n", ["5/40", "7/40", "9/60"]), ("40,40,60\n5,7,5\n", ["40/5", "40/7", "60/5"]),
    ("0.1,0.2,0.4\n", ["0.1", "0.2", "0.4"]),
    ("0.1,0.1,0.4\n2,3,2\n1.5,1.5,1.5\n", ["0.1/2/1.5", "0.1/3/1.5", "0.4/2/1.5"]),
    (
      "2.000000000000000000e+00,2.000000000000000000e+00,5.0e+00\n1.500000000000000000e+00,3.0e+00,3.0e+00\n",
      ["2/1.5", "2/3", "5/3"]
    ),
  ])
  func parametersAreNames(header: String, names: [String]) throws {
    let found = try read(header + Self.rows)
    #expect(found.names == names && found.matrix.values == Self.values)
    #expect(
      found.reading.hasNumbersForNames && found.reading.headerRows == header.split(separator: "\n").count)
  }

  /// Some words are months in another language.
  @Test func wordsBeforeNumbersAreNames() throws {
    for word in ["set-", "out ", "gen-", "mag."] {
      let names = ["10", "20", "30"].map { word + $0 }
      let rows = "\n2020-01-02,0.1,0.2,-0.1\n2020-01-03,0,0.1,0.3\n"
      let found = try read("date," + names.joined(separator: ",") + rows)
      #expect(found.names == names && found.bars == 2 && found.timestamps?.count == 2)
    }
    // Where the words differ they are times: a row a strategy.
    let turned = try read("name,gen-20,feb-20,mar-20\nfast,0.1,0.2,-0.1\nslow,0,0.1,0.3\n")
    #expect(turned.names == ["fast", "slow"] && turned.bars == 3)
  }

  /// The first row of returns may be above 0 as parameters are.
  @Test func parametersAboveGains() throws {
    let found = try read(
      "5,5,9\n40,50,40\n0.00731,0.00215,0.00442\n0.00100,0.00200,0.00031\n0.01,-0.01,0.02\n")
    #expect(found.names == ["5/40", "5/50", "9/40"] && found.bars == 3)
  }

  /// Four numbers in equal steps, written as the returns are; but leveraged copies are in equal steps on every bar.
  @Test func equalSteps() throws {
    #expect(try read("0.25,0.5,0.75,1\n0.03,0.01,-0.02,0.5\n").names == ["0.25", "0.5", "0.75", "1"])
    #expect(try read("0.01,0.02,0.03,0.04\n0.02,0.04,0.06,0.08\n").bars == 2)
  }

  /// Losses at which to stop, in either order; others below 0 may be returns.
  @Test func lossesInOrder() throws {
    let rows = "0.0082,0.0312,-0.0347\n0.0347,0.0001,-0.0153\n"
    #expect(try read("-0.01,-0.02,-0.03\n" + rows).names == ["-0.01", "-0.02", "-0.03"])
    #expect(try read("-0.3,-0.2,-0.1\n" + rows).names == ["-0.3", "-0.2", "-0.1"])
    #expect(try read("-0.01,-0.03,-0.02\n" + rows).bars == 3)
  }

  /// Bars without a trade, bars on which all earn the same, and bars of columns that are only numbered.
  @Test(arguments: [
    ("0,0,0\n", 4), ("0,0.5,0\n", 4), ("0.01,0.01,0.01\n", 4), ("0.5,-0.25,0.1\n", 4),
    ("0,1,2\n0.5,0.25,1\n", 4),
    ("a,b,c\n1,2,3\n", 4),
  ])
  func barsAreNoNames(first: String, bars: Int) throws {
    let found = try read(first + Self.rows)
    #expect(found.bars == bars && !found.reading.hasNumbersForNames)
  }

  /// A time is above 0 as well.
  @Test func timesAreNoNames() throws {
    let found = try read("20180502,0.5,0.25\n20180503,0.00731,0.00125\n20180504,-0.01316,0.02\n")
    #expect(found.bars == 3 && found.timestamps != nil && !found.reading.hasNumbersForNames)
  }

  @Test func headerRowsAreAsGiven() throws {
    let table = "5,7,9\n40,40,60\n" + Self.rows
    #expect(try read(table, headerRows: 0).bars == 5)
    #expect(try read(table, headerRows: 1).names == ["5", "7", "9"])
    #expect(try read(table, headerRows: 2).matrix.values == Self.values)
    let words = try read("a,b,c\nx,y,x\n" + Self.rows, headerRows: 2)
    #expect(words.names == ["a/x", "b/y", "c/x"] && words.matrix.values == Self.values)
    #expect(message("a,b\nx,y\n", headerRows: 2)?.hasPrefix("returns.csv: has a header and no rows") == true)
    #expect(
      message("a,b\n0.1,0.2\n", headerRows: 0)?.hasPrefix("returns.csv, line 1: column 1 is \"a\"") == true)
    let array = NumPyFile(bars: 2, strategies: 1, element: .double, isFortranOrder: false, version: 1)
      .bytes([0.5, 0.25])
    let error = #expect(throws: ImportError.self) {
      try ReturnsReader(settings: TimeSettings(), headerRows: 1).read(array, file: "r.npy")
    }
    #expect(
      error?.description
        == "r.npy: is an array of numbers, expected text with rows of names; leave --header-rows out")
  }

  private static let day: Int64 = 86_400_000_000

  /// A row of dates over rows of returns without names: no return is taken for a name.
  @Test(arguments: [
    "2018-05-02,2018-05-03,2018-05-04\n0.13,-0.21,0.34\n,0.5,-0.6\n",
    "20180502;20180503;20180504\n0.13;-0.21;0.34\n.;0.5;-0.6\n",
    "2018-05-04,2018-05-03,2018-05-02\n0.34,-0.21,0.13\n-0.6,0.5,nan\n",
    "2018-05-02 2018-05-03 2018-05-04\n0.13 -0.21 0.34\nNA 0.5 -0.6\n",
  ])
  func aRowOfDatesAlone(text: String) throws {
    let found = try read(text)
    #expect(found.names == ["0", "1"] && found.bars == 3 && found.reading.isTransposed)
    #expect(found.timestamps == [17_653, 17_654, 17_655].map { $0 * Self.day })
    let values = found.matrix.values
    #expect(values[0] == 0.13 && values[1].isNaN && Array(values[2...]) == [-0.21, 0.5, 0.34, -0.6])
  }

  /// Columns that runs of blanks keep apart, as `savetxt` and `write.table` write them.
  @Test(arguments: [
    ("0.00731 0.00215\n-1.316e-02 nan\n", ["0", "1"]),
    ("# fast slow\n7.31e-03 2.15e-03\n-1.316e-02 nan\n", ["fast", "slow"]),
    ("#fast slow\n7.31e-03 2.15e-03\n-1.316e-02 nan\n", ["fast", "slow"]),
    ("  fast      slow  \r\n 0.00731   0.00215\r\n-0.01316      NaN \r\n", ["fast", "slow"]),
    ("\"fast ma\" \"slow\"\n\"1\" 0.00731 0.00215\n\"2\" -0.01316 NA\n", ["fast ma", "slow"]),
    ("\"fast\" \"slow\"\n\"2018-05-02\" 0.00731 0.00215\n\"2018-05-03\" -0.01316 NA\n", ["fast", "slow"]),
    (
      "               fast     slow\nDate                        \n2018-05-02  0.00731  0.00215\n"
        + "2018-05-03 -0.01316      NaN\n", ["fast", "slow"]
    ),
    ("\"fast\" \"slow\"\n\"1\" 0,00731 0,00215\n\"2\" -0,01316 NA\n", ["fast", "slow"]),
    ("fast\tslow\n1\t0.00731\t0.00215\n2\t-0.01316\tNA\n", ["fast", "slow"]),
    ("\"fast\",\"slow\"\n\"1\",0.00731,0.00215\n\"2\",-0.01316,NA\n", ["fast", "slow"]),
  ])
  func blanksKeepColumnsApart(text: String, names: [String]) throws {
    let found = try read(text)
    #expect(found.names == names && found.bars == 2 && found.undefinedCounts == [0, 1])
    #expect(Array(found.matrix.values.prefix(3)) == [0.00731, 0.00215, -0.01316])
    #expect((found.timestamps?.first == 17_653 * Self.day) == text.contains("2018"))
  }

  /// The bytes come in any pieces.
  @Test(arguments: [1, 2, 5, 64]) func blanksInPieces(piece: Int) throws {
    var rest = Array("fast   slow\n0.5     -0.25\n  0.125 \"0.75\"\n".utf8)[...]
    let found = try ReturnsReader().read(file: "r.txt") {
      defer { rest = rest.dropFirst(piece) }
      return Array(rest.prefix(piece))
    }
    #expect(found.names == ["fast", "slow"] && found.matrix.values == [0.5, -0.25, 0.125, 0.75])
  }

  /// A name with blanks over one column separates nothing.
  @Test func blanksInNames() throws {
    #expect(try read("My strategy\n0.5\n0.25\n").names == ["My strategy"])
    #expect(try read("day,My strategy\n2018-05-02,0.5\n2018-05-03,0.25\n").names == ["My strategy"])
  }

  /// What others write for a missing return is counted, with the first word.
  @Test(arguments: [
    ".", "..", "-", "\u{2013}", "\u{2014}", "null", "NULL", "#N/A", "#N/A N/A", "nan", "None",
  ])
  func wordsForMissingReturns(word: String) throws {
    let found = try read("day,a,b\n2018-05-02,\(word),0.5\n2018-05-03,0.25,\(word)\n2018-05-04,,1\n")
    #expect(found.undefinedCounts == [2, 1])
    #expect(found.reading.missingCells == "2 cells such as \"\(word)\" taken as missing")
    #expect(try read("a,b\n\(word),0.5\n0.25,0.1\n").undefinedCounts == [1, 0])
  }

  @Test func emptyCellsAreNoWords() throws {
    #expect(try read("a,b\n,0.5\n0.25,0.1\n").reading.missingCells == nil)
  }
}
