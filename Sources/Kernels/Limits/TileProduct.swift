/// The matrix product of a tile alone, at its own shape and on operands that stay in cache.
public struct TileProduct<Scalar: KernelScalar>: ~Copyable {
  /// Features that the product runs over.
  public let features: Int
  /// Bars of the tile, as ``TilePlan`` has them for so many features.
  public let bars: Int
  private let columns: AlignedBuffer<Scalar>
  private let weights: AlignedBuffer<Scalar>
  private let scores: AlignedBuffer<Scalar>

  /// - Precondition: `features` is at least 1.
  public init(features: Int) {
    precondition(features >= 1, "a product of something")
    OpenBLAS.selectOnce()
    self.features = features
    bars = TilePlan.barsPerTile(features: features)
    // No power of two, so that sums are rounded as in real work.
    columns = AlignedBuffer(count: features * bars, initial: 0.3)
    weights = AlignedBuffer(count: features * TilePlan.strategiesPerBlock, initial: 0.7)
    scores = AlignedBuffer(zeros: bars * TilePlan.strategiesPerBlock)
  }

  /// Multiplications and additions of one product.
  public var operations: Int { 2 * features * bars * TilePlan.strategiesPerBlock }

  /// Multiplies `times` times.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func multiply(times: Int) {
    for _ in 0..<times {
      unsafe Scalar.multiplyTransposed(
        m: bars, n: TilePlan.strategiesPerBlock, k: features, a: columns.base, strideOfA: bars,
        b: weights.base, c: scores.base)
    }
  }

  /// The largest difference of a score from the sum that it should be, relative to it.
  public func largestError() -> Double {
    let expected = Double(features) * Double(0.3 as Scalar) * Double(0.7 as Scalar)
    return (0..<bars * TilePlan.strategiesPerBlock).reduce(0) { largest, cell in
      unsafe max(largest, abs(Double(scores.base[cell]) / expected - 1))
    }
  }
}
