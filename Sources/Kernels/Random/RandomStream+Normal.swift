extension RandomStream {
  /// The next standard normal number: one draw through the inverse distribution function.
  ///
  /// The draw is the middle of one of 2⁵² equal cells of (0, 1), so it is never 0 or 1 and both tails are alike;
  /// no number is larger than 8.3 in magnitude.
  public mutating func normal() -> Double {
    NormalQuantile.value(at: (Double(next() >> 12) + 0.5) * 0x1p-52)
  }
}
