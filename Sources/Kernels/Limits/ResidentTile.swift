/// Some blocks of a sweep, and the kernel that would run them: what ``ResidentTile`` is measured on.
public struct TileSample<Scalar: KernelScalar>: Sendable {
  /// The kernel, with its features or whatever scores are made of.
  public let kernel: FusedKernel<Scalar>
  /// The blocks, at least one.
  public let blocks: [StrategyBlock]

  /// - Precondition: there is a block.
  public init(kernel: FusedKernel<Scalar>, blocks: [StrategyBlock]) {
    precondition(!blocks.isEmpty, "a block to measure")
    self.kernel = kernel
    self.blocks = blocks
  }
}

/// The tile loop alone, and its two halves, on one tile after another: how fast a sweep could be if everything around them
/// cost nothing.
///
/// The tiles are those of every block of the sample over all decisions, neighbours in time far apart.
public struct ResidentTile<Scalar: KernelScalar>: ~Copyable {
  private let sample: TileSample<Scalar>
  private var workspace = TileWorkspace<Scalar>()
  /// The block whose strategies the tile holds.
  public private(set) var block: StrategyBlock
  /// The bars whose decisions the tile holds.
  public private(set) var bars: Range<Int>

  /// Totals are multiplied up from call to call; begun anew this often, they never get so small as to be slow.
  private static var callsPerSegment: Int { 8 }

  /// The first tile of `sample`, scored.
  ///
  /// - Precondition: the sample's timeline has decisions.
  public init(_ sample: TileSample<Scalar>) {
    precondition(!sample.kernel.timeline.decisions.isEmpty, "decisions to account")
    self.sample = sample
    block = sample.blocks[0]
    bars = 0..<0
    show(number: 0)
  }

  /// Tiles of the sample.
  public var count: Int {
    let decisions = sample.kernel.timeline.decisions.count
    // The block with the most features has the shortest tiles.
    let length = sample.blocks.map { TilePlan.barsPerTile(features: $0.features.count) }.min() ?? decisions
    return sample.blocks.count * max(1, decisions / length)
  }

  /// Strategies × bars of the tile.
  public var cells: Int { block.count * bars.count }

  /// Puts tile `number`, scored, in the place of the one before.
  ///
  /// - Precondition: it is one of ``count``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func show(number: Int) {
    precondition(number >= 0 && number < count, "a tile of the sample")
    let kernel = sample.kernel
    block = sample.blocks[number % sample.blocks.count]
    let barsPerTile = TilePlan.barsPerTile(features: block.features.count)
    let decisions = kernel.timeline.decisions
    let length = min(barsPerTile, decisions.count)
    let places = max(count / sample.blocks.count - 1, 1)
    let first = decisions.lowerBound + (decisions.count - length) * (number / sample.blocks.count) / places
    bars = first..<(first + length)
    workspace.load(block, from: kernel.source, barsPerTile: barsPerTile)
    kernel.findWarmUps(of: block, in: workspace)
    kernel.score(block, bars: bars, in: &workspace)
    workspace.openSegment()
    workspace.openStretch()
  }

  /// Makes the tile's scores `times` times.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func score(times: Int) {
    for _ in 0..<times { sample.kernel.score(block, bars: bars, in: &workspace) }
  }

  /// Accounts the tile's scores `times` times.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func account(times: Int) {
    for time in 0..<times {
      openAnew(time)
      sample.kernel.run(bars, tile: bars, closes: false, nets: nil, in: workspace)
    }
  }

  /// Scores and accounts the tile `times` times as a backtest does, in one pass where it can.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func run(times: Int) {
    let storesScores = sample.kernel.storesScores(of: block, workspace)
    for time in 0..<times {
      openAnew(time)
      if storesScores {
        sample.kernel.score(block, bars: bars, in: &workspace)
        sample.kernel.run(bars, tile: bars, closes: false, nets: nil, in: workspace)
      } else {
        sample.kernel.scoreAndRun(bars, closes: false, in: workspace)
      }
    }
  }

  /// Begins totals anew before call number `time`, if it is time.
  private func openAnew(_ time: Int) {
    if time > 0 && time % Self.callsPerSegment == 0 {
      workspace.openSegment()
      workspace.openStretch()
    }
  }

  /// What lane `lane` has come to since its totals were last begun.
  func tally(lane: Int) -> Tally { workspace.tally(lane: lane, bars: bars.count) }
}
