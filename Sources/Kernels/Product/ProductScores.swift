import CTileKernel

/// The scores of a block on some bars as features times weights, without the product being made: see `fluke_products` in
/// TileKernel.h.
@unsafe public struct ProductScores<Scalar: KernelScalar> {
  /// The first row of the feature matrix, at the first bar.
  let features: UnsafePointer<Scalar>
  /// For each feature how far from there its values stand.
  let columns: UnsafePointer<Int>
  /// Features, with those that were added.
  let count: Int
  /// A row of ``StrategyBlock/lanes`` a feature.
  let weights: UnsafePointer<Scalar>
  /// For each lane the bar from which its score is defined.
  let definedFrom: UnsafePointer<Int32>
  /// The first bar.
  let firstBar: Int
}

extension ProductScores where Scalar == Float {
  var forC: fluke_products {
    unsafe fluke_products(
      features: features, columns: columns, count: Int32(count), weights: weights, defined_from: definedFrom,
      first_bar: firstBar)
  }
}
