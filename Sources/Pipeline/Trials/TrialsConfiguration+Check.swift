import Backtesting

extension TrialsConfiguration {
  /// Enough for a share of one in ten thousand to be known within a fiftieth of itself.
  public static let mostTrials = 1_000_000
  /// Sizes and edges together: a summary of more is for nobody to read.
  public static let mostCells = 100
  /// Rows of the table: the summary keeps their figures in memory, some 200 bytes each.
  public static let mostRows = 2_000_000

  /// Checks every number against its range, and that no two trials are the same.
  ///
  /// - Throws: ``ConfigurationError``.
  public func check() throws(ConfigurationError) {
    try require(
      (1...Self.mostTrials).contains(trials.count), "trials", trials.count, "1 to \(Self.mostTrials)")
    let cells = cells.count
    try require(
      (1...Self.mostCells).contains(cells), "strategies and --edge", cells, "1 to \(Self.mostCells) cells")
    try require(
      trials.count * cells <= Self.mostRows, "trials", trials.count,
      "at most \(Self.mostRows / cells) with \(cells) cells")
    for size in trials.sizes {
      try require(
        (1...Configuration.mostStrategies).contains(size), "strategies", size,
        "1 to \(Configuration.mostStrategies)")
    }
    for edge in trials.edges {
      var single = sweep
      single.data.edge = edge
      single.strategies.count = trials.sizes[0]
      try single.check()
    }
    try checkCombinations()
  }

  private func require(
    _ holds: Bool, _ option: String, _ found: Int, _ needed: String
  ) throws(ConfigurationError) {
    if !holds { throw .outOfRange(option: option, found: "\(found)", needed: needed) }
  }

  private func checkCombinations() throws(ConfigurationError) {
    let chosen = "--market \(market.rawValue)"
    if market == .synthetic && !sweep.data.isSynthetic {
      throw .notTogether(
        option: "market", with: "synthetic and --data \(sweep.data.source)",
        remedy: "give --data synthetic:MODEL or choose bootstrap or permutation")
    }
    let canPlant = market == .bootstrap || sweep.data.isSynthetic && market != .permutation
    if trials.edges != [0] && !canPlant {
      throw .notTogether(
        option: "edge", with: chosen + (sweep.data.isSynthetic ? "" : " of real bars"),
        remedy: "choose --market bootstrap or --data synthetic:MODEL")
    }
    guard !sweep.strategies.isDrawn else { return }
    let family = "--family \(sweep.strategies.family.rawValue)"
    if market == .fixed {
      throw .notTogether(
        option: "market", with: "fixed and \(family), which is not drawn: all trials would be the same",
        remedy: "choose bootstrap, permutation or --data synthetic:MODEL")
    }
    if trials.sizes.count > 1 {
      throw .notTogether(
        option: "strategies", with: "\(family), whose number its parameters say", remedy: "leave it out")
    }
  }
}
