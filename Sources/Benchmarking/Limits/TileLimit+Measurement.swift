import Kernels

extension TileLimit {
  /// Seconds on the tile loop and on each half of it, and the strategy-bars that went through.
  private struct Parts: Sendable {
    var tile = 0.0
    var tileCells = 0.0
    var score = 0.0
    var product = 0.0
    var productCells = 0.0
    var account = 0.0
    var accountAgain = 0.0
    var cells = 0.0
    var bytes = 0.0
  }

  /// A processor knows the branches of a tile after so many times.
  private static let repeatsToLearn = 7

  private struct Walk<Scalar: KernelScalar>: ~Copyable {
    var tile: ResidentTile<Scalar>
    var product: TileProduct<Scalar>
    var next = 0
  }

  /// Times the halves of the tile loop on the tiles of `sample`, one after the other, on the threads of `side`.
  ///
  /// Each tile is scored, which brings all that it needs into the cache, and scored again and accounted against the clock.
  /// It is accounted once: a processor that sees the same tile over and over learns its branches by heart, which no sweep
  /// lets it do. What it does with them learnt is measured behind that, and the whole of the loop on a tile far from it,
  /// if there is another. So is the product of BLAS at the shape of the sample's first block, whose operands come into
  /// cache by one that is not counted.
  ///
  /// - Parameter bandwidth: bytes a second from memory, of all those threads together.
  static func measure<Scalar: KernelScalar>(
    _ sample: TileSample<Scalar>, bandwidth: Double, side: SideBySide
  ) -> TileLimit {
    let clock = side.clock
    let features = sample.blocks[0].features.count
    let (parts, _) = side.run(tally: Parts()) {
      Walk(tile: ResidentTile(sample), product: TileProduct(features: max(features, 1)))
    } body: { walk, parts in
      let (number, count) = (walk.next, walk.tile.count)
      walk.tile.show(number: number)
      walk.next = (number + 1) % count
      let start = clock()
      walk.tile.score(times: 1)
      let scored = clock()
      walk.tile.account(times: 1)
      let accounted = clock()
      walk.tile.account(times: repeatsToLearn)
      let learnt = clock()
      walk.tile.account(times: 1)
      parts.accountAgain += clock() - learnt
      parts.account += accounted - scored
      parts.score += scored - start
      let cells = Double(walk.tile.cells)
      parts.cells += cells
      parts.bytes += cells * bytesOfFeatures(of: walk.tile.block, as: Scalar.self)
      walk.tile.show(number: (number + count / 2) % count)
      let shown = clock()
      walk.tile.run(times: 1)
      parts.tile += clock() - shown
      parts.tileCells += Double(walk.tile.cells)
      guard features > 0 else { return }
      walk.product.multiply(times: 1)
      let ready = clock()
      walk.product.multiply(times: 1)
      parts.product += clock() - ready
      parts.productCells += Double(walk.product.bars * TilePlan.strategiesPerBlock)
    }
    func sum(_ part: (Parts) -> Double) -> Double { parts.reduce(0) { $0 + part($1) } }
    func mean(_ part: (Parts) -> Double) -> Double { sum(part) / sum(\.cells) }
    return TileLimit(
      tile: sum(\.tile) / sum(\.tileCells), score: mean(\.score),
      product: features > 0 ? sum(\.product) / sum(\.productCells) : nil, account: mean(\.account),
      accountAgain: mean(\.accountAgain), bytes: mean(\.bytes), bandwidth: bandwidth / Double(side.threads))
  }

  /// Features of one bar, shared by the strategies of a block.
  private static func bytesOfFeatures<Scalar>(of block: StrategyBlock, as: Scalar.Type) -> Double {
    Double(block.features.count * MemoryLayout<Scalar>.stride) / Double(block.count)
  }
}
