import Artifacts
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// No artifact of a run ever lies beside those of another.
@Suite struct RunSetTests {
  private static func sweep(_ change: (inout Configuration) -> Void = { _ in }) -> Configuration {
    var configuration = Configuration.coins
    configuration.strategies.count = 12
    configuration.statistics.resamples = 20
    configuration.statistics.blocks = 4
    change(&configuration)
    return configuration
  }

  private func named(_ store: MemoryStore) throws -> Set<String> {
    let record = try store.get(RunRecord.key)
    return Set(
      try JSONDocument.decode(NamedArtifacts.self, from: record, document: RunRecord.key).artifacts.keys)
  }

  @Test func whatTheEarlierRunNamesAndTheNewOneDoesNotIsGone() throws {
    let store = MemoryStore()
    try store.put("notes.txt", [1])
    _ = try Sweep.run(Self.sweep(), in: try .test(store))
    #expect(try named(store).contains(ArtifactKeys.logits))
    _ = try Sweep.run(
      Self.sweep {
        $0.statistics.blocks = 0
        $0.data.source = "synthetic:random-walk"
        $0.data.bars = 300
      }, in: try .test(store))
    let left = Set(store.contents.keys)
    #expect(!left.contains(ArtifactKeys.logits))
    #expect(left == (try named(store)).union([RunRecord.key, "notes.txt"]))
  }

  @Test func whatACutRunHasLeftIsGoneToo() throws {
    let store = MemoryStore()
    for key in [ArtifactKeys.logits, ArtifactKeys.validationResults, "plots/mine.png"] {
      try store.put(key, [1])
    }
    _ = try Sweep.run(
      Self.sweep {
        $0.statistics.blocks = 0
        $0.backtest.train = 1
      }, in: try .test(store))
    #expect(
      store.contents[ArtifactKeys.logits] == nil && store.contents[ArtifactKeys.validationResults] == nil)
    #expect(store.contents["plots/mine.png"] == [1])
  }

  @Test func aRunThatCannotBeginLeavesTheEarlierOne() throws {
    let store = MemoryStore()
    _ = try Sweep.run(Self.sweep(), in: try .test(store))
    let before = store.contents
    #expect(throws: ImportError.missingFile("nowhere.csv")) {
      try Sweep.run(Self.sweep { $0.data.source = "nowhere.csv" }, in: try .test(store))
    }
    #expect(store.contents == before)
  }

  @Test func aRecordRemovesNothingThatNoRunMakes() throws {
    let store = MemoryStore()
    try store.put("notes.txt", [1])
    try store.put("shards/1-of-2/shard.json", [2])
    let forged = ["notes.txt", "shards/1-of-2/shard.json", "plots/old.png"].map {
      "\"\($0)\": {\"sha256\": \"\", \"size\": 1}"
    }.joined(separator: ",")
    try store.put("plots/old.png", [3])
    try store.put(RunRecord.key, Array("{\"artifacts\": {\(forged)}}".utf8))
    try Workplace.test(store).removeEarlierSet()
    #expect(Set(store.contents.keys) == ["notes.txt", "shards/1-of-2/shard.json"])
  }

  /// Somebody's own file of that name stays, whoever wants to write there, and whether or not it is JSON.
  @Test(arguments: ["{\"name\": \"a run in the park\"}", "mine", ""]) func aRecordOfSomebodyElseIsInTheWay(
    text: String
  ) throws {
    let store = MemoryStore()
    try store.put(RunRecord.key, Array(text.utf8))
    let before = store.contents
    let error = ConfigurationError.inTheWay(
      key: RunRecord.key, found: "a file that is no record of a run",
      needed: "none, or that of an earlier run",
      remedy: "move it or choose another directory")
    #expect(throws: error) { try Sweep.run(Self.sweep(), in: try .test(store)) }
    #expect(throws: error) {
      try ShardRun.sweep(
        Self.sweep(), try Shard(number: 1, of: 2), resumes: false, in: try .test(store))
    }
    let run = MemoryStore()
    _ = try Sweep.run(Self.sweep(), in: try .test(run))
    #expect(throws: error) { try Upload.run(from: run, to: store, interruption: Interruption()) }
    #expect(store.contents == before)
  }

  /// The attack `removed_directory`.
  @Test func whatIsGoneIsNoticed() throws {
    let store = Forgetful()
    #expect(throws: StoreError.vanished(key: ArtifactKeys.bestStrategy)) {
      try Sweep.run(Self.sweep(), in: try .test(store))
    }
    #expect(store.store.contents[RunRecord.key] == nil)
  }

  /// A store from which somebody removes the winner.
  private final class Forgetful: ForwardingStore {
    let store = MemoryStore()

    func isThere(_ key: String) -> Bool { key != ArtifactKeys.bestStrategy }
  }

  @Test func stagesSayWhoseStoreItIs() throws {
    let store = MemoryStore()
    try store.put(
      RunRecord.key, Array("{\"format\": 2, \"command\": \"stats\", \"artifacts\": {}}".utf8))
    #expect(
      throws: ConfigurationError.stale(
        key: RunRecord.key, reason: "it is that of `fluke stats`, which has no stages", stage: "generate")
    ) { try StageCommands.visualize(in: try .test(store)) }
  }
}
