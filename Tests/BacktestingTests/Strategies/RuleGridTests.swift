import Kernels
import TestSupport
import Testing

@testable import Backtesting

@Suite("Rule grids")
struct RuleGridTests {
  /// What makes a choice of values a strategy, family by family.
  static func isStrategy(_ family: Family, _ choice: [Double]) -> Bool {
    switch family {
    case .smaCross, .emaCross, .macd: choice[0] < choice[1]
    case .momentum: choice[2] <= choice[1]
    case .rsi: choice[1] <= choice[2]
    case .bollinger: choice[2] <= choice[1]
    case .stochastic: choice[2] <= choice[3]
    default: true
    }
  }

  /// The full product of `axes`.
  static func product(_ axes: [[Double]]) -> [[Double]] {
    axes.reduce([[]]) { choices, axis in choices.flatMap { choice in axis.map { choice + [$0] } } }
  }

  @Test(
    "every valid combination is one strategy, with stops and without", arguments: StrategySample.grids,
    [
      StopAxes.none, StopAxes(stopLoss: [0.1, 0.05], maximumHolding: [3, 5, 9]), StopAxes(takeProfit: [0.5]),
    ])
  func everyCombinationOnce(sample: StrategySample, stops: StopAxes) throws {
    let rule = try #require(RuleFamily(sample.family))
    let grid = try RuleGrid(
      family: rule, axisValues: sample.axisValues, direction: .long, stops: stops)
    let stopValues = [stops.stopLoss, stops.takeProfit, stops.maximumHolding].filter { !$0.isEmpty }
    let expected = Self.product(sample.axisValues + stopValues).filter { Self.isStrategy(sample.family, $0) }
    let found = (0..<grid.count).map { grid.parameters(of: $0) }
    #expect(grid.count == expected.count)
    #expect(Set(found) == Set(expected))
    #expect(grid.parameterNames.count == sample.axisValues.count + stopValues.count)
  }

  @Test("the defaults of every family make a grid", arguments: StrategySample.grids)
  func defaults(sample: StrategySample) throws {
    let rule = try #require(RuleFamily(sample.family))
    let values = try rule.axes.map {
      try ParameterValues(parsing: $0.defaultValues, parameter: $0.name).values
    }
    let grid = try RuleGrid(family: rule, axisValues: values, direction: .longShort, stops: .none)
    #expect(grid.count > 100)
    #expect(grid.count == Self.product(values).count { Self.isStrategy(sample.family, $0) })
    for feature in grid.features { try feature.check() }
  }

  @Test("the last axis runs fastest where there are no patches")
  func order() throws {
    let grid = try RuleGrid(
      family: .bollinger, axisValues: [[5, 20], [1, 2], [-1, 0]], direction: .long, stops: .none)
    #expect((0..<4).map { grid.parameters(of: $0) } == [[5, 1, -1], [5, 1, 0], [5, 2, -1], [5, 2, 0]])
  }

