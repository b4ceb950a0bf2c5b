import Artifacts
import TestSupport
import Testing

@Suite struct JSONCursorTests {
  private func string(_ text: String) throws -> String {
    var cursor = JSONCursor(Array(text.utf8), document: "x")
    defer { _ = cursor }
    let value = try cursor.string()
    try cursor.end()
    return value
  }

  @Test(arguments: [
    (#""""#, ""), (#" "a b" "#, "a b"), (#""é\u00e9\n\"\\\/""#, "éé\n\"\\/"), (#""\ud83d\ude00x""#, "😀x"),
  ])
  func readsStrings(text: String, value: String) throws {
    #expect(try string(text) == value)
  }

  @Test(arguments: [
    "\"", "\"a", "\"\\\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u+123\"", "\"\\ud83d\"", "\"a\nb\"", "a", "",
  ])
  func refusesStrings(text: String) {
    #expect(throws: JSONError.self) { try string(text) }
  }

  @Test(arguments: ["0", "7", "-0", "1.5", "-1.5e+3", "10", "1E5", "0.1"])
  func readsNumbers(text: String) throws {
    var cursor = JSONCursor(Array(text.utf8), document: "x")
    #expect(try cursor.number() == Double(text))
    try cursor.end()
  }

  @Test(arguments: ["+1", ".5", "1.", "01", "-", "1e", "1.e5", "NaN", "--1", "1-2"])
  func refusesNumbers(text: String) {
    var cursor = JSONCursor(Array(text.utf8), document: "x")
    #expect(throws: JSONError.self) {
      _ = try cursor.number()
      try cursor.end()
    }
  }

  @Test func keepsDuplicateKeysAndTheirOrder() throws {
    var cursor = JSONCursor(Array(#"{"b": [1, {"x": null}], "a": true, "b": "c"}"#.utf8), document: "x")
    var keys: [String] = []
    try cursor.object { cursor, key in
      keys.append(key)
      try cursor.skipValue()
    }
    try cursor.end()
    #expect(keys == ["b", "a", "b"])
  }

  @Test func refusesDeepNesting() {
    let text = String(repeating: "[", count: 100_000)
    var cursor = JSONCursor(Array(text.utf8), document: "x")
    #expect(
      throws: JSONError.broken(document: "x", line: 1, found: "\"[\"", needed: "at most 200 levels")
    ) { try cursor.skipValue() }
  }

  @Test func randomBytesNeverTrap() {
    var generator = SeededGenerator(seed: 9)
    let alphabet = Array(#"{}[]",:\u0123-+.eEtruefalsn "#.utf8) + [0x0A, 0xFF]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator)!
      }
      do {
        var cursor = JSONCursor(bytes, document: "x")
        try cursor.skipValue()
        try cursor.end()
      } catch {
        #expect(error is JSONError)
      }
    }
  }
}
