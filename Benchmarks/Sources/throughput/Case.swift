import Backtesting
import Kernels

/// One sweep to time.
struct Case {
  let name: String
  let strategies: StrategySet

  /// A grid of `count` or a few more strategies in whole patches.
  static func grid(_ family: Family, _ axes: [[Double]]) throws -> Case {
    guard let rule = RuleFamily(family) else { preconditionFailure("a rule grid") }
    let grid = try RuleGrid(family: rule, axisValues: axes, direction: .long, stops: .none)
    return Case(
      name: "\(family.rawValue), \(grid.count) strategies",
      strategies: StrategySet(family: family, columns: .grid(grid), direction: .long, stops: .none))
  }

  /// Random weights over the default features.
  static func linear(count: Int) -> Case {
    let columns = LinearColumns(features: Feature.linearDefaults, weights: .random(seed: 1, count: count))
    return Case(
      name: "linear, \(columns.features.count) features, \(count) strategies",
      strategies: StrategySet(
        family: .linear, columns: .linear(columns, Threshold(entry: 0.5, exit: 0)), direction: .long,
        stops: .none))
  }

  /// Coin flips.
  static func coinFlips(count: Int) -> Case {
    Case(
      name: "coinflip, \(count) strategies",
      strategies: StrategySet(
        family: .coinflip, columns: .coinFlips(seed: 1, probability: 0.5, count: count), direction: .long,
        stops: .none))
  }
}
