import Backtesting

extension Configuration {
  /// Coin flips and random weights, beyond which a typing error is likelier than a wish; the tallies of more would not
  /// fit in memory.
  public static let mostStrategies = RuleGrid.mostStrategies
  /// Validated strategies are recomputed one by one, which is not made for more.
  public static let mostTop = 10_000

  /// Checks every number against its range.
  ///
  /// - Throws: ``ConfigurationError``.
  public func check() throws(ConfigurationError) {
    func require(
      _ holds: Bool, _ option: String, _ found: Double, _ needed: String
    ) throws(ConfigurationError) {
      if !holds { throw .outOfRange(option: option, found: Figures.short(found), needed: needed) }
    }
    func require(_ holds: Bool, _ option: String, _ found: Int, _ needed: String) throws(ConfigurationError) {
      if !holds { throw .outOfRange(option: option, found: "\(found)", needed: needed) }
    }
    try require(
      (1...Self.mostStrategies).contains(strategies.count), "count", strategies.count,
      "1 to \(Self.mostStrategies)")
    try require(
      (0...1).contains(strategies.buyProbability), "buy-probability", strategies.buyProbability, "0 to 1")
    try require(backtest.train > 0 && backtest.train <= 1, "train", backtest.train, "above 0, at most 1")
    try require(
      (0...5_000).contains(backtest.feeBasisPoints), "fee-bps", backtest.feeBasisPoints, "0 to 5000")
    try require(
      (0...5_000).contains(backtest.slippageBasisPoints), "slippage-bps", backtest.slippageBasisPoints,
      "0 to 5000")
    if let bars = backtest.barsPerYear {
      try require(bars > 0 && bars <= 1e9, "bars-per-year", bars, "above 0, at most 1e9")
    }
    try require(selection.minimumTrades >= 0, "minimum-trades", selection.minimumTrades, "0 or more")
    try require((1...Self.mostTop).contains(selection.top), "top", selection.top, "1 to \(Self.mostTop)")
    try require((0...1).contains(detection.maximumDrop), "maximum-drop", detection.maximumDrop, "0 to 1")
    try require(
      (0...1).contains(detection.minimumDeflatedSharpe), "minimum-deflated-sharpe",
      detection.minimumDeflatedSharpe, "0 to 1")
    try require((2...50_000_000).contains(data.bars), "bars", data.bars, "2 to 50000000")
    try require(abs(data.edge) < 0.1, "edge", data.edge, "above -0.1, below 0.1")
    try checkCombinations()
  }

  private func checkCombinations() throws(ConfigurationError) {
    let family = "--family \(strategies.family.rawValue)"
    if strategies.family == .signals && strategies.signals == nil {
      throw .notTogether(option: "family", with: "no signals", remedy: "give --signals FILE")
    }
    if strategies.signals != nil && strategies.family != .signals {
      throw .notTogether(option: "signals", with: family, remedy: "leave --family out or choose signals")
    }
    if strategies.weights != nil && strategies.family != .linear {
      throw .notTogether(option: "weights", with: family, remedy: "choose --family linear")
    }
  }
}
