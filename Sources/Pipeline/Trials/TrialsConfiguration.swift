/// Everything that decides the bytes of repeated trials.
public struct TrialsConfiguration: Codable, Equatable, Sendable {
  /// What each trial runs. Its seed of strategies is the seed of all trials, from which ``TrialSeeds`` are derived; its
  /// count and its edge are those of a cell (``TrialsOptions/sizes``, ``TrialsOptions/edges``) in turn.
  public var sweep = Configuration()
  /// How often, and on what.
  public var trials = TrialsOptions()

  public init() {
    sweep.statistics.resamples = 0
    sweep.selection.top = 1
  }

  /// Where the bars of a trial come from: as asked for, or made anew where they are made at all.
  public var market: TrialMarket {
    trials.market ?? (sweep.data.isSynthetic ? .synthetic : .fixed)
  }

  /// Every size with every edge, in the order of the rows of a trial.
  var cells: [TrialCell] {
    trials.edges.flatMap { edge in trials.sizes.map { TrialCell(edge: edge, strategies: $0) } }
  }

  /// What `fluke sweep` would be told to run the trial of these seeds in one cell, where bars are fixed or synthetic.
  func sweep(_ seeds: TrialSeeds, _ cell: TrialCell) -> Configuration {
    var configuration = sweep
    configuration.strategies.seed = seeds.strategies
    configuration.strategies.count = cell.strategies
    configuration.data.edge = cell.edge
    if market == .synthetic { configuration.data.seed = seeds.market }
    return configuration
  }
}

/// How often an experiment is repeated, and on what.
public struct TrialsOptions: Codable, Equatable, Sendable {
  /// How many trials.
  public var count = 1_000
  /// Where the bars of a trial come from; `nil` for synthetic bars made anew, and real bars as they are.
  public var market: TrialMarket?
  /// Numbers of strategies, ascending.
  ///
  /// A trial draws the largest number and runs it once; a smaller number are the first of these, as a sweep with that
  /// count would draw them. So further sizes cost their statistics alone, and are compared on the same luck.
  public var sizes = [500]
  /// Planted edges, ascending: what momentum over one bar earns a bar.
  ///
  /// A trial has the same strategies and the same shocks with every edge.
  public var edges = [0.0]

  public init() {}
}

/// Where the bars of a trial come from.
public enum TrialMarket: String, Codable, CaseIterable, Sendable {
  /// The same bars in every trial.
  case fixed
  /// A synthetic model under the trial's seed.
  case synthetic
  /// A stationary bootstrap of the bars, in blocks of 20 on average, at the times of the bars.
  case bootstrap
  /// The bars in random order.
  case permutation
}

/// One kind of experiment among those that a trial runs side by side.
public struct TrialCell: Equatable, Sendable {
  /// The planted edge.
  public let edge: Double
  /// How many strategies.
  public let strategies: Int

  /// The planted edge in basis points, to the hundredth.
  var edgeBasisPoints: Double { (edge * 1_000_000).rounded() / 100 }
}

extension DataOptions {
  /// How the names of sources begin that are made up.
  static let syntheticPrefix = "synthetic:"

  /// Whether the bars are made up.
  var isSynthetic: Bool { source.hasPrefix(Self.syntheticPrefix) }
}

extension StrategyOptions {
  /// Whether strategies are drawn one by one under the seed, so that fewer of them are the first of more.
  var isDrawn: Bool { family == .coinflip || family == .linear && weights == nil }
}
