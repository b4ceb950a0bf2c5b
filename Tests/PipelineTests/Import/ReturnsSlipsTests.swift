import TestSupport
import Testing

@testable import Pipeline

/// Tables of another shape than a row a bar: what is wrong is named, with what puts it right.
@Suite struct ReturnsSlipsTests {
  private func message(_ text: String, file: String = "r.csv") -> String? {
    do {
      _ = try ReturnsReader().read(Array(text.utf8), file: file)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static let long =
    "so that there is a row for each bar and strategy, expected a row a bar and a column a strategy; "
    + "write: python3 -c \"import pandas; "

  @Test(arguments: [
    (
      "date,strategy,return\n2020-01-02,a,0.01\n2020-01-02,b,0.02\n",
      "line 2: strategy is \"a\", \(long)pandas.read_csv('r.csv')"
        + ".pivot(index='date', columns='strategy', values='return').to_csv('wide.csv')\""
    ),
    (
      "day;value;name\n2020-01-02;0.01;a\n2020-01-02;0.02;b\n",
      "line 2: name is \"a\", \(long)pandas.read_csv('r.csv', sep=';')"
        + ".pivot(index='day', columns='name', values='value').to_csv('wide.csv')\""
    ),
    (
      "2020-01-02,a,0.01\n2020-01-02,b,0.02\n",
      "line 2: column 2 is \"b\", \(long)pandas.read_csv('r.csv', header=None)"
        + ".pivot(index=0, columns=1, values=2).to_csv('wide.csv')\""
    ),
    (
      "a,b,Date\n0.01,0.02,2020-01-02\n0.03,-0.01,2020-01-03\n",
      "line 2: Date is \"2020-01-02\", a time behind returns, expected the times in the first column; write: "
        + "python3 -c \"import pandas; pandas.read_csv('r.csv', index_col=2).to_csv('wide.csv')\""
    ),
  ])
  func misplacedCells(text: String, expected: String) {
    #expect(message(text) == "r.csv, " + expected)
  }

  /// Many strategies, so that the rows of a long table look like rows of names.
  @Test func aLongTableOfManyNames() {
    let rows = (0..<40).map { "s\($0),2020-01-02,0.01\n" }.joined()
    #expect(
      message("strategy,date,return\n" + rows)?.contains("pivot(index='date', columns='strategy'") == true)
  }

  /// The row is to be removed, and not the cell to be filled in.
  @Test(arguments: [
    ("Date,a\n2020-01-02,0.5\nTotal,0.5\n", "Date", "Total"),
    (",a\n0,0.5\n1,0.25\nMean,0.375\n", "column 1", "Mean"),
    (",a,b\n0,0.5,1\n1,0.25,2\n,0.75,3\n", "column 1", ""),
    ("Datum;a\n02.01.2020;0,5\nSumme;0,5\n", "Datum", "Summe"),
  ])
  func rowsOfSums(text: String, column: String, found: String) {
    let line = text.split(separator: "\n").count
    #expect(
      message(text)
        == "r.csv, line \(line): \(column) is \"\(found)\", expected the time or the number of a bar; "
        + "remove the row if it sums up others, else correct the cell")
  }

  /// Points that set thousands apart in some cells, and none in others.
  @Test func thousands() {
    let open = "Datum;a\n02.01.2020;999\n03.01.2020;1.011\n"
    #expect(
      message(open)
        == "r.csv, line 3: a has a point before its last three digits and three digits without a point in line 2, "
        + "expected numbers of which all are read alike; write thousands without the point, or decimals with four "
        + "digits behind it")
    for settled in ["1011", "1.0110", "1.01"] {
      #expect(message("Datum;a\n02.01.2020;999\n03.01.2020;\(settled)\n") == nil)
    }
    #expect(message(open + "06.01.2020;0.5\n") == nil && message("a\n1.011\n1.5\n99\n") == nil)
  }

  private static let rows = "0.00731,0.00215,-0.00442,0.00113\n-0.01316,0.00027,0.00881,0.00212\n"

  /// Names below 0, and names with more decimals than the returns.
  @Test(arguments: [
    "-2,-1,1,2", "0.123456789,0.223456789,0.323456789,0.923456789", "-0.02,-0.01,0.01,0.05",
  ])
  func numbersForNames(header: String) throws {
    let found = try ReturnsReader().read(Array((header + "\n" + Self.rows).utf8), file: "r.csv")
    #expect(
      found.names.joined(separator: ",") == header && found.bars == 2 && found.reading.hasNumbersForNames)
  }

  @Test func namesBelowZeroBesideAnIndex() throws {
    let rows = Self.rows.split(separator: "\n").enumerated().map { "\($0),\($1)\n" }.joined()
    let found = try ReturnsReader().read(Array((",-2,-1,1,2\n" + rows).utf8), file: "r.csv")
    #expect(
      found.names == ["-2", "-1", "1", "2"] && found.bars == 2 && found.reading.rowNumbers == ["column 1"])
  }

  /// Losses among returns, and a first bar with all the digits of a double.
  @Test(arguments: [
    "0.5,-0.25,0.1,0.2", "-0.01,-0.02,0.01,0.03",
    "0.0123456789012345678,0.00234567890123456,0.0345678901234567,0.1",
  ])
  func barsAreNoNames(first: String) throws {
    let found = try ReturnsReader().read(Array((first + "\n" + Self.rows).utf8), file: "r.csv")
    #expect(found.bars == 3 && !found.reading.hasNumbersForNames)
  }
}
