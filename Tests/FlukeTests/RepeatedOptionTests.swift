import TestSupport
import Testing

@testable import fluke

/// An option that is given twice, under one name or two, is refused; the parser would take the last in silence.
@Suite struct RepeatedOptionTests {
  @Test(arguments: [
    (
      "sweep --data a.csv --data b.csv",
      "--data: given twice, expected once; a run has one market, so run `fluke sweep` once for each"
    ),
    ("data --data a.csv --data b.csv", "--data: given twice, expected once; a run has one market, "),
    ("sweep --family rsi --period 5 --period=6", "--period: given twice, expected once; leave one of them"),
    ("trials --json --trials 3 --json", "--json: given twice, expected once; leave one of them"),
    ("stats r.csv --seed 1 --seed 1", "--seed: given twice, "),
    ("families --help --help", nil),
    (
      "sweep --output a --store b",
      "--store: given beside --output, which means the same, expected once; leave one of them"
    ),
    ("measure --store a --output a", "--output: given beside --store, which means the same, "),
    ("bench --write a --output b", "--output: given beside --write, "),
    ("data --write a --store b", "--store: given beside --write, "),
    ("merge --store a --output b --write c", "--write: given beside --output, "),
  ])
  func isRefused(line: String, message: String?) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(line, in: folder.path)
    guard let message else {
      #expect(ending.status == 0)
      return
    }
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix("fluke: " + message), "\(ending.error)")
    #expect(folder.contents.isEmpty)
  }

  @Test func storesOfAMergeMayBeSeveral() {
    #expect(throws: Never.self) {
      try GivenOptions(["merge", "--store", "a", "--store", "b", "--output", "c"]).checkRepeats()
    }
  }

  /// The place of a run has three names, in every command that has but one place.
  @Test(arguments: ["output", "store", "write"]) func thePlaceHasThreeNames(name: String) throws {
    let folder = try TemporaryFolder()
    func run(_ line: String) throws -> Program.Ending {
      try Program.run(line, in: folder.path)
    }
    try folder.write("a,b\n" + (0..<40).map { "\($0 % 7 - 2)e-3,\($0 % 5 - 1)e-3\n" }.joined(), as: "r.csv")
    for line in [
      "sweep -q --count 9 --blocks 4 --bootstrap 0 --\(name) here", "measure -q --bootstrap 0 --\(name) here",
      "trials -q --trials 2 --count 5 --blocks 0 --\(name) there", "data --\(name) bars.csv",
      "stats -q r.csv --bootstrap 0 --\(name) stats",
    ] {
      let ending = try run(line)
      #expect(ending.status == 0, "\(line): \(ending.error)")
    }
    for file in ["here/run.json", "there/run.json", "bars.csv", "stats/run.json"] {
      #expect(folder.contents.contains(file))
    }
    let nameless = try run("sweep --\(name)= --count 9")
    #expect(
      nameless.status == 64 && nameless.error.hasPrefix("fluke: --\(name): found "), "\(nameless.error)")
  }
}
