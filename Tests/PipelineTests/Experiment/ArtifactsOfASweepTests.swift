import Artifacts
import Backtesting
import FoundationEssentials
import TestSupport
import Testing

@testable import Pipeline

/// The artifacts' keys, columns and members are a contract.
@Suite struct ArtifactsOfASweepTests {
  private func members(_ store: MemoryStore, _ key: String) throws -> [String: Shape] {
    try JSONDocument.decode([String: Shape].self, from: try store.get(key), document: key)
  }

  /// Any JSON value by its kind.
  private enum Shape: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([Shape])
    case members([String: Shape])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .null
      } else if let flag = try? value.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else if let text = try? value.decode(String.self) {
        self = .text(text)
      } else if let list = try? value.decode([Shape].self) {
        self = .list(list)
      } else {
        self = .members(try value.decode([String: Shape].self))
      }
    }
  }

  private static let metrics = [
    "win_rate", "total_return", "sharpe_ratio", "max_drawdown", "num_trades", "cagr", "volatility",
    "sortino_ratio", "calmar_ratio", "profit_factor", "expectancy", "exposure", "turnover", "skewness",
    "kurtosis",
  ]

  @Test func haveTheirColumnsAndMembers() throws {
    let store = MemoryStore()
    _ = try Sweep.run(.coins, in: .test(store))
    let table = try store.text("results/training_performance.csv").split(separator: "\n")
    #expect(table[0] == "strategy_id," + Self.metrics.joined(separator: ",") + ",buy-probability")
    #expect(table.count == 71)
    #expect(
      try store.text("raw/btc-1d.csv").hasPrefix(
        "timestamp,open,high,low,close,volume\n2017-08-17T00:00:00Z,"))
    let summary = try store.text("results/validation_summary.csv").split(separator: "\n")
    #expect(summary.map { $0.prefix { $0 != "," } } == ["metric"] + Self.metrics.map { $0[...] })
    #expect(summary[0] == "metric,training,validation")

    let strategies = try members(store, "strategies/strategies_latest.json")
    #expect(strategies["family"] == .text("coinflip"))
    #expect(strategies["count"] == .number(70))
    #expect(strategies["parameters"] == .list([.text("buy-probability")]))
    #expect(strategies["columns"] == .list(Array(repeating: .list([.number(0.5)]), count: 70)))

    let best = try members(store, "results/best_strategy.json")
    guard case .list(let signals) = best["signals"],
      case .members(let training) = best["training_performance"]
    else {
      Issue.record("no signals or performance")
      return
    }
    #expect(signals.count == 2_694)
    #expect(Set(training.keys) == Set(Self.metrics))

    let validation = try members(store, "results/validation_results.json")
    #expect(validation["strategy_id"] == best["strategy_id"])
    #expect(validation["training_performance"] == best["training_performance"])
    for key in ["validation_performance", "performance_drop", "overfitting_detected", "overfitting_reasons"] {
      #expect(validation[key] != nil, "\(key)")
    }
    let top = try members(store, "results/validation_summary.json")
    #expect(
      Set(top.keys) == [
        "top_n", "average_train_win_rate", "average_val_win_rate", "average_drop", "strategies_still_good",
        "all_strategies",
      ])
  }

  @Test func theSummaryIsOneObject() throws {
    let report = try Sweep.run(.coins, in: .test(MemoryStore()))
    let summary = try JSONDocument.decode(
      [String: Shape].self, from: try report.json(directory: "out"), document: "summary")
    #expect(
      Set(summary.keys) == [
        "strategies_generated", "strategies_tested", "bars", "market", "winner", "winner_parameters",
        "selected_by", "training_performance", "validation", "validation_summary", "overfitting",
        "artifacts", "seconds", "upload", "verdict",
      ])
    #expect(summary["winner_parameters"] == .members(["buy-probability": .number(0.5)]))
    #expect(summary["bars"] == .number(2_694))
    #expect(summary["artifacts"] == .text("out"))
  }

  @Test func manyStrategiesAreKeptAsTheirRecipe() throws {
    var configuration = Configuration.crosses
    configuration.data.source = "synthetic:random-walk"
    configuration.data.bars = 90
    configuration.strategies.stopLoss = nil
    configuration.strategies.parameters = ["fast": "1:20", "slow": "2:42"]
    configuration.strategies.takeProfit = "0.01:0.2:0.01"
    configuration.backtest.train = 1
    configuration.selection.minimumTrades = 1
    let store = MemoryStore()
    let experiment = try StageCommands.generate(configuration, in: .test(store))
    #expect(experiment.strategies.count > 10_000)
    let document = try members(store, "strategies/strategies_latest.json")
    #expect(document["columns"] == nil)
    #expect(document["recipe"] != nil)
    try StageCommands.allButGenerate(configuration, in: .test(store))
    let sweep = MemoryStore()
    _ = try Sweep.run(configuration, in: .test(sweep))
    #expect(sweep.reproducible == store.reproducible)
  }

  @Test(arguments: ["signals", "weights"]) func importedStrategiesOutliveTheirFile(kind: String) throws {
    let (sweep, stages) = (MemoryStore(), MemoryStore())
    var configuration = Configuration()
    do {
      let folder = try TemporaryFolder()
      if kind == "signals" {
        configuration = .signals(path: try folder.write(Configuration.signalsFile, as: "signals.json"))
      } else {
        configuration = .weights
        let text = "id,rsi(14),momentum(20),entry\n\"a, b\",0.1,1,0.01\nc,-1,1e-3,0.02\n"
        configuration.strategies.weights = try folder.write(text, as: "weights.csv")
      }
      _ = try Sweep.run(configuration, in: .test(sweep))
      var first = Configuration()
      first.strategies = configuration.strategies
      _ = try StageCommands.generate(first, in: .test(stages))
    }
    try StageCommands.allButGenerate(configuration, in: .test(stages))
    #expect(sweep.contents == stages.contents)
  }

  @Test func undefinedIsEmptyInTablesAndNullInDocuments() throws {
    let folder = try TemporaryFolder()
    // Prices that never fall: no loss, so no Sortino ratio and no profit factor.
    let path = try folder.write(
      "date,close\n" + (0..<60).map { "\((18_000 + $0) * 86_400),\(10 + $0 * $0)\n" }.joined(), as: "bars.csv"
    )
    var configuration = Configuration.coins
    configuration.data.source = path
    configuration.strategies.buyProbability = 1
    let store = MemoryStore()
    _ = try Sweep.run(configuration, in: .test(store))
    #expect(try store.text("results/validation_summary.csv").contains("\nsortino_ratio,,\n"))
    guard
      case .members(let training) = try members(store, "results/best_strategy.json")["training_performance"]
    else {
      Issue.record("no performance")
      return
    }
    #expect(training["profit_factor"] == .null)
    #expect(training["sortino_ratio"] == .null)
    #expect(training["win_rate"] == .number(1))
    #expect(try !store.text("results/training_performance.csv").lowercased().contains("nan"))
  }
}
