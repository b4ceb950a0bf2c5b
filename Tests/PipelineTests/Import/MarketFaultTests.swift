import Pipeline
import Testing

/// Each way in which a file of bars can be wrong, and the one line that the user gets.
@Suite struct MarketFaultTests {
  private static let header = "timestamp,open,high,low,close,volume\n"
  private static let good = header + "2017-08-17,10,12,9,11,5\n"
  private static let remedy = "; correct or remove the row or pass --skip-bad-rows"
  private static let columns =
    "expected timestamp (or date, time, dt, datetime, open time), open, high, low, close "
    + "(or close or price alone), and optionally volume; rename the columns, add a header "
    + "or pass --columns time=NAME,close=NAME"

  static let cases: [(String, String)] = [
    ("", "bars.csv: is empty, expected a header and rows; check how it was made"),
    ("\n\n", "bars.csv: is empty, expected a header and rows; check how it was made"),
    (header, "bars.csv: has a header and no rows, expected at least one row; check how it was made"),
    (header + "\n\n", "bars.csv: has a header and no rows, expected at least one row; check how it was made"),
    ("a,b\n1,2\n", "bars.csv, line 1: columns are a, b, \(columns)"),
    ("date,close,high\n1,2,3\n", "bars.csv, line 1: columns are date, close, high, \(columns)"),
    (
      "1502928000,10,12\n",
      "bars.csv, line 1: no header, and the columns are not told by the values 1502928000, 10, 12, expected a time "
        + "and four prices of which the second is the highest and the third the lowest; "
        + "pass --columns time=1,close=2 or the like"
    ),
    (
      "zeit,close\n09:30,1\n",
      "bars.csv, line 2: zeit is \"09:30\", a time of day alone, expected its day as well; give the day in a column "
        + "of its own, or pass --time-format rows to number the bars; correct the row"
    ),
    (good + "2017-08-18,10,12,9,n/a,5\n", "bars.csv, line 3: close is \"n/a\", expected a number\(remedy)"),
    (good + "2017-08-18,10,12,9,,5\n", "bars.csv, line 3: close is \"\", expected a number\(remedy)"),
    (
      good + "2017-08-18,10,12,9,\"1,5\",5\n",
      "bars.csv, line 3: close is \"1,5\", expected a number\(remedy)"
    ),
    (
      good + "2017-08-18,0,12,9,10,5\n",
      "bars.csv, line 3: open is \"0\", expected a positive number\(remedy)"
    ),
    (
      good + "2017-08-18,10,12,-9,10,5\n",
      "bars.csv, line 3: low is \"-9\", expected a positive number\(remedy)"
    ),
    (
      good + "2017-08-18,10,NaN,9,10,5\n",
      "bars.csv, line 3: high is \"NaN\", expected a finite number\(remedy)"
    ),
    (
      good + "2017-08-18,10,inf,9,10,5\n",
      "bars.csv, line 3: high is \"inf\", expected a finite number\(remedy)"
    ),
    (
      good + "2017-08-18,10,1e999,9,10,5\n",
      "bars.csv, line 3: high is \"1e999\", expected a finite number\(remedy)"
    ),
    (
      good + "2017-08-18,10,8,9,10,5\n",
      "bars.csv, line 3: high is 8.0, expected at least the low of 9.0\(remedy)"
    ),
    (
      good + "2017-08-18,10,9.5,9,9,5\n",
      "bars.csv, line 3: high is 9.5, expected at least the open of 10.0\(remedy)"
    ),
    (
      good + "2017-08-18,9,9.5,9,10,5\n",
      "bars.csv, line 3: high is 9.5, expected at least the close of 10.0\(remedy)"
    ),
    (
      good + "2017-08-18,9,12,9.5,10,5\n",
      "bars.csv, line 3: low is 9.5, expected at most the open of 9.0\(remedy)"
    ),
    (
      good + "2017-08-18,10,12,9.5,9,5\n",
      "bars.csv, line 3: low is 9.5, expected at most the close of 9.0\(remedy)"
    ),
    (
      good + "2017-08-18,10,12,9,10,-5\n",
      "bars.csv, line 3: volume is \"-5\", expected zero or more\(remedy)"
    ),
    (
      good + "2017-08-18,10,12,9,10,inf\n",
      "bars.csv, line 3: volume is \"inf\", expected a finite number\(remedy)"
    ),
    (
      good + "2017-08-18,10,12,9,10,5\n2017-08-16,10,12,9,10,5\n",
      "bars.csv, line 4: timestamp is \"2017-08-16\", before that of the last row, "
        + "expected increasing times\(remedy)"
    ),
    (
      good + "2017-08-17,10,12,9,10,5\n",
      "bars.csv, line 3: timestamp is \"2017-08-17\", as in the last row, expected increasing times\(remedy)"
    ),
    (
      good + "soon,10,12,9,10,5\n",
      "bars.csv, line 3: timestamp is \"soon\", expected a date or a time such as "
        + "2017-08-17 04:00:00; say how times are written with --time-format\(remedy)"
    ),
    (
      good + "1503014400,10,12,9,10,5\n",
      "bars.csv, line 3: timestamp is \"1503014400\", "
        + "expected a time such as \"2017-08-17\", as in the rows before\(remedy)"
    ),
    (
      good + "2017-08-18T00:00:00Z,10,12,9,10,5\n",
      "bars.csv, line 3: timestamp is \"2017-08-18T00:00:00Z\", expected a time such as \"2017-08-17\", "
        + "as in the rows before\(remedy)"
    ),
    (
      "date,time,close\n2017-08-17,25:00,1\n",
      "bars.csv, line 2: time is \"25:00\", expected a date or a time such as "
        + "2017-08-17 04:00:00; say how times are written with --time-format; correct the row"
    ),
    (good + "2017-08-18,10,12,9\n", "bars.csv, line 3: 4 fields, expected 6\(remedy)"),
    (good + "\n2017-08-18,10,12,9,10,5\n", "bars.csv, line 3: the line is blank, expected a bar\(remedy)"),
    (
      good + "2017-08-18,\"10,12,9,10,5\n",
      "bars.csv, line 3: a quoted field is never closed, expected \"; add the quote or remove the opening one"
    ),
    (
      good + "2017-08-18,\"10\"1,12,9,10,5\n",
      "bars.csv, line 3: text follows a closing quote, expected a separator or a line end; "
        + "double the quotes inside it"
    ),
    (
      good + String(repeating: "1", count: 1_100_000),
      "bars.csv, line 3: the line is longer than 1048576 bytes, "
        + "expected delimited records; check the line ends"
    ),
    (
      "\u{1F}\u{0}\u{8}",
      "bars.csv: the content is binary, expected delimited text; unpack it or export it as CSV"
    ),
    (
      "t\u{0}i\u{0}m\u{0}e\u{0},\u{0}",
      "bars.csv: the text is UTF-16 or UTF-32, expected UTF-8; save it as UTF-8"
    ),
    (
      good + "2017-08-18,10,12,9,\"a\nb\u{7}\(String(repeating: "c", count: 99))\",5\n",
      "bars.csv, line 3: close is \"a b \(String(repeating: "c", count: 36))…\", expected a number\(remedy)"
    ),
  ]

  @Test(arguments: cases)
  func oneLine(text: String, message: String) {
    let error = #expect(throws: ImportError.self) {
      try MarketReader().read(Array(text.utf8), file: "bars.csv")
    }
    #expect(error?.description == message)
    #expect(error?.exitStatus == 65)
  }

  @Test func nothingLeftAfterSkipping() {
    let error = #expect(throws: ImportError.self) {
      try MarketReader(skipBadRows: true).read(
        Array("date,close\n2017-08-17,0\n2017-08-18,x\n".utf8), file: "bars.csv")
    }
    #expect(
      error?.description
        == "bars.csv: none of 2 rows can be used, the first (line 2): close is \"0\", "
        + "expected a positive number; check the file")
  }
}
