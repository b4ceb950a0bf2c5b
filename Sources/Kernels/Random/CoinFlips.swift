/// The draws of the `coinflip` family, any of which can be made alone.
public enum CoinFlips {
  /// The draw of strategy `strategy` on bar `bar`, uniform on 0 ..< 2³².
  public static func draw(seed: UInt64, strategy: Int, bar: Int) -> UInt64 {
    let words = Philox.words(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: bar / 4), UInt32(truncatingIfNeeded: strategy),
        UInt32(truncatingIfNeeded: strategy >> 32), RandomStream.Purpose.coinFlips.rawValue),
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    return UInt64(words[bar % 4])
  }

  /// The number below which a draw is a buy: `probability` in units of 2⁻³², rounded to the nearest.
  ///
  /// - Precondition: `probability` is in 0...1.
  public static func threshold(probability: Double) -> UInt64 {
    precondition((0...1).contains(probability), "a probability")
    return UInt64((probability * 0x1p32).rounded())
  }
}
