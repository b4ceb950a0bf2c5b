import CTileKernel

/// The memory of one worker: a tile of scores, the packed features behind it, and what the lanes carry.
///
/// It grows to the largest tile that it meets, so that nothing is allocated from then on.
public struct TileWorkspace<Scalar: KernelScalar>: ~Copyable {
  var scores = AlignedBuffer<Scalar>(
    zeros: TilePlan.mostBarsPerTile * TilePlan.strategiesPerBlock)
  var packed = AlignedBuffer<Scalar>(zeros: 0)
  /// For products; those of an earlier block while ``scoresDifferences``.
  var weights = AlignedBuffer<Scalar>(zeros: 0)
  let parameters = AlignedBuffer<Scalar>(
    zeros: Int(FLUKE_PARAMETERS.rawValue) * TilePlan.strategiesPerBlock)
  /// For each lane the bar from which its score is defined.
  let definedFrom = AlignedBuffer<Int32>(zeros: TilePlan.strategiesPerBlock)
  let carry = AlignedBuffer<Scalar>(
    zeros: Int(FLUKE_CARRIED.rawValue) * TilePlan.strategiesPerBlock)
  let totals = AlignedBuffer<Double>(
    zeros: Int(FLUKE_TOTALS.rawValue) * TilePlan.strategiesPerBlock)

  /// Whether the loaded block is scored by differences of features instead of a product.
  private(set) var scoresDifferences = false
  /// The rows of the block's features in the feature matrix.
  private(set) var rows = AlignedBuffer<Int32>(zeros: 0)
  /// For differences: which of the block's features each lane adds and subtracts.
  let added = AlignedBuffer<Int32>(zeros: TilePlan.strategiesPerBlock)
  let subtracted = AlignedBuffer<Int32>(zeros: TilePlan.strategiesPerBlock)

  public init() {}

  /// Makes room for a block's features, and copies in what is needed of its columns.
  mutating func load(_ block: borrowing StrategyBlock, from source: ScoreSource<Scalar>, barsPerTile: Int) {
    let features = block.features.count
    if rows.count < features { rows = AlignedBuffer(zeros: features) }
    if case .product(let matrix) = source {
      for (index, feature) in block.features.enumerated() {
        unsafe rows.base[index] = Int32(matrix.row(of: feature))
      }
    }
    if packed.count < features * barsPerTile {
      packed = AlignedBuffer(zeros: features * barsPerTile)
    }
    parameters.copy(block.parameters)
    scoresDifferences =
      block.differences.areAll && features > 0 && features <= Scalar.mostFeaturesOfDifferences
    if scoresDifferences {
      load(block.differences, features: features)
    } else {
      if weights.count < block.weights.count { weights = AlignedBuffer(zeros: block.weights.count) }
      weights.copy(block.weights)
    }
  }

  private func load(_ differences: FeatureDifferences, features: Int) {
    for lane in 0..<TilePlan.strategiesPerBlock {
      let (plus, minus) = (differences.added[lane], differences.subtracted[lane])
      unsafe added.base[lane] = plus < 0 ? Int32(features) : plus
      unsafe subtracted.base[lane] = minus < 0 ? Int32(features) : minus
    }
  }

  /// Lanes flat, as at a segment's first bar.
  func openSegment() {
    let lanes = TilePlan.strategiesPerBlock
    carry.fill(count: carry.count, with: 0)
    carry.fill(from: Int(FLUKE_TRADE_GROWTH.rawValue) * lanes, count: lanes, with: 1)
    carry.fill(from: Int(FLUKE_GROSS_GROWTH.rawValue) * lanes, count: lanes, with: 1)
  }

  /// Totals of nothing, as at a stretch's first bar.
  func openStretch() {
    let lanes = TilePlan.strategiesPerBlock
    totals.fill(count: totals.count, with: 0)
    for row in [FLUKE_GROWTH, FLUKE_HIGHEST, FLUKE_LOWEST] {
      totals.fill(from: Int(row.rawValue) * lanes, count: lanes, with: 1)
    }
  }

  /// The sum of one lane's positions over the stretch that has just ended, if its net returns were written.
  func positions(lane: Int) -> Double {
    unsafe totals.base[Int(FLUKE_POSITIONS.rawValue) * TilePlan.strategiesPerBlock + lane]
  }

  /// The tally of one lane over the stretch that has just ended.
  func tally(lane: Int, bars: Int) -> Tally {
    func total(_ row: fluke_total) -> Double {
      unsafe totals.base[Int(row.rawValue) * TilePlan.strategiesPerBlock + lane]
    }
    var tally = Tally(bars: bars)
    tally.barsInMarket = Int(total(FLUKE_BARS_IN_MARKET))
    tally.winningBars = Int(total(FLUKE_WINNING_BARS))
    tally.sum = total(FLUKE_SUM)
    tally.sumOfSquares = total(FLUKE_SUM_OF_SQUARES)
    tally.sumOfCubes = total(FLUKE_SUM_OF_CUBES)
    tally.sumOfFourths = total(FLUKE_SUM_OF_FOURTHS)
    tally.sumOfLosses = total(FLUKE_SUM_OF_LOSSES)
    tally.sumOfSquaredLosses = total(FLUKE_SUM_OF_SQUARED_LOSSES)
    tally.growth = total(FLUKE_GROWTH)
    tally.highest = total(FLUKE_HIGHEST)
    tally.lowest = total(FLUKE_LOWEST)
    tally.maximumDrawdown = total(FLUKE_DRAWDOWN)
    tally.turnover = total(FLUKE_TURNOVER)
    tally.tradesClosed = Int(total(FLUKE_TRADES_CLOSED))
    tally.tradesWon = Int(total(FLUKE_TRADES_WON))
    tally.grossProfit = total(FLUKE_GROSS_PROFIT)
    tally.grossLoss = total(FLUKE_GROSS_LOSS)
    return tally
  }
}
