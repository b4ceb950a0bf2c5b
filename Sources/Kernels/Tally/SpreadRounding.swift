/// The variance that rounding alone can make: the one bound for every place that asks for a deviation.
///
/// Where a variance is no larger part of the mean square than ``part(count:)``, it is none: there is no Sharpe ratio, no
/// skewness and no correlation, and the deviation is 0. With n returns x, u = 2⁻⁵³ and v = 2⁻²⁴:
///
/// - Power sums. Each square is off by u of itself, the n - 1 additions of Σx² by (n - 1)u of the sum and the division by
///   u, so the mean square is off by (n + 1)u of itself. Likewise m₁ is off by n·u of the mean magnitude, which is at most
///   the root of the mean square; so m₁², itself rounded, is off by (2n + 1)u of the mean square, and the difference
///   by u. That is 3(n + 1)u, and terms of u²; 4(n + 8)u is above it, however the sums were grouped.
/// - Sums in single precision. The fused kernel adds up to 1,024 bars in it before a sum goes on in double: the same with
///   v in place of u for so many bars, and bars without a position add nothing that is rounded. That makes 4(m + 8)v more
///   with m the smaller of n and 1,024.
/// - Two passes are off by less than u of the mean square, whatever n. There it is the values that are rounded: in their
///   last place where they were written in decimal, in single precision where they came from it, and by 3u of 1 where they
///   are quotients of prices less 1. Returns that are equal but for being rounded to single precision differ by at most
///   v of themselves, and have a variance of at most v² = 2⁻⁴⁸ of the mean square; that is ``ofValues``, and 4(n + 8)u is
///   above it for every n. Quotients of prices reach it where they are below 6·10⁻⁹ a bar.
///
/// So two passes take the bound of power sums: whatever has no variance for one has none for the other. What it costs is
/// a Sharpe ratio beyond 1/√part a bar: 10⁶ of 2,000 returns, or 64 where sums are in single precision.
public struct SpreadRounding: Equatable, Sendable {
  /// Sums in double precision throughout, and two passes.
  public static let double = SpreadRounding(singles: 0)
  /// Sums of the fused kernel in single precision.
  public static let single = SpreadRounding(singles: Double(TilePlan.mostBarsPerTile) + guardTerms)

  /// The part of the mean square that returns can have as a variance which are equal but for being rounded.
  public static let ofValues = 0x1p-48
  /// The size up to which a return is 0: 3u, which equal prices leave as a quotient less 1.
  public static let ofQuotient = 0x3p-53
  /// Terms beyond those that are added.
  private static let guardTerms = 8.0

  /// The bars that are added in single precision at most, and ``guardTerms``; 0 for none.
  let singles: Double

  /// The part of the mean square of `count` returns up to which a variance is none.
  public func part(count: Double) -> Double {
    let terms = count + Self.guardTerms
    return terms * 0x1p-51 + (terms > singles ? singles : terms) * 0x1p-22
  }

  /// The same lane by lane.
  @inline(__always)
  public func part(count: SIMD8<Double>) -> SIMD8<Double> {
    let terms = count + 8
    let added = terms.replacing(with: SIMD8(repeating: singles), where: terms .> singles)
    return terms * 0x1p-51 + added * 0x1p-22
  }
}
