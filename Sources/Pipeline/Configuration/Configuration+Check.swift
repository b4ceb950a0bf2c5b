import Backtesting
import Statistics

extension Configuration {
  /// Coin flips and random weights, beyond which a typing error is likelier than a wish; the tallies of more would not
  /// fit in memory.
  public static let mostStrategies = RuleGrid.mostStrategies
  /// Bars of a market: with the 40 bytes that each takes, more would not fit in memory.
  public static let mostBars = 50_000_000
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
    try checkFractions()
    try require(
      (1...Self.mostStrategies).contains(strategies.count), "count", strategies.count,
      "1 to \(Self.mostStrategies)")
    try require((0...1).contains(strategies.coin), "buy-probability", strategies.coin, "0 to 1")
    try require(backtest.train > 0 && backtest.train <= 1, "train", backtest.train, "above 0, at most 1")
    try require(
      (0...5_000).contains(backtest.feeBasisPoints), "fee-bps", backtest.feeBasisPoints, "0 to 5000")
    try require(
      (0...5_000).contains(backtest.slippageBasisPoints), "slippage-bps", backtest.slippageBasisPoints,
      "0 to 5000")
    if let bars = backtest.barsPerYear {
      try require(bars > 0 && bars <= 1e9, "bars-per-year", bars, "above 0, at most 1e9")
    }
    try require(
      (0...Self.mostBars).contains(selection.minimumTrades), "minimum-trades", selection.minimumTrades,
      "0 to \(Self.mostBars)")
    try require((1...Self.mostTop).contains(selection.top), "top", selection.top, "1 to \(Self.mostTop)")
    try require((0...1).contains(detection.maximumDrop), "maximum-drop", detection.maximumDrop, "0 to 1")
    try require(
      (0...1).contains(detection.minimumDeflatedSharpe), "minimum-deflated-sharpe",
      detection.minimumDeflatedSharpe, "0 to 1")
    try require(
      detection.level > 0 && detection.level < 1, "level", detection.level, "above 0, below 1")
    try require((2...Self.mostBars).contains(data.bars), "bars", data.bars, "2 to \(Self.mostBars)")
    try require(abs(data.edge) < 0.1, "edge", data.edge, "above -0.1, below 0.1")
    for (option, bound) in [
      ("maximum-pbo", detection.maximumPBO), ("maximum-spa-p-value", detection.maximumSPAPValue),
    ] {
      try require((0...1).contains(bound), option, bound, "0 to 1")
    }
    try checkStatistics(require)
    try checkCombinations()
  }

  /// More resamples or permutations than this would say nothing that these do not.
  public static let mostResamples = 100_000
  /// Each window is a selection of its own; more of them than this would hold few trades.
  public static let mostWindows = 1_000
  /// Groups beyond this have more splits than anyone can read.
  public static let mostGroups = 24

  private func checkStatistics(
    _ require: (_ holds: Bool, _ option: String, _ found: Int, _ needed: String) throws(ConfigurationError) ->
      Void
  ) throws(ConfigurationError) {
    let most = BlockSums.maximumBlocks
    try require(
      statistics.blocks == 0 || (2...most).contains(statistics.blocks) && statistics.blocks % 2 == 0,
      "blocks",
      statistics.blocks, "an even number from 2 to \(most), or 0 for none")
    try require(
      (0...Self.mostResamples).contains(statistics.resamples), "bootstrap", statistics.resamples,
      "0 to \(Self.mostResamples)")
    try require(
      (0...Self.mostResamples).contains(statistics.permutations), "permutations", statistics.permutations,
      "0 to \(Self.mostResamples)")
    try require(
      (0...Self.mostWindows).contains(statistics.walkForward), "walk-forward", statistics.walkForward,
      "0 to \(Self.mostWindows)")
    if let embargo = statistics.embargo {
      try require((0...Self.mostBars).contains(embargo), "embargo", embargo, "0 to \(Self.mostBars) bars")
    }
    if let combinatorial = statistics.combinatorial {
      try require(
        (2...Self.mostGroups).contains(combinatorial.groups), "cpcv", combinatorial.groups,
        "2 to \(Self.mostGroups) groups")
      try require(
        (1..<combinatorial.groups).contains(combinatorial.tested), "cpcv", combinatorial.tested,
        "1 to \(combinatorial.groups - 1) test groups")
    }
    if let sharpe = statistics.sharpeBenchmark, !(abs(sharpe) <= 100) {
      throw .outOfRange(
        option: "sharpe-benchmark", found: Figures.short(sharpe),
        needed: "-100 to 100, an annual Sharpe ratio")
    }
    if let length = statistics.blockLength, !(length >= 1 && length <= 1e6) {
      throw .outOfRange(
        option: "block-length", found: Figures.short(length), needed: "1 to 1000000 bars")
    }
  }

  private func checkCombinations() throws(ConfigurationError) {
    let family = "--family \(strategies.family.rawValue)"
    if strategies.family == .signals && strategies.signals == nil {
      throw .notTogether(option: "family", with: "no signals", remedy: "give --signals FILE")
    }
    if strategies.signals != nil && strategies.family != .signals {
      throw .notTogether(option: "signals", with: family, remedy: "leave --family out or choose signals")
    }
    if strategies.signalsAxis != nil && strategies.family != .signals {
      throw .notTogether(option: "signals-axis", with: family, remedy: "give --signals FILE, or leave it out")
    }
    if backtest.signalAlignment != nil && strategies.family != .signals {
      throw .notTogether(option: "signals-from", with: family, remedy: "give --signals FILE, or leave it out")
    }
    if strategies.weights != nil && strategies.family != .linear {
      throw .notTogether(option: "weights", with: family, remedy: "choose --family linear")
    }
  }
}
