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

  /// Which parameters a table holds, one column each.
  public enum ParameterColumns: Sendable {
    /// All of ``parameterNames``.
    case all
    /// The thresholds and stops of weighted features, without the weights.
    case withoutWeights
  }

  /// The names of the columns, in the order of ``forEachParameter(_:of:_:)``.
  public func names(_ columns: ParameterColumns) -> ArraySlice<String> {
    parameterNames.dropFirst(columns == .all ? 0 : weights)
  }

  /// Calls `body` with the parameters of strategy `index` that are in `columns`, without making a list of them: a table
  /// has many rows.
  public func forEachParameter(_ columns: ParameterColumns, of index: Int, _ body: (Double) -> Void) {
    switch self.columns {
    case .coinFlips(_, let probability, _): body(probability)
    case .signals: break
    case .linear(let linear, _):
      if columns == .all { linear.forEachWeight(of: index) { body($1) } }
      let rule = rule(of: index)
      body(rule.entry)
      body(rule.exit)
    case .grid(let grid): return grid.forEachParameter(of: index, body)
    }
    for values in [stops.stopLoss, stops.takeProfit, stops.maximumHolding] {
      if let value = values.first { body(value) }
    }
  }

  /// Features that are weighted.
  private var weights: Int {
    guard case .linear(let linear, _) = columns else { return 0 }
    return linear.features.count
  }
}
