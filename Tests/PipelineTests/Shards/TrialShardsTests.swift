import Stores
import TestSupport
import Testing

@testable import Pipeline

/// Trials in shards are those in one go.
@Suite struct TrialShardsTests {
  private static let cases = [
    TrialsConfiguration.tiny(trials: 10),
    TrialsConfiguration.tiny(trials: 5) {
      $0.trials.edges = [0, 0.01]
      $0.trials.sizes = [10, 30]
      $0.sweep.statistics.resamples = 20
    },
    TrialsConfiguration.tiny(trials: 4) {
      $0.sweep.strategies.family = .momentum
      $0.sweep.strategies.parameters = ["lookback": "1:12"]
      $0.trials.market = .permutation
    },
  ]

  @Test(arguments: cases.indices, [1, 3, 12]) func mergeToTheWhole(index: Int, count: Int) throws {
    let whole = MemoryStore()
    _ = try Trials.run(Self.cases[index], in: .test(whole))
    let places = try (1...count).map { number in
      let store = MemoryStore()
      let report = try ShardRun.trials(
        Self.cases[index], Shard(number: number, of: count), resumes: false, in: .test(store, threads: 2))
      #expect(report.total == Self.cases[index].trials.count)
      return NamedStore(name: "\(number)", store: store)
    }
    let target = MemoryStore()
    guard case .trials = try Merge.run(places, in: .test(target)) else {
      Issue.record("shards of trials")
      return
    }
    #expect(target.reproducible == whole.reproducible)
    #expect(target.contents["results/trials.csv"] != nil)
  }

  @Test func aFlippedBit() throws {
    let store = MemoryStore()
    for number in 1...2 {
      _ = try ShardRun.trials(
        Self.cases[0], Shard(number: number, of: 2), resumes: false, in: .test(store))
    }
    store.alter("shards/2-of-2/trials.csv")
    let shard = try Shard(number: 2, of: 2)
    #expect(
      throws: ShardError.damaged(shard, key: "shards/2-of-2/trials.csv", reason: "its bytes have changed")
    ) { try Merge.run([NamedStore(name: "a", store: store)], in: .test(store)) }
  }

  /// Under checksums that fit: the table is nothing but what is written for its trials.
  @Test(arguments: [
    ("\n\\z", "", 7), ("\n\\z", "\r\n", 7), ("\n\\z", "\n9\n", 7), ("trial,strategy", "trial,market", 1),
    ("\n5,", "\n5 ,", 2), ("\n5,", "\n05,", 2), ("\n5,", "\n\"5\",", 2), ("\n6,", "\n6,1", 3),
    ("\n6,", "\n6,\r", 3), ("true|false", "maybe", 2), (",0\\.[^,]*,", ",-0.5x,", 2),
  ])
  func aForgedTable(pattern: String, replacement: String, row: Int) throws {
    let store = MemoryStore()
    for number in 1...2 {
      _ = try ShardRun.trials(
        Self.cases[0], Shard(number: number, of: 2), resumes: false, in: .test(store))
    }
    let shard = try Shard(number: 2, of: 2)
    let key = "shards/2-of-2/trials.csv"
    var table = String(decoding: try store.get(key), as: UTF8.self)
    let place = try #require(try Regex(pattern).firstMatch(in: table))
    table.replaceSubrange(place.range, with: replacement)
    let summary = try store.put(key, Array(table.utf8))
    let old = try ShardRecord(bytes: try store.get(shard.recordKey), key: shard.recordKey)
    let record = ShardRecord(
      plan: old.plan, shard: shard, first: old.first, end: old.end,
      parts: old.parts.merging([key: summary]) { $1 }, run: old.run, market: old.market)
    try store.put(shard.recordKey, try record.bytes)
    let error = #expect(throws: ShardError.self) {
      try Merge.run([NamedStore(name: "a", store: store)], in: .test(MemoryStore()))
    }
    guard case .damaged(shard, key: key, reason: let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason == "is damaged in row \(row)")
  }

  @Test func goOnBehindTheLastWholeTrial() throws {
    let folder = try TemporaryFolder()
    let (configuration, shard) = (Self.cases[0], try Shard(number: 2, of: 2))
    let store = DirectoryStore(root: folder.path)
    _ = try ShardRun.trials(configuration, shard, resumes: false, in: .test(store))
    let table = try store.get("shards/2-of-2/trials.csv")
    // As a process leaves it that was killed within the third of five trials.
    let plan = try TrialPlan(configuration)
    let journal = try TrialsJournal(
      plan.configuration, inputs: [:], trials: 5..<10, key: "shards/2-of-2/trials.partial.csv",
      resumes: false, in: store)
    for trial in [6, 5] {
      let rows = try plan.rows(trial: trial)
      journal.add(.success(TrialsTable.lines(rows, hasMarketSeed: true)), trial: trial)
    }
    journal.add(.success(Array("7,1".utf8)), trial: 7)
    try store.remove("shards/2-of-2/shard.json")
    #expect(throws: ConfigurationError.self) {
      try ShardRun.trials(configuration, shard, resumes: false, in: .test(store))
    }
    _ = try ShardRun.trials(configuration, shard, resumes: true, in: .test(store))
    #expect(try store.get("shards/2-of-2/trials.csv") == table)
    #expect(!folder.contents.contains { $0.contains("partial") })
    // A whole one stays as it is.
    let record = try store.get("shards/2-of-2/shard.json")
    _ = try ShardRun.trials(configuration, shard, resumes: true, in: .test(store))
    #expect(try store.get("shards/2-of-2/shard.json") == record)
  }
}
