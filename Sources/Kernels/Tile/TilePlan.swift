import CTileKernel

/// The shapes of tiles: how many strategies stand side by side, and how many bars are scored at a time.
///
/// Shapes depend on the strategies alone, never on the machine, so that a sweep has the same bits everywhere.
public enum TilePlan {
  /// Strategies of a block, one a lane of the fused kernel.
  public static let strategiesPerBlock = Int(FLUKE_LANES)

  /// OpenBLAS takes its fast path for small matrices up to this product of the three sizes.
  public static let largestSmallProduct = 1_000_000

  /// A tile of this many bars has 256 KiB of single-precision scores, which leaves room in a second-level cache
  /// of 512 KiB for the features.
  public static let mostBarsPerTile = 1_024

  /// Bars scored at a time by a block that uses `features` features.
  public static func barsPerTile(features: Int) -> Int {
    let bars = largestSmallProduct / strategiesPerBlock / max(features, 1)
    return min(mostBarsPerTile, max(bars, 16))
  }

  /// Blocks that `strategies` strategies make, the last one padded.
  public static func blocks(strategies: Int) -> Int {
    (strategies + strategiesPerBlock - 1) / strategiesPerBlock
  }
}
