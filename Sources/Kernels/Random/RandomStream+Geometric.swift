extension RandomStream {
  /// The next number that is geometric on 1, 2, 3, …: how many trials it takes until one succeeds, when each does
  /// with probability `1/mean`.
  ///
  /// One draw u on (0, 1] through the inverse distribution function: the number exceeds k where u ≤ (1 - 1/mean)^k.
  /// In arithmetic that gives the same bits everywhere.
  ///
  /// - Parameter limit: a longer number is cut to it.
  /// - Precondition: `mean` and `limit` are at least 1.
  public mutating func geometric(mean: Double, limit: Int) -> Int {
    precondition(mean >= 1 && limit >= 1, "a mean and a limit that can be reached")
    let uniform = Double((next() >> 11) + 1) * 0x1p-53
    let failure = 1 - 1 / mean
    guard failure > 0 else { return 1 }
    // A mean so large that no trial ever succeeds.
    guard failure < 1 else { return limit }
    let waited = NormalQuantile.naturalLogarithm(uniform) / NormalQuantile.naturalLogarithm(failure)
    return waited < Double(limit - 1) ? 1 + Int(waited) : limit
  }
}