  @Test("an axis without values makes no grid", arguments: [Family.smaCross, .momentum])
  func noValues(family: Family) throws {
    let rule = try #require(RuleFamily(family))
    let error = StrategyError.emptyGrid(family: family, reason: rule.condition)
    #expect(throws: error) {
      try RuleGrid(
        family: rule, axisValues: rule.axes.map { _ in [] }, direction: .long, stops: .none)
    }
  }

  /// Features of each block of 64 strategies.
  static func featuresOfBlocks(_ strategies: StrategySet) -> [Int] {
    (0..<TilePlan.blocks(strategies: strategies.count)).map { block in
      var used: Set<Int> = []
      for index in (block * 64)..<min(block * 64 + 64, strategies.count) {
        strategies.forEachWeight(of: index) { feature, _ in used.insert(feature) }
      }
      return used.count
    }
  }

  @Test(
    "whole patches come first, so that their blocks use 16 features",
    arguments: [
      (StrategySample.smaCross, [Array(2...60), Array(stride(from: 10, through: 250, by: 2))], []),
      (.emaCross, [Array(2...17), Array(100...115)], []),
      (.emaCross, [Array(2...21), Array(15...45)], [0.1, 0.2]),
      (.macd, [Array(4...24), Array(stride(from: 16, through: 64, by: 2)), [5, 9]], []),
    ] as [(StrategySample, [[Int]], [Double])])
  func patches(sample: StrategySample, axes: [[Int]], losses: [Double]) throws {
    let rule = try #require(RuleFamily(sample.family))
    let stops = StopAxes(stopLoss: losses)
    let grid = try RuleGrid(
      family: rule, axisValues: axes.map { $0.map(Double.init) }, direction: .long, stops: stops)
    let strategies = StrategySet(family: rule.family, columns: .grid(grid), direction: .long, stops: stops)
    var whole = 0
    for top in stride(from: 0, through: axes[0].count - 8, by: 8) {
      for left in stride(from: 0, through: axes[1].count - 8, by: 8) where axes[0][top + 7] < axes[1][left] {
        whole += 1
      }
    }
    let others = axes.dropFirst(2).reduce(max(losses.count, 1)) { $0 * $1.count }
    let features = Self.featuresOfBlocks(strategies)
    #expect(whole > 0)
    #expect(features.prefix(whole * others).allSatisfy { $0 == 16 })
    #expect(features.count >= whole * others)
  }

  @Test(
    "a value that its parameter cannot have is refused",
    arguments: [
      (StrategySample.smaCross, [[0], [10]], "fast"), (.smaCross, [[2.5], [10]], "fast"),
      (.smaCross, [[2], [100_001]], "slow"), (.rsi, [[14], [101], [101]], "entry"),
      (.rsi, [[1], [30], [50]], "period"), (.momentum, [[5], [-0.1], [-0.2]], "threshold"),
      (.donchian, [[20], [1.5]], "exit"), (.stochastic, [[5], [0], [20], [60]], "smoothing"),
    ] as [(StrategySample, [[Double]], String)])
  func outOfRange(sample: StrategySample, values: [[Double]], parameter: String) throws {
    let rule = try #require(RuleFamily(sample.family))
    let error = try #require(throws: StrategyError.self) {
      try RuleGrid(family: rule, axisValues: values, direction: .long, stops: .none)
    }
    guard case .valueOutOfRange(parameter, _, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.hasPrefix("--\(parameter): found "))
  }

  @Test(
    "a grid without a strategy says what would make one",
    arguments: [
      (StrategySample.smaCross, [[50], [10, 50]]), (.rsi, [[14], [60], [50]]),
      (.bollinger, [[20], [1], [2]]), (.momentum, [[5], [0.01], [0.02]]),
    ] as [(StrategySample, [[Double]])])
  func empty(sample: StrategySample, values: [[Double]]) throws {
    let rule = try #require(RuleFamily(sample.family))
    let error = try #require(throws: StrategyError.self) {
      try RuleGrid(family: rule, axisValues: values, direction: .long, stops: .none)
    }
    #expect(error == .emptyGrid(family: sample.family, reason: rule.condition))
    #expect(
      error.description.hasPrefix(
        "--family \(sample.family.rawValue): no combination of the values makes a strategy, "))
  }

  @Test("a grid beyond the limit says its count and the limit")
  func tooLarge() throws {
    let error = try #require(throws: StrategyError.self) {
      try RuleGrid(
        family: .emaCross, axisValues: [(1...9_000).map(Double.init), (10_000...20_000).map(Double.init)],
        direction: .long, stops: .none)
    }
    #expect(error == .gridTooLarge(family: .emaCross, count: 90_009_000, limit: RuleGrid.mostStrategies))
    #expect(
      error.description
        == "--family ema-cross: the grid has 90,009,000 strategies, expected at most 10,000,000; take narrower ranges "
        + "or larger steps"
    )
  }
}
