import Kernels
import Testing

@testable import Backtesting

@Suite("Stops as axes")
struct StopAxesTests {
  @Test("every strategy is tried with one of each list, and the rule has the values")
  func combined() throws {
    let stops = StopAxes(stopLoss: [0.05, 0.1], maximumHolding: [5, 10, 20])
    let grid = try RuleGrid(
      family: .donchian, axisValues: [[20], [0]], direction: .longShort, stops: stops)
    #expect(grid.parameterNames == ["period", "exit", "stop-loss", "maximum-holding"])
    #expect(grid.count == 6)
    for index in 0..<grid.count {
      let parameters = grid.parameters(of: index)
      #expect(
        grid.rule(of: index)
          == PositionRule(
            entry: 1, exit: 0, direction: .longShort, stopLoss: parameters[2],
            maximumHolding: Int(parameters[3])))
    }
    #expect(Set((0..<6).map { grid.parameters(of: $0) }).count == 6)
  }

  @Test("without lists there is no stop")
  func none() throws {
    let grid = try RuleGrid(family: .donchian, axisValues: [[20], [0]], direction: .long, stops: .none)
    #expect(grid.rule(of: 0) == PositionRule(entry: 1, exit: 0, direction: .long))
    #expect(!grid.rule(of: 0).hasStops)
    #expect(StopAxes.none.axes.isEmpty)
  }

  static let bad: [(StopAxes, String)] = [
    (StopAxes(stopLoss: [0]), "stop-loss"), (StopAxes(stopLoss: [0.1, 1]), "stop-loss"),
    (StopAxes(stopLoss: [-0.1]), "stop-loss"), (StopAxes(takeProfit: [0]), "take-profit"),
    (StopAxes(takeProfit: [1e7]), "take-profit"), (StopAxes(maximumHolding: [0]), "maximum-holding"),
    (StopAxes(maximumHolding: [2.5]), "maximum-holding"),
    (StopAxes(maximumHolding: [1e300]), "maximum-holding"),
  ]

  @Test("a stop that cannot be is refused, by itself and in a grid", arguments: bad.indices)
  func refused(index: Int) throws {
    let (stops, parameter) = Self.bad[index]
    let alone = try #require(throws: StrategyError.self) { try stops.check() }
    let inGrid = try #require(throws: StrategyError.self) {
      try RuleGrid(family: .donchian, axisValues: [[20], [0]], direction: .long, stops: stops)
    }
    #expect(alone == inGrid)
    #expect(alone.description.hasPrefix("--\(parameter): found "))
  }

  @Test("stops that can be pass")
  func accepted() throws {
    try StopAxes.none.check()
    try StopAxes(stopLoss: [0.01, 0.99], takeProfit: [0.01, 100], maximumHolding: [1, 1_000]).check()
  }
}
