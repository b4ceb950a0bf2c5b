/// How fast a case could be on one core, by what the parts of its tile loop take alone.
///
/// The model: every decision of every strategy has to be scored and accounted, tile by tile, so one strategy-bar takes at
/// least
///
///     seconds = max(tile, bytes / bandwidth)
///
/// where `tile` is what the engine does with a tile, score and account or both in one pass, measured on tiles of the case
/// that are in cache, with as many threads at once as the case has, and `bytes / bandwidth` is the time to bring the
/// block's features from memory once for its 64 strategies. What a case takes beyond that is features, the filling of
/// blocks, cache misses, the folding of tallies, threads that wait.
public struct TileLimit: Equatable, Sendable {
  /// Seconds to score and account one strategy-bar as the engine does, on one core, of tiles that come one after the
  /// other.
  public var tile: Double
  /// Seconds to score one strategy-bar into memory.
  public var score: Double
  /// Seconds of the product of one strategy-bar by BLAS at the shape of the case's tiles; `nil` without features.
  public var product: Double?
  /// Seconds to account one strategy-bar whose score is in memory.
  public var account: Double
  /// Seconds to account one strategy-bar of one tile over and over, whose branches the processor soon knows by heart:
  /// less by what it costs to foresee a branch wrongly. It is no part of the model, since no sweep can reach it.
  public var accountAgain: Double
  /// Bytes that memory has to bring for one strategy-bar if no cache holds the features.
  public var bytes: Double
  /// Bytes a second from memory for each core, with as many threads.
  public var bandwidth: Double

  public init(
    tile: Double, score: Double, product: Double? = nil, account: Double, accountAgain: Double, bytes: Double,
    bandwidth: Double
  ) {
    self.tile = tile
    self.score = score
    self.product = product
    self.account = account
    self.accountAgain = accountAgain
    self.bytes = bytes
    self.bandwidth = bandwidth
  }

  /// Seconds of one strategy-bar by memory alone.
  public var memory: Double { bytes / bandwidth }

  /// Seconds of one strategy-bar at least.
  public var seconds: Double { max(tile, memory) }

  /// Seconds of one strategy-bar by the textbook: a product by BLAS at the tile's own shape, and then the fused kernel,
  /// unless memory is slower. Rules whose scores take no product are faster. `nil` without features.
  public var inTurn: Double? { product.map { max($0 + account, memory) } }

  /// Strategy-bars a second and core at most.
  public var rate: Double { 1 / seconds }

  /// Part by part the median.
  ///
  /// - Precondition: there is a measurement; all have a product, or none.
  static func median(of limits: [TileLimit]) -> TileLimit {
    func median(_ part: (TileLimit) -> Double) -> Double { Sample(limits.map(part)).median }
    let products = limits.compactMap(\.product)
    precondition(products.isEmpty || products.count == limits.count, "a product of all, or of none")
    return TileLimit(
      tile: median(\.tile), score: median(\.score), product: products.isEmpty ? nil : Sample(products).median,
      account: median(\.account), accountAgain: median(\.accountAgain), bytes: median(\.bytes),
      bandwidth: median(\.bandwidth))
  }
}

extension TileLimit: Codable {
  enum CodingKeys: String, CodingKey {
    case rate
    case score = "score_seconds"
    case product = "product_seconds"
    case inTurn = "product_and_account_seconds"
    case account = "account_seconds"
    case tile = "tile_seconds"
    case accountAgain = "account_same_tile_seconds"
    case memory = "memory_seconds"
    case bytes = "memory_bytes"
    case bandwidth = "memory_bytes_per_second_per_core"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    score = try container.decode(Double.self, forKey: .score)
    product = try container.decodeIfPresent(Double.self, forKey: .product)
    account = try container.decode(Double.self, forKey: .account)
    // Records of before there was one pass have the halves alone.
    tile = try container.decodeIfPresent(Double.self, forKey: .tile) ?? score + account
    accountAgain = try container.decode(Double.self, forKey: .accountAgain)
    bytes = try container.decode(Double.self, forKey: .bytes)
    bandwidth = try container.decode(Double.self, forKey: .bandwidth)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(score, forKey: .score)
    try container.encodeIfPresent(product, forKey: .product)
    try container.encode(account, forKey: .account)
    try container.encode(tile, forKey: .tile)
    try container.encode(accountAgain, forKey: .accountAgain)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(bandwidth, forKey: .bandwidth)
    // Follow from the others, for whoever reads the file without this program.
    try container.encode(memory, forKey: .memory)
    try container.encodeIfPresent(inTurn, forKey: .inTurn)
    try container.encode(rate, forKey: .rate)
  }
}
