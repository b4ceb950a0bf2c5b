import CTileKernel

/// The fast path of a backtest: a block of strategies over all bars, tile by tile.
///
/// A tile of scores is made (features · weights, coin flips or given signals), accounted by the C kernel while it
/// is in cache, and overwritten by the next; where it can, the kernel makes scores while it accounts them, and stores
/// none. It agrees with ``ReferenceKernel`` as ``TallyAgreement`` says, but for positions at a tie, where the score is so
/// near a threshold that rounding decides.
public struct FusedKernel<Scalar: KernelScalar>: Sendable {
  /// Where scores come from.
  public private(set) var source: ScoreSource<Scalar>
  /// The sides of the market that are taken.
  public let direction: Direction
  /// The stretches that are tallied.
  public let timeline: Timeline
  private let cost: Double
  /// Whether observations are bars in the market, each with the costs of its position.
  private let isPerTrade: Bool
  /// Rows of `fluke_fact`, one a bar.
  private let facts: [Scalar]
  private let marks: [Scalar]
  private let hasStops: Bool
  /// Whether one bar can take more than the account: then growth has to stop at zero.
  private let isRuinous: Bool
  /// The bar after the last one that is scored.
  private let endOfDecisions: Int

  /// - Parameters:
  ///   - cost: of changing the position by one, as a fraction of equity.
  ///   - costBar: the bar whose observation bears it.
  ///   - hasStops: whether any strategy has a stop; without any, the kernel skips them.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(
    source: ScoreSource<Scalar>, direction: Direction, hasStops: Bool, returns: BarReturns, cost: Double,
    costBar: CostBar = .following, timeline: Timeline
  ) {
    OpenBLAS.selectOnce()
    self.source = source
    self.direction = direction
    self.timeline = timeline
    self.endOfDecisions = timeline.decisions.upperBound
    self.cost = cost
    self.isPerTrade = costBar == .held
    self.facts = Self.facts(of: returns.earned)
    self.marks = returns.known.map { Scalar($0) }
    self.hasStops = hasStops
    // Only if some bar moves by all of it.
    let largestLoss = returns.earned.reduce(0) { max($0, direction == .long ? -$1 : abs($1)) } + 3 * cost
    self.isRuinous = largestLoss >= 1
  }

  private static func facts(of returns: [Double]) -> [Scalar] {
    let returns = returns.map { Scalar($0) }
    return unsafe Array(unsafeUninitializedCapacity: returns.count * Int(FLUKE_FACTS.rawValue)) {
      facts, count in
      count = returns.count * Int(FLUKE_FACTS.rawValue)
      guard let base = facts.baseAddress else { return }
      unsafe returns.withUnsafeBufferPointer { returns in
        guard let returns = returns.baseAddress else { return }
        unsafe Scalar.findFacts(count: count / Int(FLUKE_FACTS.rawValue), returns: returns, facts: base)
      }
    }
  }

  /// Takes features into the matrix, as ``FeatureMatrix/hold(_:threads:columns:)`` does; nothing for another source.
  public mutating func hold(
    _ features: [Int], threads: Int, columns: @Sendable (ArraySlice<Int>) -> [[Double]]
  ) {
    guard case .product(var matrix) = source else { return }
    // With a second owner it would be copied.
    source = .product(FeatureMatrix(rows: 0, of: 0, bars: 0))
    matrix.hold(features, threads: threads, columns: columns)
    source = .product(matrix)
  }

  /// Tallies one block over every stretch of the timeline into `tallies`: that of stretch s and lane i at s ·
  /// ``StrategyBlock/lanes`` + i, for the lanes in use.
  ///
  /// - Precondition: there is room for them.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func account(
    _ block: StrategyBlock, in workspace: inout TileWorkspace<Scalar>, into tallies: inout [Tally]
  ) {
    let lanes = TilePlan.strategiesPerBlock
    precondition(tallies.count >= timeline.stretches.count * lanes, "room for the tallies")
    // One by one through an array, each would be moved several times.
    unsafe tallies.withUnsafeMutableBufferPointer { tallies in
      walk(block, in: &workspace, through: timeline.stretches.indices, nets: nil) { workspace, index in
        let bars = timeline.stretches[index].bars.count
        for lane in 0..<block.count {
          unsafe tallies[index * lanes + lane] = workspace.tally(lane: lane, bars: bars)
        }
      }
    }
  }

  /// Writes the net returns of one block over one segment, those that its tallies sum, to `nets`: a row of
  /// ``StrategyBlock/lanes`` a bar, 0 on bars that earn nothing and in unused lanes.
  ///
  /// - Precondition: `nets` has a row for each bar of the segment, or twice as many: then the positions that earn these
  ///   returns follow them in the same order.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func netReturns(
    of block: StrategyBlock, segment: Int, in workspace: inout TileWorkspace<Scalar>,
    into nets: inout [Double]
  ) {
    let bars = timeline.segments[segment].bars
    let rows = bars.count * TilePlan.strategiesPerBlock
    precondition(nets.count == rows || nets.count == 2 * rows, "a row, or two, for each bar of the segment")
    let stretches = timeline.stretchesOfSegment[segment]
    unsafe nets.withUnsafeMutableBufferPointer { nets in
      unsafe nets.update(repeating: 0)
      guard let base = nets.baseAddress else { return }
      // From the first stretch on, so that tiles are cut, and so rounded, as when the block was tallied.
      walk(
        block, in: &workspace, through: 0..<stretches.upperBound,
        nets: unsafe NetRows(base: base, bars: bars, positionsAt: nets.count - rows)
      ) { _, _ in }
    }
  }

  /// Goes through the stretches tile by tile.
  ///
  /// - Parameters:
  ///   - nets: where the net returns are written, if they are.
  ///   - finish: called at the end of each stretch, whose totals are in the workspace.
  private func walk(
    _ block: StrategyBlock, in workspace: inout TileWorkspace<Scalar>, through stretches: Range<Int>,
    nets: NetRows?,
    finish: (_ workspace: borrowing TileWorkspace<Scalar>, _ stretch: Int) -> Void
  ) {
    let barsPerTile = TilePlan.barsPerTile(features: block.features.count)
    workspace.load(block, from: source, barsPerTile: barsPerTile)
    findWarmUps(of: block, in: workspace)
    let storesScores = nets != nil || storesScores(of: block, workspace)
    var tile = 0..<0
    for index in stretches {
      let stretch = timeline.stretches[index]
      if stretch.opens { workspace.openSegment() }
      workspace.openStretch()
      var bar = stretch.decisions.lowerBound
      while bar < stretch.decisions.upperBound {
        if !tile.contains(bar) {
          tile = bar..<min(bar + barsPerTile, endOfDecisions)
          if storesScores { score(block, bars: tile, in: &workspace) }
        }
        let end = min(tile.upperBound, stretch.decisions.upperBound)
        let closes = stretch.closes && end == stretch.decisions.upperBound
        if storesScores {
          run(bar..<end, tile: tile, closes: closes, nets: nets, in: workspace)
        } else {
          scoreAndRun(bar..<end, closes: closes, in: workspace)
        }
        bar = end
      }
      finish(workspace, index)
    }
  }

  /// Whether the scores of `block`, which is loaded, are to be made before they are accounted.
  func storesScores(of block: StrategyBlock, _ workspace: borrowing TileWorkspace<Scalar>) -> Bool {
    guard case .product(let features) = source, !isCareful, !isPerTrade else { return true }
    switch workspace.scoring {
    case .differences, .matrix: return true
    case .picks, .products:
      return features.hasGaps
        && block.features.indices.contains {
          unsafe !features.undefined[Int(workspace.rows.base[$0])].isEmpty
        }
    }
  }

  private var isCareful: Bool { hasStops || isRuinous }

  /// Accounts the decisions in `bars`, a part of `tile`, whose scores are in the workspace.
  func run(
    _ bars: Range<Int>, tile: Range<Int>, closes: Bool, nets: NetRows?,
    in workspace: borrowing TileWorkspace<Scalar>
  ) {
    let firstRow = (bars.lowerBound - tile.lowerBound) * TilePlan.strategiesPerBlock
    unsafe withFacts(from: bars.lowerBound) { facts, marks in
      unsafe Scalar.account(
        run(over: bars, closes: closes, positionsAt: nets?.positionsAt ?? 0),
        scores: workspace.scores.base + firstRow,
        parameters: workspace.parameters.base, facts: facts, marks: marks, carry: workspace.carry.base,
        totals: workspace.totals.base, nets: nets?.row(of: bars.lowerBound + 1))
    }
  }

  /// Accounts the decisions in `bars` with scores that are made on the way and not stored.
  func scoreAndRun(_ bars: Range<Int>, closes: Bool, in workspace: borrowing TileWorkspace<Scalar>) {
    guard case .product(let features) = source else { preconditionFailure("other scores are stored") }
    unsafe withUnstored(features, from: bars.lowerBound, in: workspace) { unstored in
      unsafe withFacts(from: bars.lowerBound) { facts, _ in
        unsafe Scalar.account(
          run(over: bars, closes: closes), unstored, parameters: workspace.parameters.base, facts: facts,
          carry: workspace.carry.base, totals: workspace.totals.base)
      }
    }
  }

  private func run(over bars: Range<Int>, closes: Bool, positionsAt: Int = 0) -> fluke_run {
    fluke_run(
      decisions: bars.count, long_short: direction == .longShort ? 1 : 0, careful: isCareful ? 1 : 0,
      ruinous: isRuinous ? 1 : 0, closes: closes ? 1 : 0, per_trade: isPerTrade ? 1 : 0,
      cost: cost, positions_at: positionsAt)
  }

  /// Calls `body` with what each bar adds, and what is known of its return beforehand, from bar `first` on.
  private func withFacts(from first: Int, _ body: (UnsafePointer<Scalar>, UnsafePointer<Scalar>) -> Void) {
    unsafe facts.withUnsafeBufferPointer { facts in
      unsafe marks.withUnsafeBufferPointer { marks in
        guard let facts = facts.baseAddress, let marks = marks.baseAddress else { return }
        unsafe body(facts + first * Int(FLUKE_FACTS.rawValue), marks + first)
      }
    }
  }
}

/// Rows of net returns that are being written, one for each bar of a segment.
@safe struct NetRows {
  let base: UnsafeMutablePointer<Double>
  let bars: Range<Int>
  /// How far behind each net return its position is written; 0 where none is.
  let positionsAt: Int

  /// The row of `bar`; `nil` outside of the segment.
  func row(of bar: Int) -> UnsafeMutablePointer<Double>? {
    bars.contains(bar) ? unsafe base + (bar - bars.lowerBound) * TilePlan.strategiesPerBlock : nil
  }
}
