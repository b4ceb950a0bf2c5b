import Artifacts
import Testing

@testable import Pipeline

@Suite struct ConfigurationTests {
  @Test func theDefaultsAreSound() throws {
    try Configuration().check()
  }

  private typealias Change = @Sendable (inout Configuration) -> Void

  private static let outsideOfRanges: [(String, Change)] = [
    ("count", { $0.strategies.count = 0 }), ("count", { $0.strategies.count = 10_000_001 }),
    ("buy-probability", { $0.strategies.buyProbability = -0.1 }),
    ("buy-probability", { $0.strategies.buyProbability = .nan }),
    ("train", { $0.backtest.train = 0 }), ("train", { $0.backtest.train = 1.01 }),
    ("train", { $0.backtest.train = .nan }), ("fee-bps", { $0.backtest.feeBasisPoints = -1 }),
    ("slippage-bps", { $0.backtest.slippageBasisPoints = .infinity }),
    ("bars-per-year", { $0.backtest.barsPerYear = 0 }),
    ("minimum-trades", { $0.selection.minimumTrades = -1 }),
    ("top", { $0.selection.top = 0 }), ("top", { $0.selection.top = 10_001 }),
    ("maximum-drop", { $0.detection.maximumDrop = 1.5 }), ("bars", { $0.data.bars = 1 }),
    ("edge", { $0.data.edge = 0.1 }), ("sharpe-benchmark", { $0.statistics.sharpeBenchmark = 101 }),
    ("sharpe-benchmark", { $0.statistics.sharpeBenchmark = .nan }),
  ]

  @Test(arguments: outsideOfRanges.indices) func outOfRange(index: Int) {
    let (option, change) = Self.outsideOfRanges[index]
    var configuration = Configuration()
    change(&configuration)
    let error = #expect(throws: ConfigurationError.self) { try configuration.check() }
    guard case .outOfRange(option, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private static let contradictions: [(String, Change)] = [
    ("signals", { $0.strategies.signals = "s.json" }), ("weights", { $0.strategies.weights = "w.csv" }),
    ("family", { $0.strategies.family = .signals }),
  ]

  @Test(arguments: contradictions.indices) func notTogether(index: Int) {
    let (option, change) = Self.contradictions[index]
    var configuration = Configuration()
    change(&configuration)
    let error = #expect(throws: ConfigurationError.self) { try configuration.check() }
    guard case .notTogether(option, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func bothEndsOfARangeAreIn() throws {
    var configuration = Configuration()
    configuration.backtest.train = 1
    configuration.strategies.buyProbability = 0
    configuration.strategies.count = Configuration.mostStrategies
    configuration.selection.top = Configuration.mostTop
    configuration.detection.maximumDrop = 0
    try configuration.check()
  }

  @Test(arguments: [
    ("sma-crss", "sma-cross"), ("sharp", "sharpe_ratio"), ("trade", "num_trades"), ("rsj", "rsi"),
    ("drawdown", "max_drawdown"), ("winrate", "win_rate"),
  ])
  func theNearestName(name: String, nearest: String) {
    let known = [
      "sma-cross", "ema-cross", "rsi", "cagr", "win_rate", "sharpe_ratio", "num_trades", "max_drawdown",
    ]
    #expect(ConfigurationError.nearest(to: name, in: known) == nearest)
  }

  @Test func isWhatARecordRemembers() throws {
    for configuration in [Configuration(), .weights, .crosses, .signals(path: "a/b.json")] {
      let bytes = try JSONDocument.encode(configuration)
      #expect(try JSONDocument.decode(Configuration.self, from: bytes, document: "options") == configuration)
    }
  }
}
