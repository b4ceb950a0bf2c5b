import Artifacts
import TestSupport
import Testing

@Suite struct JSONDocumentTests {
  struct Strategy: Codable, Equatable {
    var id = "strategy_7"
    var sharpe: Measure = 0.1
    var signals = [0, 1, -1]
    var parameters: [String: Double] = ["b": 2, "a": 1e-5, "a10": 3, "a2": 0.25]
  }

  struct Document: Codable, Equatable {
    var strategies = [Strategy(), Strategy(sharpe: Measure(.nan))]
    var empty: [Int] = []
    var none: [String: Int] = [:]
    var path = "results/\"a\\b\": [é, {\n}]"
  }

  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try JSONDocument.encode(value), as: UTF8.self)
  }

  @Test func layout() throws {
    #expect(
      try text(Document()) == """
        {
          "empty": [],
          "none": {},
          "path": "results/\\"a\\\\b\\": [é, {\\n}]",
          "strategies": [
            {
              "id": "strategy_7",
              "parameters": {
                "a": 1e-05,
                "a10": 3,
                "a2": 0.25,
                "b": 2
              },
              "sharpe": 0.1,
              "signals": [0, 1, -1]
            },
            {
              "id": "strategy_7",
              "parameters": {
                "a": 1e-05,
                "a10": 3,
                "a2": 0.25,
                "b": 2
              },
              "sharpe": null,
              "signals": [0, 1, -1]
            }
          ]
        }

        """)
    #expect(try text([[1.5, 2], []]) == "[\n  [1.5, 2],\n  []\n]\n")
    #expect(try text([Measure(.infinity), 1.0]) == "[null, 1]\n")
    #expect(try text(3) == "3\n")
  }

  @Test func comesBack() throws {
    let bytes = try JSONDocument.encode(Document())
    #expect(try JSONDocument.decode(Document.self, from: bytes, document: "x.json") == Document())
  }

  @Test func numbersComeBackBitForBit() throws {
    var generator = SeededGenerator(seed: 8)
    let values = (0..<20_000).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
    let back = try JSONDocument.decode(
      [Double].self, from: JSONDocument.encode(values), document: "x.json")
    #expect(back.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func namesTheUnwritable() {
    #expect(throws: JSONError.unwritable(path: "a[1]", found: "nan")) {
      try JSONDocument.encode(["a": [1, Double.nan]])
    }
  }

  @Test(arguments: [
    (#"{"a": [1, 2}"#, "x.json, line 1: found \"}\", expected \",\" or \"]\"; correct the JSON"),
    (
      "{\"a\":\n [1,\n 2",
      "x.json, line 3: found the end of the document, expected \",\" or \"]\"; correct the JSON"
    ),
    ("{\"a\": [1]}\n\nx", "x.json, line 3: found \"x\", expected the end of the document; correct the JSON"),
    ("{\"a\": [1,]}", "x.json, line 1: found \"]\", expected a value; correct the JSON"),
    ("", "x.json, line 1: found the end of the document, expected a value; correct the JSON"),
    (
      "{\"b\": 1}",
      "x.json, at the top: found no \"a\", expected a member \"a\"; correct it or write the file again"
    ),
    (
      "{\"a\": [1, \"x\"]}",
      "x.json, at a[1]: found another kind of value, "
        + "expected a whole number; correct it or write the file again"
    ),
    (
      "{\"a\": [1, null]}",
      "x.json, at a[1]: found null, expected a whole number; correct it or write the file again"
    ),
    (
      "{\"a\": 1}",
      "x.json, at a: found another kind of value, expected an array; correct it or write the file again"
    ),
    (
      "[]",
      "x.json, at the top: found another kind of value, "
        + "expected an object; correct it or write the file again"
    ),
  ])
  func tellsThePlace(text: String, message: String) {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument.decode(Needed.self, from: Array(text.utf8), document: "x.json")
    }
    #expect(error?.description == message)
  }

  struct Needed: Codable {
    let a: [Int]
  }
}
