/// The geometric distribution on 1, 2, 3, …: how many trials it takes until one succeeds, when each does with probability
/// `1/mean`.
///
/// One draw u on (0, 1] through the inverse distribution function: the number exceeds k where u ≤ (1 - 1/mean)^k, which
/// is 1 + ⌊log u / log(1 - 1/mean)⌋. In arithmetic that gives the same bits everywhere. Small numbers are found without a
/// logarithm, by comparing with the powers themselves where u is too far from them for rounding to matter.
public struct GeometricDistribution: Equatable, Sendable {
  /// Around a power of ``failure``: the least u that is certainly above it, and the largest certainly below.
  private struct Margins: Equatable {
    let above: Double
    let below: Double
  }

  private let failure: Double
  private let logarithmOfFailure: Double
  /// Those of each power, from the first on.
  private let powers: [Margins]
  /// Means above this exceed the powers so often that it is faster not to look.
  private static let mostForPowers = 8.0
  private static let countOfPowers = 16
  /// Far above the rounding of powers and logarithms, relative to u.
  private static let margin = 0x1p-40

  /// - Precondition: `mean` is at least 1.
  public init(mean: Double) {
    precondition(mean >= 1, "a mean that can be reached")
    failure = 1 - 1 / mean
    logarithmOfFailure = failure > 0 ? NormalQuantile.naturalLogarithm(failure) : -.infinity
    var power = 1.0
    let failure = failure
    powers = (0..<(mean <= Self.mostForPowers ? Self.countOfPowers : 0)).map { _ in
      power *= failure
      return Margins(above: power * (1 + Self.margin), below: power * (1 - Self.margin))
    }
  }

  /// The next number of `stream`; a longer one is cut to `limit`.
  ///
  /// - Precondition: `limit` is at least 1.
  public func draw(limit: Int, from stream: inout RandomStream) -> Int {
    precondition(limit >= 1, "a limit that can be reached")
    let uniform = Double((stream.next() >> 11) + 1) * 0x1p-53
    guard failure > 0 else { return 1 }
    // A mean so large that no trial ever succeeds.
    guard failure < 1 else { return limit }
    for (index, power) in powers.enumerated() where uniform >= power.below {
      if uniform > power.above { return min(index + 1, limit) }
      break
    }
    let waited = NormalQuantile.naturalLogarithm(uniform) / logarithmOfFailure
    return waited < Double(limit - 1) ? 1 + Int(waited) : limit
  }
}
