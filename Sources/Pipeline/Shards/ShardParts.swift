import Backtesting
import Kernels

/// How a shard's blocks of strategies are cut into parts: a function of the run alone, so that whoever reads them knows
/// which there have to be.
struct ShardParts: Sendable {
  /// Blocks of 64 strategies of a part at most.
  let blocksPerPart: Int
  /// Permutations of a part at most.
  let permutationsPerPart: Int

  /// Strategies of a part at most: what it holds fits many times into memory.
  private static let mostBlocks = 1_024
  /// Bars of strategies that a part runs, some tenths of a second of work: what a process that is killed loses.
  private static let mostWork = 1 << 28
  /// So many resamples take as long as everything else.
  private static let resamplesInWork = 256
  /// How much slower the specification is.
  private static let slownessOfReference = 64

  init(_ experiment: Experiment, shard: Shard, largestPart: Int? = nil) {
    let configuration = experiment.configuration
    let perBar = configuration.backtest.kernel == .reference ? Self.slownessOfReference : 1
    let work =
      experiment.market.count * perBar * (1 + configuration.statistics.resamples / Self.resamplesInWork)
    let affordable = Self.mostWork / (work * TilePlan.strategiesPerBlock)
    blocksPerPart = largestPart ?? min(max(affordable, 1), Self.mostBlocks)
    let blocks = shard.share(of: experiment.prepared.blocks.count).count
    let once = experiment.market.count * perBar * TilePlan.strategiesPerBlock * max(blocks, 1)
    permutationsPerPart = min(max(Self.mostWork / once, 1), largestPart ?? Self.mostBlocks)
  }

  /// `items` in stretches of at most `length`.
  private static func cut(_ items: Range<Int>, by length: Int) -> [Range<Int>] {
    stride(from: items.lowerBound, to: items.upperBound, by: length).map {
      $0..<min($0 + length, items.upperBound)
    }
  }

  /// The blocks of each part.
  func blocks(_ experiment: Experiment, _ shard: Shard) -> [Range<Int>] {
    Self.cut(shard.share(of: experiment.prepared.blocks.count), by: blocksPerPart)
  }

  /// The permutations of each part.
  func permutations(_ experiment: Experiment) -> [Range<Int>] {
    Self.cut(0..<experiment.configuration.statistics.permutations, by: permutationsPerPart)
  }
}
