import TestSupport
import Testing

@testable import Pipeline

/// One experiment gives the same bytes however it is run.
@Suite struct SameBytesTests {
  private static let cases = ["coinflip", "linear", "sma-cross", "signals"]

  /// What there is beside the record: without a bootstrap no curve of luck.
  private static func count(_ name: String) -> Int { name == "sma-cross" ? 18 : 19 }

  private func configuration(_ name: String, _ folder: borrowing TemporaryFolder) throws -> Configuration {
    switch name {
    case "linear": .weights
    case "sma-cross": .crosses
    case "signals": .signals(path: try folder.write(Configuration.signalsFile, as: "signals.json"))
    default: .coins
    }
  }

  @Test(arguments: cases) func stageByStageAndInOneGo(name: String) throws {
    let folder = try TemporaryFolder()
    let configuration = try configuration(name, folder)
    let (sweep, stages) = (MemoryStore(), MemoryStore())
    _ = try Sweep.run(configuration, in: .test(sweep))
    try StageCommands.all(configuration, in: .test(stages))
    #expect(sweep.contents.count == Self.count(name) + 1)
    for (key, bytes) in sweep.contents {
      #expect(stages.contents[key] == bytes, "\(key)")
    }
    #expect(stages.contents.count == Self.count(name) + 1)
  }

  @Test(arguments: cases) func onOneThreadAndOnTwo(name: String) throws {
    let folder = try TemporaryFolder()
    let configuration = try configuration(name, folder)
    let (one, two) = (MemoryStore(), MemoryStore())
    _ = try Sweep.run(configuration, in: .test(one))
    _ = try Sweep.run(configuration, in: .test(two, threads: 2))
    #expect(one.reproducible == two.reproducible)
    #expect(one.reproducible.count == Self.count(name))
  }

  @Test func again() throws {
    let (first, second) = (MemoryStore(), MemoryStore())
    _ = try Sweep.run(.crosses, in: .test(first))
    _ = try Sweep.run(.coins, in: .test(second))
    _ = try Sweep.run(.crosses, in: .test(second))
    #expect(first.contents == second.contents)
  }

  @Test func everyStageAgain() throws {
    let store = MemoryStore()
    let workplace = try Workplace.test(store)
    try StageCommands.all(.weights, in: workplace)
    let contents = store.contents
    _ = try StageCommands.visualize(in: workplace)
    #expect(store.contents == contents)
    try StageCommands.allButGenerate(.weights, in: workplace)
    #expect(store.contents == contents)
  }
}
