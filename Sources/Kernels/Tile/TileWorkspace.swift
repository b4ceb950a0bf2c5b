import CTileKernel

/// The memory of one worker: a tile of scores, the packed features behind it, and what the lanes carry.
///
/// It grows to the largest tile that it meets, so that nothing is allocated from then on.
public struct TileWorkspace<Scalar: KernelScalar>: ~Copyable {
  private(set) var scores = AlignedBuffer<Scalar>(zeros: 0)
  var packed = AlignedBuffer<Scalar>(zeros: 0)
  /// Of a block that is scored by differences or picks, those of an earlier one.
  var weights = AlignedBuffer<Scalar>(zeros: 0)
  let parameters = AlignedBuffer<Scalar>(
    zeros: Int(FLUKE_PARAMETERS.rawValue) * TilePlan.strategiesPerBlock)
  /// For each lane the bar from which its score is defined.
  let definedFrom = AlignedBuffer<Int32>(zeros: TilePlan.strategiesPerBlock)
  let carry = AlignedBuffer<Scalar>(
    zeros: Int(FLUKE_CARRIED.rawValue) * TilePlan.strategiesPerBlock)
  let totals = AlignedBuffer<Double>(
    zeros: Int(FLUKE_TOTALS.rawValue) * TilePlan.strategiesPerBlock)

  /// How the loaded block is scored, where scores are a product.
  private(set) var scoring = Scoring.matrix
  /// The rows of the block's features in the feature matrix.
  private(set) var rows = AlignedBuffer<Int32>(zeros: 0)
  /// For differences: which of the block's features each lane adds and subtracts.
  let added = AlignedBuffer<Int32>(zeros: TilePlan.strategiesPerBlock)
  let subtracted = AlignedBuffer<Int32>(zeros: TilePlan.strategiesPerBlock)
  /// Where values begin in the feature matrix: for products of each feature, for picks of each lane's that it adds.
  let columns = AlignedBuffer<Int>(zeros: TilePlan.strategiesPerBlock)
  /// The same for picks of the feature that each lane subtracts.
  let subtractedColumns = AlignedBuffer<Int>(zeros: TilePlan.strategiesPerBlock)
  /// For picks: what they subtract on the bars of a tile.
  private(set) var turned = AlignedBuffer<Scalar>(zeros: 0)

  /// Ways to a product of features and weights.
  enum Scoring {
    /// Differences of features, where all weights are 1 and -1.
    case differences
    /// Differences so alike that the own kernel makes them on the way, or features where nothing is subtracted.
    case picks(arePaired: Bool)
    /// Products that the own kernel makes on the way, of as many features with those that are added without weight.
    case products(features: Int)
    /// BLAS.
    case matrix
  }

  public init() {}

  /// What the scores of the loaded block are made of on the way.
  ///
  /// - Precondition: they are picks or products.
  @unsafe var making: UnstoredScores<Scalar>.Making {
    switch scoring {
    case .picks(let arePaired):
      unsafe .picks(
        added: columns.base, subtracted: arePaired ? UnsafePointer(subtractedColumns.base) : nil,
        room: turned.base)
    case .products(let features):
      unsafe .products(columns: columns.base, count: features, weights: weights.base)
    case .differences, .matrix: preconditionFailure("other scores are stored")
    }
  }

  /// Makes room for a block's features, and copies in what is needed of its columns.
  mutating func load(_ block: borrowing StrategyBlock, from source: ScoreSource<Scalar>, barsPerTile: Int) {
    let features = block.features.count
    if rows.count < features { rows = AlignedBuffer(zeros: features) }
    var bars = 0
    if case .product(let matrix) = source {
      bars = matrix.bars
      for (index, feature) in block.features.enumerated() {
        unsafe rows.base[index] = Int32(matrix.row(of: feature))
      }
    }
    parameters.copy(block.parameters)
    if block.differences.areAll && features > 0 && features <= Scalar.mostFeaturesOfDifferences {
      load(block.differences, features: features)
      let picks = loadPicks(of: block, bars: bars, barsPerTile: barsPerTile)
      scoring = picks ? .picks(arePaired: block.differences.arePaired) : .differences
    } else if Scalar.servesProducts(features: features) {
      scoring = .products(features: loadProducts(of: block, bars: bars))
    } else {
      if packed.count < features * barsPerTile { packed = AlignedBuffer(zeros: features * barsPerTile) }
      load(block.weights, features: features)
      scoring = .matrix
    }
  }

  /// Makes room for this many scores.
  mutating func makeRoom(scores count: Int) {
    if scores.count < count { scores = AlignedBuffer(zeros: count) }
  }

  /// Whether the block, whose differences are loaded, is scored by picks.
  private mutating func loadPicks(of block: borrowing StrategyBlock, bars: Int, barsPerTile: Int) -> Bool {
    let (added, subtracted) = (block.differences.added, block.differences.subtracted)
    let (count, arePaired) = (block.count, block.differences.arePaired)
    let step = Int(FLUKE_PICKS_SUBTRACTED)
    // Padding does as lanes before it; it has no score that would matter.
    for lane in 0..<TilePlan.strategiesPerBlock {
      let plus = added[min(lane, count - 1)]
      let minus = subtracted[lane < count ? lane : min(lane % step, count - 1)]
      guard plus >= 0, minus >= 0 || !arePaired else { return false }
      unsafe columns.base[lane] = Int(rows.base[Int(plus)]) * bars
      unsafe subtractedColumns.base[lane] = arePaired ? Int(rows.base[Int(minus)]) * bars : 0
    }
    let isServed = unsafe Scalar.servesPicks(
      added: columns.base, subtracted: arePaired ? UnsafePointer(subtractedColumns.base) : nil)
    if isServed && arePaired && turned.count < (barsPerTile + step) * step {
      turned = AlignedBuffer(zeros: (barsPerTile + step) * step)
    }
    return isServed
  }

  /// - Returns: the number of features with those that are added without weight.
  private mutating func loadProducts(of block: borrowing StrategyBlock, bars: Int) -> Int {
    let (features, step) = (block.features.count, Int(FLUKE_PRODUCT_STEP))
    let count = (features + step - 1) / step * step
    precondition(count <= columns.count, "features that the kernel serves")
    for index in 0..<count {
      unsafe columns.base[index] = Int(rows.base[index < features ? index : 0]) * bars
    }
    load(block.weights, features: count)
    return count
  }

  /// Loads the weights of `features` features, 0 where `given` has none.
  private mutating func load(_ given: [Double], features: Int) {
    let count = features * TilePlan.strategiesPerBlock
    if weights.count < count { weights = AlignedBuffer(zeros: count) }
    weights.copy(given)
    weights.fill(from: given.count, count: count - given.count, with: 0)
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

  /// The tally of one lane over the stretch that has just ended.
  @inline(__always)  // so that it is made where it is kept
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
