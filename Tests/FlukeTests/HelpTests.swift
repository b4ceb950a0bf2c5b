import FoundationEssentials
import TestSupport
import Testing

/// The examples in the help are run as they stand.
@Suite struct HelpTests {
  /// The example lines in the help of `command`, without the program's name.
  private func examples(_ command: String, in folder: String) throws -> [[String]] {
    let help = try Program.run([command, "--help"], in: folder)
    #expect(help.status == 0)
    let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("Example") })
    let text = lines[(start + 1)...].prefix { !$0.isEmpty }.joined(separator: " ").replacing("\\", with: " ")
    return text.split(separator: " ").split(separator: "fluke").map { $0.map(String.init) }
  }

  @Test func everyExampleRuns() throws {
    let folder = try TemporaryFolder()
    // What the examples name.
    var generator = SeededGenerator(seed: 1)
    let bars = (0..<300).map { day in
      "\((18_000 + day) * 86_400),\(Double.random(in: 90...110, using: &generator))\n"
    }.joined()
    try folder.write("time,price\n" + bars, as: "bars.csv")
    try folder.write("time,price\n" + bars, as: "prices.csv")
    let signals = (0..<300).map { _ in Bool.random(using: &generator) ? "1" : "0" }.joined(separator: ",")
    try folder.write("{\"a\": [\(signals)], \"b\": [\(signals)]}", as: "signals.json")
    let returns = (0..<300).map { _ in
      (0..<3).map { _ in "\(Double.random(in: -0.02...0.02, using: &generator))" }.joined(separator: ",")
        + "\n"
    }.joined()
    try folder.write("a,b,index\n" + returns, as: "returns.csv")
    try folder.write("test,p\na,0.001\nb,0.2\n", as: "p-values.csv")
    var count = 0
    for command in [
      "families", "data", "generate", "backtest", "select", "measure", "validate", "visualize", "upload",
      "sweep", "merge", "trials", "stats", "bench", "manual",
    ] {
      for example in try examples(command, in: folder.path) {
        let ending = try Program.run(example, in: folder.path)
        #expect(ending.status == 0, "\(example): \(ending.error)")
        // A busy machine is a warning of `bench`, and tests make it busy.
        #expect(ending.error.isEmpty || (command == "bench" && ending.error.hasPrefix("fluke: warning: ")))
        count += 1
      }
    }
    #expect(count >= 22)
  }

  @Test func quietSaysNothingAndJSONIsOneObject() throws {
    let folder = try TemporaryFolder()
    let quiet = try Program.run(["sweep", "-q", "--count", "10"], in: folder.path)
    #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.error.isEmpty)
    let json = try Program.run(["sweep", "--json", "--count", "10"], in: folder.path)
    #expect(json.status == 0 && json.error.isEmpty)
    #expect(json.output.hasPrefix("{\n  \"artifacts\": \"output\",\n"))
    #expect(json.output.hasSuffix("\n}\n"))
  }

  @Test func noProgressInAPipe() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      [
        "sweep", "--family", "linear", "--count", "2000", "--kernel", "reference", "--threads", "1", "--data",
        "synthetic:garch", "--bars", "400",
      ], in: folder.path)
    #expect(ending.status == 0)
    #expect(ending.error.isEmpty)
    #expect(ending.output.hasPrefix("Fluke sweep: linear on synthetic-garch\n\n  bars          400 from "))
  }
}
