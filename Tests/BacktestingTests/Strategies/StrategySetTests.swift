import Kernels
import TestSupport
import Testing

@testable import Backtesting

@Suite("Sets of strategies")
struct StrategySetTests {
  @Test(
    "a strategy made again from its parameters is the same", arguments: StrategySample.grids, [false, true])
  func gridRoundTrip(sample: StrategySample, hasStops: Bool) throws {
    let strategies = try sample.strategies(direction: .longShort, hasStops: hasStops, signalCount: 0)
    let rule = try #require(RuleFamily(sample.family))
    let names = strategies.parameterNames
    #expect(names.prefix(rule.axes.count) == rule.axes.map(\.name)[...])
    for index in 0..<strategies.count {
      let values = Dictionary(uniqueKeysWithValues: zip(names, strategies.parameters(of: index)))
      func list(_ name: String) -> [Double] { values[name].map { [$0] } ?? [] }
      let stops = StopAxes(
        stopLoss: list("stop-loss"), takeProfit: list("take-profit"), maximumHolding: list("maximum-holding"))
      let grid = try RuleGrid(
        family: rule, axisValues: rule.axes.map { list($0.name) }, direction: .longShort, stops: stops)
      let again = StrategySet(family: rule.family, columns: .grid(grid), direction: .longShort, stops: stops)
      #expect(again.rule(of: 0) == strategies.rule(of: index))
      #expect(Self.weights(again, of: 0) == Self.weights(strategies, of: index))
    }
  }

  @Test(
    "linear strategies list every weight and their thresholds",
    arguments: [
      StrategySample.randomWeights, .givenWeights,
    ])
  func linearRoundTrip(sample: StrategySample) throws {
    let strategies = try sample.strategies(direction: .long, hasStops: true, signalCount: 0)
    let count = strategies.features.count
    #expect(
      strategies.parameterNames
        == strategies.features.map(\.name) + ["entry", "exit", "stop-loss", "take-profit", "maximum-holding"])
    for index in 0..<strategies.count {
      let parameters = strategies.parameters(of: index)
      let rule = strategies.rule(of: index)
      #expect(Array(parameters[count...]) == [rule.entry, rule.exit, 0.05, 0.08, 7])
      let weights = Self.weights(strategies, of: index)
      #expect(strategies.features.enumerated().allSatisfy { weights[$1.name] ?? 0 == parameters[$0] })
    }
  }

  @Test("parameters one by one are those of the list", arguments: StrategySample.allCases, [false, true])
  func oneByOne(sample: StrategySample, hasStops: Bool) throws {
    let strategies = try sample.strategies(direction: .long, hasStops: hasStops, signalCount: 3)
    let isLinear = sample.family == .linear
    #expect(Array(strategies.names(.all)) == strategies.parameterNames)
    let few = strategies.parameterNames.dropFirst(isLinear ? strategies.features.count : 0)
    #expect(strategies.names(.withoutWeights) == few)
    for index in 0..<strategies.count {
      for columns in [StrategySet.ParameterColumns.all, .withoutWeights] {
        var found: [Double] = []
        strategies.forEachParameter(columns, of: index) { found.append($0) }
        #expect(found == strategies.parameters(of: index).suffix(strategies.names(columns).count))
      }
    }
  }

  @Test("coin flips and signals have few parameters, or none")
  func others() throws {
    let coins = try StrategySample.coinFlips.strategies(direction: .long, hasStops: true, signalCount: 0)
    #expect(coins.parameterNames == ["buy-probability", "stop-loss", "take-profit", "maximum-holding"])
    #expect(coins.parameters(of: 3) == [0.3, 0.05, 0.08, 7])
    let signals = try StrategySample.signals.strategies(direction: .long, hasStops: false, signalCount: 9)
    #expect(signals.parameterNames.isEmpty && signals.parameters(of: 0).isEmpty)
  }

  @Test("strategies go by their number unless they came with names")
  func names() {
    let columns = StrategySet.Columns.signals(SignalColumns([[1], [0]]))
    let plain = StrategySet(family: .signals, columns: columns, direction: .long, stops: .none)
    #expect((0..<2).map(plain.name) == ["0", "1"])
    let named = StrategySet(
      family: .signals, columns: columns, direction: .long, stops: .none, givenNames: ["b", "a"])
    #expect((0..<2).map(named.name) == ["b", "a"])
  }

  /// Weights by the name of their feature, those of zero left out.
  static func weights(_ strategies: StrategySet, of index: Int) -> [String: Double] {
    var weights: [String: Double] = [:]
    strategies.forEachWeight(of: index) { feature, weight in
      if weight != 0 { weights[strategies.features[feature].name, default: 0] += weight }
    }
    return weights
  }
}
