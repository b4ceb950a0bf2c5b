/// The geometric distribution on 1, 2, 3, …: how many trials it takes until one succeeds, when each does with probability
/// `1/mean`.
///
/// One draw u on (0, 1] through the inverse distribution function: the number exceeds k where u ≤ (1 - 1/mean)^k. In
/// arithmetic that gives the same bits everywhere.
public struct GeometricDistribution: Sendable {
  private let failure: Double
  private let logarithmOfFailure: Double

  /// - Precondition: `mean` is at least 1.
  public init(mean: Double) {
    precondition(mean >= 1, "a mean that can be reached")
    failure = 1 - 1 / mean
    logarithmOfFailure = failure > 0 ? NormalQuantile.naturalLogarithm(failure) : -.infinity
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
    let waited = NormalQuantile.naturalLogarithm(uniform) / logarithmOfFailure
    return waited < Double(limit - 1) ? 1 + Int(waited) : limit
  }
}
