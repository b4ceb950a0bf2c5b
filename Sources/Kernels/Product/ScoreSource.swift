/// Where the scores of a tile come from.
public enum ScoreSource<Scalar: KernelScalar>: Sendable {
  /// The product of features and a block's weights.
  case product(FeatureMatrix<Scalar>)
  /// Coin flips: +1 where the draw is below the threshold of ``CoinFlips/threshold(probability:)``, else -1.
  case coinFlips(seed: UInt64, threshold: UInt64)
  /// Given signals.
  case signals(SignalMatrix)

  /// Features that a block over this source can use.
  public var featureCount: Int {
    if case .product(let features) = self { features.count } else { 0 }
  }

  /// Features that can be held at a time.
  public var rows: Int {
    if case .product(let features) = self { features.rows } else { 0 }
  }
}
