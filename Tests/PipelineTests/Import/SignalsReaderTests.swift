import Kernels
import TestSupport
import Testing

@testable import Pipeline

@Suite struct SignalsReaderTests {
  private func read(_ text: String) throws -> GivenSignals {
    let imported = try SignalsReader().read(Array(text.utf8), file: "strategies.json")
    return try imported.strategies(try #require(imported.axis))
  }

  @Test func readsAnObjectInNaturalOrder() throws {
    let signals = try read(#"{"strategy_10": [0, 1, -1], "strategy_2": [1.0, 0, true], "a": [0, 0, 0]}"#)
    #expect(signals.ids == ["a", "strategy_2", "strategy_10"])
    #expect(signals.signals == SignalColumns([[0, 0, 0], [1, 0, 1], [0, 1, -1]]))
    #expect(signals.signals.length == 3)
  }

  @Test func readsAListInItsOrder() throws {
    let signals = try read(
      #"[{"id": "b", "score": 0.7, "signals": [1], "note": {"x": [1]}}, {"at": null, "signals": [0], "id": 7}]"#
    )
    #expect(signals.ids == ["b", "7"])
    #expect(signals.signals == SignalColumns([[1], [0]]))
  }

  @Test func randomSignalsComeBack() throws {
    var generator = SeededGenerator(seed: 5)
    let signals = (0..<40).map { _ in (0..<50).map { _ in Int8.random(in: -1...1, using: &generator) } }
    let members = signals.indices.shuffled(using: &generator).map { "\"s\($0)\": \(signals[$0])" }
    let read = try read("{\(members.joined(separator: ",\n"))}")
    #expect(read.ids == signals.indices.map { "s\($0)" })
    #expect(read.signals == SignalColumns(signals))
  }

  private static let shape =
    "write {\"id\": [0, 1, …], …} or [{\"id\": …, \"signals\": [0, 1, …]}, …]"

  static let faults: [(String, String)] = [
    (" \n", "strategies.json: is empty, expected a header and rows; check how it was made"),
    ("{\"a\": [0,\n1}", "strategies.json, line 2: found \"}\", expected \",\" or \"]\"; correct the JSON"),
    (
      "{\"a\": [0]} x",
      "strategies.json, line 1: found \"x\", expected the end of the document; correct the JSON"
    ),
    ("{}", "strategies.json, at the top: found no strategy, expected at least one; \(shape)"),
    ("{\"a\": 1}", "strategies.json, at \"a\": found a number, expected an array of signals; \(shape)"),
    ("{\"a\": []}", "strategies.json, at \"a\": found no signals, expected one for every bar; \(shape)"),
    ("[1]", "strategies.json, at [0]: found a number, expected an object with id and signals; \(shape)"),
    (
      "[{\"id\": \"a\"}]",
      "strategies.json, at [0]: found no signals, expected an object with id and signals; \(shape)"
    ),
    (
      "[{\"signals\": [1]}]",
      "strategies.json, at [0]: found no id, expected an object with id and signals; \(shape)"
    ),
    (
      "[{\"id\": null, \"signals\": [1]}]",
      "strategies.json, at [0]: found null as id, expected a string or a number; \(shape)"
    ),
    (
      "{\"a\": [0, 2]}",
      "strategies.json, at \"a\"[1]: signal is 2, expected -1, 0 or 1; correct the signal"
    ),
    (
      "{\"a\": [0.5]}", "strategies.json, at \"a\"[0]: signal is 0.5, expected -1, 0 or 1; correct the signal"
    ),
    (
      "{\"a\": [1e999]}",
      "strategies.json, at \"a\"[0]: signal is inf, expected -1, 0 or 1; correct the signal"
    ),
    (
      "{\"a\": [null]}",
      "strategies.json, at \"a\"[0]: signal is null, expected -1, 0 or 1; correct the signal"
    ),
    (
      "{\"a\": [\"1\"]}",
      "strategies.json, at \"a\"[0]: signal is a string, expected -1, 0 or 1; correct the signal"
    ),
    (
      "{\"a\": [0, 1], \"b\": [0]}",
      "strategies.json, at \"b\": 1 signals, "
        + "expected 2 as for \"a\"; give every strategy a signal for every bar"
    ),
    (
      "{\"a\": [0], \"a\": [0]}",
      "strategies.json: strategy \"a\" occurs twice, expected different names; rename or remove one"
    ),
    (
      "[{\"id\": 1, \"signals\": [0]}, {\"id\": \"1\", \"signals\": [0]}]",
      "strategies.json: strategy \"1\" occurs twice, expected different names; rename or remove one"
    ),
  ]

  @Test(arguments: faults)
  func oneLine(text: String, message: String) {
    let error = #expect(throws: ImportError.self) { try read(text) }
    #expect(error?.description == message)
    #expect(error?.exitStatus == 65)
  }

  @Test func missingFile() {
    #expect(throws: ImportError.missingFile("none.json")) {
      try SignalsReader().read(path: "/none/none.json")
    }
  }

  @Test func mutatedFilesNeverTrap() {
    var generator = SeededGenerator(seed: 6)
    let good = Array(#"[{"id": "b\n", "signals": [1, -1]}, {"signals": [0, true], "id": 7}]"#.utf8)
    let interesting = Array(#"{}[]",:\u-+.eE019 "#.utf8) + [0x0A, 0xFF]
    for _ in 0..<3000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = interesting.randomElement(
          using: &generator)!
      }
      do {
        let signals = try SignalsReader().read(bytes, file: "strategies.json")
        #expect(signals.rows.count > 0 && signals.rows.width > 0)
      } catch {
        #expect(error is ImportError)
        #expect(!"\(error)".contains { $0.isNewline })
      }
    }
  }

  @Test func minusOneThatIsFlatIsTold() throws {
    let given = GivenSignals(
      ids: ["a", "b", "c"], signals: SignalColumns([[0, -1, 1], [1, 1, 0], [-1, -1, 0]]))
    let notes = given.notes(barsWereTurned: false, direction: .long)
    #expect(
      notes == [
        DataNote(
          "signals",
          "-1 (of 2 strategies) counts as flat, since positions are long only; --direction long-short makes it short"
        )
      ])
    #expect(given.notes(barsWereTurned: false, direction: .longShort).isEmpty)
    let long = GivenSignals(ids: ["b"], signals: SignalColumns([[1, 1, 0]]))
    #expect(long.notes(barsWereTurned: false, direction: .long).isEmpty)
  }
}
