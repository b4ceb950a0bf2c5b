import Artifacts
import Backtesting
import TestSupport
import Testing

@testable import Pipeline

/// `results/training_performance.csv` names the parameters of every strategy after its figures.
@Suite struct PerformanceTableTests {
  private struct Table {
    var names: [String] = []
    var rows: [[String]] = []
  }

  private func table(_ store: MemoryStore) throws -> Table {
    var scanner = try DelimitedScanner(
      try store.get("results/training_performance.csv"), separator: UInt8(ascii: ","))
    var table = Table()
    while try scanner.next() {
      let fields = scanner.fields.indices.map { scanner.text($0) }
      if table.names.isEmpty { table.names = fields } else { table.rows.append(fields) }
    }
    return table
  }

  private func run(_ change: (inout Configuration) -> Void) throws -> (Table, Experiment) {
    var configuration = Configuration.fewCrosses
    configuration.strategies = StrategyOptions()
    change(&configuration)
    let store = MemoryStore()
    let workplace = try Workplace.test(store, threads: 2)
    let experiment = try Generate.run(configuration, in: workplace).experiment
    var record = workplace.newRecord(configuration)
    _ = try BacktestStage.run(experiment, record: &record, in: workplace) {
      SweepParts(SweepTallies(experiment))
    }
    return (try table(store), experiment)
  }

  private static let metrics = Metric.allCases.map(\.rawValue)

  static let families: [(String, StrategyOptions, [String])] = {
    func options(_ family: Family, _ change: (inout StrategyOptions) -> Void = { _ in }) -> StrategyOptions {
      var options = StrategyOptions()
      options.family = family
      options.count = 70
      change(&options)
      return options
    }
    return [
      ("coins", options(.coinflip), ["buy-probability"]),
      (
        "coins with a stop", options(.coinflip) { $0.stopLoss = "0.05" }, ["buy-probability", "stop-loss"]
      ),
      (
        "crosses", options(.smaCross) { $0.parameters = ["fast": "2:20", "slow": "5:40:5"] },
        ["fast", "slow"]
      ),
      (
        "macd with stops",
        options(.macd) {
          $0.parameters = ["fast": "3,4", "slow": "9,12", "signal": "2:5"]
          $0.takeProfit = "0.02,0.125"
          $0.maximumHolding = "3,9"
        }, ["fast", "slow", "signal", "take-profit", "maximum-holding"]
      ),
      (
        "bollinger", options(.bollinger) { $0.parameters = ["period": "5:9", "width": "1.25,2"] },
        ["period", "width", "exit"]
      ),
    ]
  }()

  @Test(arguments: families)
  func parametersFollowTheFigures(name: String, options: StrategyOptions, expected: [String]) throws {
    let (table, experiment) = try run { $0.strategies = options }
    #expect(table.names == ["strategy_id"] + Self.metrics + expected)
    #expect(table.rows.count == experiment.strategies.count)
    for (strategy, row) in table.rows.enumerated() {
      let values = row.dropFirst(1 + Self.metrics.count).map { Double($0) }
      #expect(values == experiment.strategies.parameters(of: strategy).map { $0 })
    }
  }

  @Test func aboveTenThousandStrategiesToo() throws {
    let (table, experiment) = try run {
      $0.strategies.family = .smaCross
      $0.strategies.parameters = ["fast": "1:20", "slow": "2:42"]
      $0.strategies.takeProfit = "0.01:0.2:0.01"
      $0.statistics.blocks = 0
    }
    #expect(experiment.strategies.count > 10_000)
    #expect(table.names.suffix(3) == ["fast", "slow", "take-profit"])
    #expect(table.rows.count == experiment.strategies.count)
    for strategy in [0, 63, 64, 5_000, 10_001, table.rows.count - 1] {
      #expect(
        table.rows[strategy].suffix(3).map { Double($0) }
          == experiment.strategies.parameters(of: strategy).map { $0 })
    }
  }

  @Test(arguments: [70, 10_001]) func weightsAreWrittenUpToSoManyStrategies(count: Int) throws {
    let (table, experiment) = try run {
      $0.strategies.family = .linear
      $0.strategies.count = count
      $0.strategies.maximumHolding = "12"
      $0.data.bars = 400
      $0.statistics.blocks = 0
    }
    let features = experiment.strategies.features.map(\.name)
    let thresholds = ["entry", "exit", "maximum-holding"]
    #expect(features.count > 20)
    #expect(
      table.names.dropFirst(1 + Self.metrics.count) == (count == 70 ? features + thresholds : thresholds)[...]
    )
    for strategy in [0, 64, count - 1] where strategy < count {
      let parameters = experiment.strategies.parameters(of: strategy)
      #expect(
        table.rows[strategy].dropFirst(1 + Self.metrics.count).compactMap { Double($0) }
          == (count == 70 ? parameters : parameters.suffix(3)))
    }
  }
}
