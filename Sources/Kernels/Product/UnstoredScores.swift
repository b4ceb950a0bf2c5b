import CTileKernel

/// The scores of a block on some bars that stand nowhere: what a kernel needs to make them while it accounts them.
@unsafe public struct UnstoredScores<Scalar: KernelScalar> {
  /// What they are made of, where columns tell how far from ``features`` values stand.
  @unsafe enum Making {
    /// Features times weights: `count` columns, with those that were added without weight, and a row of
    /// ``StrategyBlock/lanes`` weights for each. See `fluke_products` in TileKernel.h.
    case products(columns: UnsafePointer<Int>, count: Int, weights: UnsafePointer<Scalar>)
    /// For each lane one column, less another where any is subtracted, with room for the values of eight features on
    /// these bars and on eight more. See `fluke_picks` in TileKernel.h.
    case picks(
      added: UnsafePointer<Int>, subtracted: UnsafePointer<Int>?, room: UnsafeMutablePointer<Scalar>)
  }

  /// The first row of the feature matrix, at the first bar.
  let features: UnsafePointer<Scalar>
  /// For each lane the bar from which its score is defined.
  let definedFrom: UnsafePointer<Int32>
  /// The first bar.
  let firstBar: Int
  let making: Making
}
