import Testing

@testable import Pipeline

/// A stage refuses what is missing, altered, or older than what it was made from, and says which stage helps.
@Suite struct StaleStoreTests {
  private func store() throws -> (MemoryStore, Workplace) {
    let store = MemoryStore()
    let workplace = try Workplace.test(store)
    var configuration = Configuration.coins
    configuration.data.source = "synthetic:random-walk"
    configuration.data.bars = 100
    configuration.strategies.count = 10
    try StageCommands.all(configuration, in: workplace)
    return (store, workplace)
  }

  private func run(_ stage: Stage, in workplace: Workplace) throws {
    switch stage {
    case .generate: _ = try StageCommands.generate(.coins, in: workplace)
    case .backtest: _ = try StageCommands.backtest(in: workplace) { _ in }
    case .select: _ = try StageCommands.select(in: workplace) { _ in }
    case .measure: _ = try StageCommands.measure(in: workplace) { _ in }
    case .validate: _ = try StageCommands.validate(in: workplace) { _ in }
    case .visualize: _ = try StageCommands.visualize(in: workplace)
    }
  }

  /// The artifact and the stage that the refusal of `stage` names.
  private func refusal(of stage: Stage, in workplace: Workplace) -> [String]? {
    do {
      try run(stage, in: workplace)
      return nil
    } catch ConfigurationError.stale(let key, _, let remedy) {
      return [key, remedy]
    } catch {
      Issue.record(error)
      return nil
    }
  }

  private static let inputs: [(Stage, String, Stage)] = [
    (.backtest, "raw/synthetic-random-walk.csv", .generate),
    (.backtest, "strategies/strategies_latest.json", .generate),
    (.select, "results/training_performance.csv", .backtest),
    (.measure, "results/training_performance.csv", .backtest),
    (.measure, "results/best_strategy.json", .select),
    (.validate, "results/best_strategy.json", .select),
    (.validate, "results/overfitting.json", .measure),
    (.visualize, "results/overfitting.json", .measure),
    (.validate, "raw/synthetic-random-walk.csv", .generate),
    (.visualize, "results/validation_results.json", .validate),
  ]

  @Test(arguments: inputs) func anAlteredInput(stage: Stage, key: String, maker: Stage) throws {
    let (store, workplace) = try store()
    store.alter(key)
    let before = store.contents
    #expect(refusal(of: stage, in: workplace) == [key, maker.rawValue])
    #expect(store.contents == before)
  }

  @Test(arguments: inputs) func aMissingInput(stage: Stage, key: String, maker: Stage) throws {
    let (store, workplace) = try store()
    store.remove(key)
    let before = store.contents
    #expect(refusal(of: stage, in: workplace) == [key, maker.rawValue])
    #expect(store.contents == before)
  }

  @Test(arguments: [
    (Stage.generate, Stage.select, "results/training_performance.csv", Stage.backtest),
    (.backtest, .measure, "results/best_strategy.json", .select),
    (.select, .validate, "results/overfitting.json", .measure),
    (.measure, .visualize, "results/validation_results.json", .validate),
  ])
  func anEarlierStageRunAgain(again: Stage, stage: Stage, key: String, maker: Stage) throws {
    let (_, workplace) = try store()
    try run(again, in: workplace)
    #expect(refusal(of: stage, in: workplace) == [key, maker.rawValue])
  }

  @Test(arguments: Stage.allCases.dropFirst()) func aStoreWithoutRecord(stage: Stage) throws {
    let (store, workplace) = try store()
    store.remove("run.json")
    #expect(refusal(of: stage, in: workplace) == ["run.json", "generate"])
  }

  @Test func anotherFormatOfTheRecord() throws {
    let (store, workplace) = try store()
    let text = try store.text("run.json")
    let line = try #require(text.split(separator: "\n").first { $0.contains("\"format\"") })
    try store.put("run.json", Array(text.split(separator: line).joined(separator: "  \"format\": 1,").utf8))
    #expect(refusal(of: .backtest, in: workplace) == ["run.json", "generate"])
  }

  @Test func optionsThatChooseAnotherWinner() throws {
    let (_, workplace) = try store()
    #expect {
      _ = try StageCommands.validate(in: workplace) {
        $0.selection.metric = .totalReturn
        $0.selection.minimumTrades = 0
      }
    } throws: { error in
      guard case ConfigurationError.stale("results/best_strategy.json", _, "select") = error else {
        return false
      }
      return true
    }
  }

  @Test func optionsThatAreRefusedChangeNothing() throws {
    struct Refused: Error {}
    let (store, workplace) = try store()
    let before = store.contents
    #expect(throws: Refused.self) { _ = try StageCommands.backtest(in: workplace) { _ in throw Refused() } }
    #expect(throws: ConfigurationError.self) {
      _ = try StageCommands.backtest(in: workplace) { $0.backtest.train = 2 }
    }
    #expect(store.contents == before)
  }

  @Test func theMessageNamesTheWayOut() {
    let error = ConfigurationError.stale(key: "results/a.csv", reason: "it is missing", stage: "backtest")
    #expect(
      error.description
        == "results/a.csv: it is missing, expected what `fluke backtest` makes; run that first")
  }
}
