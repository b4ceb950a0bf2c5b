/// What a person reads of a strategy.
extension StrategySet {
  /// Names of the parameters, in the order of ``parameters(of:)``.
  public var parameterNames: [String] {
    let stopNames = stops.axes.map(\.axis.name)
    return switch columns {
    case .coinFlips: ["buy-probability"] + stopNames
    case .signals: stopNames
    case .linear(let linear, _): linear.features.map(\.name) + ["entry", "exit"] + stopNames
    case .grid(let grid): grid.parameterNames
    }
  }

  /// The parameters of strategy `index`.
  public func parameters(of index: Int) -> [Double] {
    let stopValues = stops.axes.compactMap(\.values.first)
    switch columns {
    case .coinFlips(_, let probability, _): return [probability] + stopValues
    case .signals: return stopValues
    case .linear(let linear, _):
      let rule = rule(of: index)
      var weights = Array(repeating: 0.0, count: linear.features.count)
      linear.forEachWeight(of: index) { weights[$0] = $1 }
      return weights + [rule.entry, rule.exit] + stopValues
    case .grid(let grid): return grid.parameters(of: index)
    }
  }
}
