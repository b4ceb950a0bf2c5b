import Kernels

/// The stops that a sweep tries: one of each list is combined with every strategy; an empty list means none.
public struct StopAxes: Equatable, Sendable {
  /// Fractions lost, in 0 < x < 1.
  public let stopLoss: [Double]
  /// Fractions gained, above 0.
  public let takeProfit: [Double]
  /// Bars, at least 1.
  public let maximumHolding: [Double]

  /// No stops.
  public static let none = StopAxes()

  public init(stopLoss: [Double] = [], takeProfit: [Double] = [], maximumHolding: [Double] = []) {
    self.stopLoss = stopLoss
    self.takeProfit = takeProfit
    self.maximumHolding = maximumHolding
  }

  /// The lists in use, as axes of a grid.
  var axes: [(axis: RuleFamily.Axis, values: [Double])] {
    [
      (.fraction("stop-loss", "", in: 1e-6...0.999_999, "loss that closes a trade, a fraction"), stopLoss),
      (.fraction("take-profit", "", in: 1e-6...1e6, "gain that closes a trade, a fraction"), takeProfit),
      (.bars("maximum-holding", "", "time after which a trade is closed"), maximumHolding),
    ].filter { !$0.values.isEmpty }
  }

  /// - Throws: ``StrategyError/valueOutOfRange(parameter:value:needed:)`` for a value outside of what its stop can be.
  public func check() throws(StrategyError) {
    for (axis, values) in axes { try axis.check(values) }
  }

  /// The rule of these thresholds with the first stop of each kind.
  func rule(entry: Double, exit: Double, direction: Direction) -> PositionRule {
    PositionRule(
      entry: entry, exit: exit, direction: direction, stopLoss: stopLoss.first, takeProfit: takeProfit.first,
      maximumHolding: maximumHolding.first.map { Int($0) })
  }

  /// The rule of these thresholds with the stops whose values stand, in the order of ``axes``, in `values`.
  func rule(entry: Double, exit: Double, direction: Direction, values: some Sequence<Double>) -> PositionRule
  {
    var values = values.makeIterator()
    let loss = stopLoss.isEmpty ? nil : values.next()
    let profit = takeProfit.isEmpty ? nil : values.next()
    let holding = maximumHolding.isEmpty ? nil : values.next()
    return PositionRule(
      entry: entry, exit: exit, direction: direction, stopLoss: loss, takeProfit: profit,
      maximumHolding: holding.map { Int($0) })
  }
}
