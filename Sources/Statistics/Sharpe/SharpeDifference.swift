import Kernels

/// Whether one strategy's Sharpe ratio differs from another's by more than chance, on the same bars.
///
/// Formula: Δ = SR₁ - SR₂ of the moments with n. Its standard error is √(ω²/n), with ω² that of ``LongRunVariance`` of the
/// influences ψ[t] = z₁ - SR₁/2·(z₁² - 1) - z₂ + SR₂/2·(z₂² - 1), z the returns less their mean over their deviation. The
/// p-value is (1 + #{b: |Δ*_b - Δ|/s*_b ≥ |Δ|/s}) / (B + 1), over resamples of whole blocks of bars; s*_b is the error that
/// the sums of the influences over the blocks of the resample have. Without resamples there is the normal limit alone:
/// 2·(1 - Φ(|Δ|/s)), which in short samples rejects a little too often.
///
/// Shapes and units: returns of n bars each, as fractions; Δ and errors per bar.
///
/// Null hypothesis: the two true Sharpe ratios are equal; two-sided. A small p-value speaks against it. Superior ability
/// compares mean returns alone, and so is won by leverage; this is not.
///
/// Edge cases: NaN without variance, where a return is not finite and with fewer than two blocks. Of two equal series Δ is
/// 0 and the p-value 1.
///
/// Errors: ``StatisticsError/otherBars(_:found:needed:)``, and those of ``Resamples``.
///
/// Reference: Ledoit & Wolf 2008, "Robust performance hypothesis testing with the Sharpe ratio", sections 3.1 and 3.2.1
/// (equations 4, 5 and 9), there T is n, b the block length and M is B. They take the kernel of all four moments, which
/// the gradient then weights; here it is that of the weighted sum, which is the same but for the pre-whitening.
public struct SharpeDifference: Equatable, Sendable {
  /// SR₁ - SR₂, per bar.
  public let differencePerBar: Double
  /// Of the difference, per bar.
  public let standardErrorPerBar: Double
  /// By studentised resampling; NaN without resamples.
  public let pValue: Double
  /// By the normal limit.
  public let normalPValue: Double
  /// The bars of a block; `nil` without resamples.
  public let blockLength: Int?

  /// Compares two strategies by the normal limit, in one look at their bars.
  public static func normal(_ one: [Double], _ other: [Double]) throws(StatisticsError) -> SharpeDifference {
    try SharpeDifference(one, other, drawn: nil)
  }

  /// Compares two strategies.
  ///
  /// - Parameters:
  ///   - blockLength: whole bars; `nil` for what the influences suggest (``BlockLength``).
  ///   - resamples: B.
  public init(
    _ one: [Double], _ other: [Double], blockLength: Int? = nil, resamples: Int = 1_000, seed: UInt64 = 1
  ) throws(StatisticsError) {
    let influences = try Pair.checked(one, other).influences
    let length = blockLength ?? BlockLength(influences).circularLength
    let drawn = try Resamples(.circular(blockLength: length), bars: one.count, count: resamples, seed: seed)
    try self.init(one, other, blockLength: length, resamples: drawn)
  }

  /// Compares two strategies on resamples that are made of blocks of this length.
  public init(
    _ one: [Double], _ other: [Double], blockLength: Int, resamples: Resamples
  ) throws(StatisticsError) {
    guard resamples.bars == one.count else {
      throw .otherBars("resamples", found: resamples.bars, needed: one.count)
    }
    try self.init(one, other, drawn: (blockLength, resamples))
  }

  private init(
    _ one: [Double], _ other: [Double], drawn: (blockLength: Int, resamples: Resamples)?
  ) throws(StatisticsError) {
    let pair = try Pair.checked(one, other)
    blockLength = drawn?.blockLength
    differencePerBar = pair.difference
    let isEqual = one == other
    standardErrorPerBar =
      isEqual ? 0 : (LongRunVariance.prewhitened(pair.influences) / Double(one.count)).squareRoot()
    normalPValue =
      isEqual && !pair.difference.isNaN
      ? 1 : 2 * NormalDistribution.survival(differencePerBar.magnitude / standardErrorPerBar)
    guard let (blockLength, resamples) = drawn, !isEqual, standardErrorPerBar > 0,
      one.count / blockLength >= 2
    else {
      pValue = isEqual && !pair.difference.isNaN ? 1 : .nan
      return
    }
    let observed = differencePerBar.magnitude / standardErrorPerBar
    let whole = one.count / blockLength * blockLength
    var reached = 0
    for number in 0..<resamples.count {
      let bars = resamples.indices(of: number).prefix(whole)
      let resampled = Pair(bars.map { one[$0] }, bars.map { other[$0] })
      let error = (resampled.variance(blockLength: blockLength) / Double(whole)).squareRoot()
      // A resample without variance tells nothing against the hypothesis.
      if !((resampled.difference - pair.difference).magnitude / error < observed) { reached += 1 }
    }
    pValue = Double(1 + reached) / Double(resamples.count + 1)
  }

  /// Two series and their difference.
  private struct Pair {
    let difference: Double
    /// ψ, which sums to 0.
    let influences: [Double]

    static func checked(_ one: [Double], _ other: [Double]) throws(StatisticsError) -> Pair {
      guard one.count == other.count else {
        throw .otherBars("the other strategy", found: other.count, needed: one.count)
      }
      return Pair(one, other)
    }

    init(_ one: [Double], _ other: [Double]) {
      let (first, second) = (Self.influences(one), Self.influences(other))
      difference = first.sharpePerBar - second.sharpePerBar
      influences = zip(first.values, second.values).map { $0 - $1 }
    }

    private static func influences(_ returns: [Double]) -> (sharpePerBar: Double, values: [Double]) {
      AutocorrelatedSharpe.influences(of: returns) ?? (.nan, returns.map { _ in .nan })
    }

    /// The mean square of the sums over blocks, over √b each.
    func variance(blockLength: Int) -> Double {
      var total = 0.0
      for first in stride(from: 0, to: influences.count, by: blockLength) {
        let sum = influences[first..<first + blockLength].reduce(0, +)
        total += sum * sum
      }
      return total / Double(influences.count)
    }
  }
}
