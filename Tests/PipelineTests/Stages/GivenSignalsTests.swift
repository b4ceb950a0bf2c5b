import Artifacts
import Backtesting
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// Sweeps of signals that were given.
@Suite struct GivenSignalsTests {
  private static let bars = 400
  private static let ids = (0..<70).map { "s\($0)" }
  private static let signals: [[Int]] = {
    var random = SeededGenerator(seed: 2)
    return ids.map { _ in (0..<bars).map { _ in Int.random(in: -1...1, using: &random) } }
  }()

  private static func configuration(_ path: String) -> Configuration {
    .sharded("coinflip").with {
      $0.data.bars = bars
      $0.strategies = StrategyOptions()
      $0.strategies.family = .signals
      $0.strategies.signals = path
      $0.strategies.direction = .longShort
    }
  }

  private static var json: String {
    "{" + zip(ids, signals).map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  private static var table: String {
    let rows = (0..<bars).map { bar in signals.map { "\($0[bar])" }.joined(separator: ",") }
    return (["\(ids.joined(separator: ","))"] + rows).joined(separator: "\n")
  }

  private static var turnedTable: String {
    zip(ids, signals).map { "\($0),\($1.map(String.init).joined(separator: ","))" }.joined(separator: "\n")
  }

  private static var records: String {
    "["
      + (0..<bars).map { bar in
        "{" + ids.indices.map { "\"\(ids[$0])\":\(signals[$0][bar])" }.joined(separator: ",") + "}"
      }.joined(separator: ",") + "]"
  }

  @Test func everyFormatGivesTheSameBytes() throws {
    let folder = try TemporaryFolder()
    var first: [String: [UInt8]]?
    for text in [Self.json, Self.table, Self.turnedTable, Self.records] {
      let store = MemoryStore()
      // What a file is called tells nothing of what is in it.
      _ = try Sweep.run(Self.configuration(try folder.write(text, as: "signals.txt")), in: .test(store))
      if let first {
        #expect(store.reproducible.keys.sorted() == first.keys.sorted())
        for (key, bytes) in first { #expect(store.reproducible[key] == bytes, "\(key)") }
      } else {
        first = store.reproducible
        let document = try #require(store.contents["strategies/strategies_latest.json"])
        #expect(document.count < Self.json.utf8.count / 4)
        #expect(document.count < Self.bars * Self.ids.count)
      }
    }
  }

  @Test func shardsAndInterruptedRuns() throws {
    let folder = try TemporaryFolder()
    let configuration = Self.configuration(try folder.write(Self.table, as: "signals"))
    let whole = MemoryStore()
    _ = try Sweep.run(configuration, in: .test(whole))
    let stores = try ShardsTests.stores(configuration, shards: 2)
    #expect(try ShardsTests.merge(stores).0.reproducible == whole.reproducible)
    let resumed = MemoryStore()
    _ = try Sweep.run(configuration, resumes: true, largestPart: 1, in: .test(resumed))
    #expect(resumed.reproducible == whole.reproducible)
    let stages = MemoryStore()
    try StageCommands.all(configuration, in: .test(stages))
    #expect(stages.reproducible == whole.reproducible)
  }

  @Test func aStoreOfEarlierVersions() throws {
    let folder = try TemporaryFolder()
    let configuration = Self.configuration(try folder.write(Self.json, as: "signals"))
    let store = MemoryStore()
    _ = try StageCommands.generate(configuration, in: .test(store))
    let key = "strategies/strategies_latest.json"
    let text = try store.text(key)
    let start = try #require(text.firstRange(of: "  \"signals\": {"))
    let end = try #require(text[start.upperBound...].firstRange(of: "\n  }"))
    let numbers = "  \"signals\": \(Self.signals)"
    try store.put(key, Array((text[..<start.lowerBound] + numbers + text[end.upperBound...]).utf8))
    var record = try JSONDocument.decode(
      RunRecord.self, from: try store.get("run.json"), document: "run.json")
    record.artifacts[key] = try store.head(key)
    try store.put("run.json", try JSONDocument.encode(record))
    _ = try StageCommands.backtest(in: .test(store)) { $0.backtest = configuration.backtest }
    let performance = try store.get("results/training_performance.csv")
    let whole = MemoryStore()
    _ = try Sweep.run(configuration, in: .test(whole))
    #expect(performance == whole.contents["results/training_performance.csv"])
  }

  @Test func theirDefaultsAreThoseOfRules() throws {
    var configuration = Configuration()
    configuration.strategies.family = .signals
    #expect(configuration.convention == .portfolio && configuration.selectionMetric == .sharpeRatio)
    #expect(configuration.resolved(trainingBars: 1_000).selection.minimumTrades == 20)
    #expect(configuration.resolved(trainingBars: 42).selection.minimumTrades == 4)
    #expect(configuration.resolved(trainingBars: 3).selection.minimumTrades == 1)
    configuration.backtest.convention = .perTrade
    #expect(configuration.selectionMetric == .winRate)
    #expect(configuration.resolved(trainingBars: 1_000).selection.minimumTrades == 1)
    configuration.backtest.convention = nil
    configuration.selection.minimumTrades = 3
    #expect(configuration.resolved(trainingBars: 1_000).selection.minimumTrades == 3)
    #expect(Configuration().convention == .perTrade && Configuration().selectionMetric == .winRate)
    #expect(Configuration().resolved(trainingBars: 1_000) == Configuration())
  }

  @Test func tooFewTradesAreSaidWithTheirRemedy() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<3).map { strategy in
      "\"s\(strategy)\": \((0..<Self.bars).map { $0 / 50 % 2 == strategy % 2 ? 1 : 0 })"
    }
    let path = try folder.write("{\(rows.joined(separator: ","))}", as: "signals")
    let configuration = Self.configuration(path).with { $0.strategies.direction = .long }
    let error = #expect(throws: ConfigurationError.self) {
      try Sweep.run(configuration, in: .test(MemoryStore()))
    }
    #expect(
      error?.description
        == "selection: the busiest of 3 strategies makes 3 trades, expected at least 20; "
        + "pass --minimum-trades 3 or less, or change the strategies")
  }
}
