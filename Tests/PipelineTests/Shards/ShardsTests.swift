import Stores
import TestSupport
import Testing

@testable import Pipeline

extension Configuration {
  /// About `count` strategies of `family` on a short random walk, with every statistic that there is.
  static func sharded(_ family: String, count: Int = 130) -> Configuration {
    var configuration = Configuration()
    configuration.data.source = "synthetic:random-walk"
    configuration.data.bars = 500
    configuration.strategies.count = count
    configuration.strategies.buyProbability = 0.5
    configuration.statistics.blocks = 6
    configuration.statistics.resamples = 40
    configuration.statistics.walkForward = 3
    configuration.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 4, tested: 2)
    configuration.statistics.permutations = 3
    switch family {
    case "linear":
      configuration.strategies.family = .linear
      configuration.strategies.direction = .longShort
      configuration.backtest.fill = .nextOpen
      configuration.statistics.benchmark = .market
    case "sma-cross":
      configuration.strategies.family = .smaCross
      configuration.strategies.parameters = ["fast": "2:\(2 + count / 14)", "slow": "20:38:3"]
      configuration.strategies.stopLoss = "0.05,0.1"
      configuration.backtest.feeBasisPoints = 5
      configuration.statistics.crossValidated = .all
    case "momentum":
      // An edge that can be found, so that the stepwise test takes several steps.
      configuration.data.seed = 14
      configuration.data.edge = 0.016
      configuration.strategies.family = .momentum
      configuration.strategies.parameters = ["lookback": "1:\(count / 2)", "threshold": "0,0.01"]
      configuration.strategies.direction = .longShort
      // A metric that the split kernel does not know.
      configuration.selection.metric = .skewness
    default: break
    }
    return configuration
  }
}

/// Shards merge to the bytes of a run in one go.
@Suite struct ShardsTests {
  private static let families = ["coinflip", "linear", "sma-cross", "momentum"]

  /// The stores of all shards, each as if on a machine of its own.
  static func stores(
    _ configuration: Configuration, shards: Int, largestPart: Int? = 1
  ) throws -> [MemoryStore] {
    try (1...shards).map { number in
      let store = MemoryStore()
      _ = try ShardRun.sweep(
        configuration, Shard(number: number, of: shards), resumes: false, largestPart: largestPart,
        in: .test(store))
      return store
    }
  }

  static func merge(
    _ stores: [MemoryStore], largestPart: Int? = 1, threads: Int = 1
  ) throws -> (MemoryStore, SweepReport) {
    let target = MemoryStore()
    let places = stores.enumerated().map { NamedStore(name: "place \($0 + 1)", store: $1) }
    let report = try Merge.sweep(
      ShardSet(in: places, interruption: Interruption()), since: 0, largestPart: largestPart,
      in: .test(target, threads: threads))
    return (target, report)
  }

  @Test(arguments: families) func mergeToTheWhole(family: String) throws {
    let whole = MemoryStore()
    let report = try Sweep.run(.sharded(family), in: .test(whole, threads: 2))
    #expect(report.experiment.prepared.blocks.count == 3)
    if family == "momentum" {
      let stepwise = try report.overfitting.snooping.get().stepwise
      #expect(stepwise.steps.count { !$0.isEmpty } >= 2)
    }
    for count in [3, 7] {
      let (merged, _) = try Self.merge(try Self.stores(.sharded(family), shards: count), threads: 2)
      #expect(merged.reproducible.keys.sorted() == whole.reproducible.keys.sorted())
      for (key, bytes) in whole.reproducible { #expect(merged.contents[key] == bytes, "\(count): \(key)") }
    }
  }

  /// Of 64 shards of two blocks most are empty, which an array of jobs need not know beforehand.
  @Test(arguments: families) func oneShardOrMoreThanBlocks(family: String) throws {
    let whole = MemoryStore()
    let configuration = Configuration.sharded(family, count: 70).with { $0.statistics.walkForward = 0 }
    _ = try Sweep.run(configuration, in: .test(whole))
    for count in [1, 64] {
      let stores = try Self.stores(configuration, shards: count)
      #expect(stores.count { $0.contents.count > 3 } == min(count, 2))
      let (merged, _) = try Self.merge(stores)
      #expect(merged.reproducible == whole.reproducible)
    }
  }

  @Test func thatShareAStore() throws {
    let (whole, shared) = (MemoryStore(), MemoryStore())
    let configuration = Configuration.sharded("coinflip", count: 70)
    _ = try Sweep.run(configuration, in: .test(whole))
    for number in [2, 1] {
      _ = try ShardRun.sweep(configuration, Shard(number: number, of: 2), resumes: false, in: .test(shared))
    }
    guard case .sweep = try Merge.run([NamedStore(name: "s", store: shared)], in: .test(shared)) else {
      Issue.record("shards of a sweep")
      return
    }
    #expect(shared.reproducible.filter { !$0.key.hasPrefix("shards/") } == whole.reproducible)
    #expect(try shared.text("run.json").contains("\"shards\": 2"))
  }

  @Test func withoutStatistics() throws {
    let whole = MemoryStore()
    let configuration = Configuration.sharded("coinflip", count: 70).with {
      $0.statistics = StatisticsOptions()
      $0.statistics.blocks = 0
      $0.statistics.resamples = 0
      $0.backtest.train = 1
    }
    _ = try Sweep.run(configuration, in: .test(whole))
    let (merged, _) = try Self.merge(try Self.stores(configuration, shards: 2))
    #expect(merged.reproducible == whole.reproducible)
  }

  /// Bars too few for a bootstrap are no reason to fail in a shard.
  @Test func whereNothingCanBeResampled() throws {
    let whole = MemoryStore()
    let configuration = Configuration.sharded("coinflip", count: 70).with {
      $0.data.bars = 8
      $0.statistics = StatisticsOptions()
      $0.statistics.blockLength = 100
    }
    let report = try Sweep.run(configuration, in: .test(whole))
    #expect(throws: Absence.self) { try report.overfitting.snooping.get() }
    let (merged, _) = try Self.merge(try Self.stores(configuration, shards: 2))
    #expect(merged.reproducible == whole.reproducible)
  }

  @Test func ofTheBacktestStage() throws {
    let (whole, shards) = (MemoryStore(), MemoryStore())
    let configuration = Configuration.sharded("sma-cross")
    _ = try StageCommands.generate(configuration, in: .test(whole))
    _ = try StageCommands.generate(configuration, in: .test(shards))
    let change: StageCommands.Change = { $0.backtest.feeBasisPoints = 7 }
    _ = try StageCommands.backtest(in: .test(whole), changing: change)
    for number in 1...3 {
      _ = try ShardRun.backtest(
        Shard(number: number, of: 3), resumes: false, in: .test(shards), changing: change)
    }
    let target = MemoryStore()
    guard
      case .backtest(let strategies) = try Merge.run(
        [NamedStore(name: "s", store: shards)], in: .test(target))
    else {
      Issue.record("shards of a backtest")
      return
    }
    #expect(strategies > 100)
    #expect(target.reproducible == whole.reproducible)
    // The stages after it go on from there.
    for store in [whole, target] { _ = try StageCommands.select(in: .test(store)) { _ in } }
    #expect(target.reproducible == whole.reproducible)
    #expect(target.contents["results/best_strategy.json"] != nil)
  }
}
