import CTileKernel

/// The columns of the parameter matrix that belong to one block of strategies, with the features they use.
///
/// It is in `Double` whatever the precision of the run, and rounded once, when a kernel loads it. A block is filled strategy by strategy and used again for the next block, so that nothing is allocated once it
/// has grown to its size.
public struct StrategyBlock: Sendable {
  /// Columns of a block, used or not.
  public static var lanes: Int { TilePlan.strategiesPerBlock }

  /// The global index of the strategy in lane 0.
  public private(set) var firstStrategy = 0
  /// Lanes in use; the others are padding that never takes a position.
  public private(set) var count = 0
  /// Indices into the feature matrix, one for each row of `weights`, in the order of first use.
  public private(set) var features: [Int] = []
  /// Row-major, features × lanes.
  public private(set) var weights: [Double] = []
  /// Row-major, parameters (see TileKernel.h) × lanes.
  public private(set) var parameters: [Double]
  /// What each lane adds and subtracts, as long as that is all that any of them does.
  var differences = FeatureDifferences()
  /// The row of a feature in `weights`, or -1, by index into the feature matrix.
  private var rowOfFeature: [Int]

  /// Room for one draw of random words for all lanes.
  var words: [UInt32]

  /// An empty block over a feature matrix of `featureCount` features.
  public init(featureCount: Int) {
    rowOfFeature = Array(repeating: -1, count: featureCount)
    words = Array(repeating: 0, count: Self.wordsPerDraw * Self.lanes)
    parameters = Array(repeating: 0, count: Int(FLUKE_PARAMETERS.rawValue) * Self.lanes)
    begin(at: 0)
  }

  /// Empties the block, whose next strategy is number `strategy`.
  public mutating func begin(at strategy: Int) {
    firstStrategy = strategy
    count = 0
    differences.begin()
    for feature in features { rowOfFeature[feature] = -1 }
    features.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    // Padding: no score is above infinity, and none is at or above it to hold a position.
    setAll(FLUKE_ENTRY, .infinity)
    setAll(FLUKE_EXIT, .infinity)
    setAll(FLUKE_STOP, -.infinity)
    setAll(FLUKE_TARGET, .infinity)
    setAll(FLUKE_HOLDING, .infinity)
  }

  /// Adds a strategy under `rule`; its weights follow through ``weigh(feature:by:)``.
  ///
  /// - Precondition: a lane is free.
  public mutating func append(_ rule: PositionRule) {
    precondition(count < Self.lanes, "a block has \(Self.lanes) lanes")
    set(FLUKE_ENTRY, count, rule.entry)
    set(FLUKE_EXIT, count, rule.exit)
    if let loss = rule.stopLoss { set(FLUKE_STOP, count, 1 - loss) }
    if let profit = rule.takeProfit { set(FLUKE_TARGET, count, 1 + profit) }
    if let bars = rule.maximumHolding { set(FLUKE_HOLDING, count, Double(bars)) }
    count += 1
  }

  /// Adds `weight` times feature number `feature` to the score of the strategy added last.
  public mutating func weigh(feature: Int, by weight: Double) {
    if weight == 0 { return }
    let row = row(of: feature)
    weights[row * Self.lanes + count - 1] += weight
    differences.weigh(row: row, by: weight, lane: count - 1)
  }

  /// Adds to the weights of feature number `feature` in the lanes in use what word number `word` of each lane's draw
  /// stands for.
  mutating func weighAll(feature: Int, word: Int, scale: Double) {
    let start = row(of: feature) * Self.lanes
    unsafe weights.withUnsafeMutableBufferPointer { weights in
      unsafe words.withUnsafeBufferPointer { words in
        guard let weights = weights.baseAddress, let words = words.baseAddress else { return }
        unsafe fluke_add_random_weights(count, words + word * Self.lanes, scale, weights + start)
      }
    }
    differences.giveUp()
  }

  /// The row of `feature` in ``weights``, a new one of zeros if it has none.
  private mutating func row(of feature: Int) -> Int {
    if rowOfFeature[feature] < 0 {
      rowOfFeature[feature] = features.count
      features.append(feature)
      weights.append(contentsOf: repeatElement(0, count: Self.lanes))
    }
    return rowOfFeature[feature]
  }

  private mutating func set(_ row: fluke_parameter, _ lane: Int, _ value: Double) {
    parameters[Int(row.rawValue) * Self.lanes + lane] = value
  }

  private mutating func setAll(_ row: fluke_parameter, _ value: Double) {
    let start = Int(row.rawValue) * Self.lanes
    for index in start..<start + Self.lanes { parameters[index] = value }
  }
}
