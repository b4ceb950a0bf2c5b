import Pipeline
import Testing

@Suite struct PValuesReaderTests {
  private func read(_ text: String) throws -> ImportedPValues {
    try PValuesReader().read(Array(text.utf8), file: "p.csv")
  }

  @Test(arguments: [
    ("0.005\n0.009\n1\n0", ["0", "1", "2", "3"]),
    ("p\r\n0.005\r\n\r\n9e-3\r\n1\r\n0\r\n\r\n", ["0", "1", "2", "3"]),
    ("size,0.005\nvalue,0.009\nquality,1.0\nmomentum,0\n", ["size", "value", "quality", "momentum"]),
    ("factor;p-value\n1;0.005\n2;0.009\n3; 1\n4;0.0\n", ["1", "2", "3", "4"]),
  ])
  func reads(text: String, names: [String]) throws {
    let found = try read(text)
    #expect(found.names == names)
    #expect(found.values == [0.005, 0.009, 1, 0] && found.undefinedCount == 0)
  }

  @Test func undefinedOnesAreCounted() throws {
    let found = try read("p\n0.5\nNaN\n\"NA\"\n")
    #expect(found.values.map(\.isNaN) == [false, true, true])
    #expect(found.undefinedCount == 2)
  }

  private static let needed =
    "expected a p-value from 0 to 1, or an empty cell where it is undefined; correct the cell"

  @Test(arguments: [
    ("", "p.csv: is empty, expected a header and rows; check how it was made"),
    ("p\n", "p.csv: has a header and no rows, expected at least one row; check how it was made"),
    ("0.5\n1.5\n", "p.csv, line 2: p-value is \"1.5\", \(needed)"),
    ("factor,p\na,-0.1\n", "p.csv, line 2: p is \"-0.1\", \(needed)"),
    ("p,factor\n0.1,a\n", "p.csv, line 2: factor is \"a\", \(needed)"),
    (
      "0.1,0.2,0.3\n",
      "p.csv: 3 columns, expected one, the p-values, or two, names and p-values; remove the others"
    ),
    ("a,0.1\n0.2\n", "p.csv, line 2: 1 fields, expected 2 as in line 1; correct or remove the row"),
    ("a,0.1\na,0.2\n", "p.csv: test \"a\" occurs twice, expected different names; rename or remove one"),
    ("\u{93}\u{0}", "p.csv: the content is binary, expected delimited text; unpack it or export it as CSV"),
  ])
  func oneLine(text: String, message: String) {
    let error = #expect(throws: ImportError.self) { try read(text) }
    #expect(error?.description == message)
    #expect(error?.exitStatus == 65)
  }
}
