import Artifacts
import FoundationEssentials
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// The attack `forged_recipe`: numbers that options may not have are refused as well where a record of an earlier run
/// holds them, whatever digest vouches for it.
@Suite struct ForgedRecordTests {
  /// A store whose document of strategies, or whose record, has other text in one place.
  private static func store(_ key: String, _ text: String, _ other: String) throws -> MemoryStore {
    let store = MemoryStore()
    var configuration = Configuration.coins
    configuration.data.source = "synthetic:random-walk"
    configuration.data.bars = 100
    configuration.strategies.count = 10
    configuration.statistics.resamples = 0
    try StageCommands.all(configuration, in: try .test(store))
    let old = try store.text(key)
    try #require(old.contains(text))
    let new = Array(old.replacing(text, with: other).utf8)
    let (before, after) = (try #require(try store.head(key)), try store.put(key, new))
    if key != RunRecord.key {
      func words(_ summary: ArtifactSummary) -> String {
        "\"sha256\": \"\(summary.sha256)\",\n      \"size\": \(summary.size)"
      }
      let record = try store.text(RunRecord.key).replacing(words(before), with: words(after))
      try #require(record.contains(after.sha256))
      try store.put(RunRecord.key, Array(record.utf8))
    }
    return store
  }

  private static let strategies = "strategies/strategies_latest.json"

  @Test(arguments: [
    (strategies, "    \"count\": 10", "    \"count\": -1", "at recipe: found count -1, expected 1 to "),
    (
      strategies, "    \"count\": 10", "    \"count\": 9223372036854775807",
      "at recipe: found count 9223372036854775807"
    ),
    (strategies, "    \"count\": 10", "    \"count\": 11", "at recipe: found 11 strategies, expected 10"),
    (strategies, "\"buyProbability\": 0.5", "\"buyProbability\": 5", "at recipe: found buy-probability 5"),
    (
      strategies, "    \"family\": \"coinflip\"", "    \"family\": \"linear\"",
      "at recipe: found another family"
    ),
    ("run.json", "\"train\": 0.7", "\"train\": 7e300", "at options: found train 7e+300"),
    ("run.json", "\"blocks\": 16", "\"blocks\": 26", "at options: found blocks 26"),
    ("run.json", "\"top\": 10", "\"top\": -1", "at options: found top -1"),
  ])
  func isRefused(key: String, text: String, other: String, words: String) throws {
    let store = try Self.store(key, text, other)
    let before = store.contents
    let workplace = try Workplace.test(store)
    for run in [
      { _ = try StageCommands.backtest(in: workplace) { _ in } },
      { _ = try StageCommands.visualize(in: workplace) },
    ] {
      let error = try #require(#expect(throws: JSONError.self) { try run() })
      #expect("\(error)".hasPrefix("\(key), \(words)"), "\(error)")
    }
    #expect(store.contents == before)
  }
}
