import Testing

@testable import Pipeline

@Suite struct WeightsReaderTests {
  private func read(_ text: String) throws -> ImportedWeights {
    try WeightsReader().read(Array(text.utf8), file: "weights.csv")
  }

  static let expected = ImportedWeights(
    featureNames: ["momentum_10", "rsi_14"], ids: ["s0", "s1", "s2"],
    columns: [[1, 2], [-0.5, 0], [1e-3, 4]],
    entry: [0.1, 0.2, 0.3], exit: nil)

  @Test(arguments: [
    "feature,s0,s1,s2\nmomentum_10,1,-0.5,0.001\nrsi_14,2,0,4\nentry,0.1,0.2,0.3\n",
    "Feature;s0;s1;s2\r\nentry;0.1;0.2;0.3\r\nmomentum_10;1;-0.5;0.001\r\nrsi_14;2;0;4",
    "strategy_id,momentum_10,entry,rsi_14\ns0,1,0.1,2\ns1,-0.5,0.2,0\ns2,0.001,0.3,4\n\n",
    "id\tmomentum_10\trsi_14\tentry\ns0\t1\t2\t0.1\ns1\t-0.5\t0\t0.2\ns2\t1e-3\t4\t0.3\n",
  ])
  func reads(text: String) throws {
    #expect(try read(text) == Self.expected)
  }

  @Test func numbersStrategiesWithoutNames() throws {
    let weights = try read("a,b,exit\n1,2,0\n3,4,0.5\n")
    #expect(weights.ids == ["strategy_0", "strategy_1"])
    #expect(weights.featureNames == ["a", "b"])
    #expect(weights.columns == [[1, 2], [3, 4]])
    #expect(weights.exit == [0, 0.5])
    #expect(weights.entry == nil)
  }

  /// More strategies than a line of bars may have bytes.
  @Test func readsWideTables() throws {
    let ids = (0..<150_000).map { "s\($0)" }
    let weights = try read(
      "feature,\(ids.joined(separator: ","))\na,\(ids.indices.map { "\($0).5" }.joined(separator: ","))\n")
    #expect(weights.ids == ids)
    #expect(weights.columns == ids.indices.map { [Double($0) + 0.5] })
  }

  @Test(arguments: [
    ("", "weights.csv: is empty, expected a header and rows; check how it was made"),
    (
      "feature,s0\n",
      "weights.csv: has a header and no rows, expected at least one row; check how it was made"
    ),
    (
      "feature\na\n",
      "weights.csv, line 1: one column \"feature\", "
        + "expected a column a strategy or a feature; correct the header"
    ),
    (
      "1,2\n3,4\n",
      "weights.csv, line 1: column 1 is named \"1\", "
        + "expected the name of a strategy or a feature; correct the header"
    ),
    (
      "id,a,\ns,1,2\n",
      "weights.csv, line 1: column 3 is named \"\", "
        + "expected the name of a strategy or a feature; correct the header"
    ),
    (
      "entry,exit\n1,2\n",
      "weights.csv, line 1: no feature, expected at least one besides entry and exit; correct the header"
    ),
    (
      "feature,s0\na,1\na,2\n",
      "weights.csv: feature \"a\" occurs twice, expected different names; rename or remove one"
    ),
    (
      "id,a\ns,1\ns,2\n",
      "weights.csv: strategy \"s\" occurs twice, expected different names; rename or remove one"
    ),
    (
      "feature,s0,s1\na,1\n",
      "weights.csv, line 2: 2 fields, expected 3 as in the header; correct or remove the row"
    ),
    (
      "feature,s0,s1\na,1,2\nb,nan,1\n",
      "weights.csv, line 3: s0 is \"nan\", expected a finite number; correct the weight"
    ),
    ("id,a,b\ns,1,\n", "weights.csv, line 2: b is \"\", expected a finite number; correct the weight"),
    (
      "id,a,b\ns,1,1e999\n",
      "weights.csv, line 2: b is \"1e999\", expected a finite number; correct the weight"
    ),
    (
      "id,a\ns,\"1\n",
      "weights.csv, line 2: a quoted field is never closed, "
        + "expected \"; add the quote or remove the opening one"
    ),
  ])
  func oneLine(text: String, message: String) {
    let error = #expect(throws: ImportError.self) { try read(text) }
    #expect(error?.description == message)
    #expect(error?.exitStatus == 65)
  }
}
