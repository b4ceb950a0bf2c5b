/// The counter-based generator Philox 4x32-10: four random words as a pure function of a key and a counter.
///
/// Any word of any stream can be made alone, in any order, on any machine, which is what makes coin flips,
/// random weights and resamples independent of threads and shards.
///
/// Reference: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3.
public enum Philox {
  /// The four words that belong to `counter` under `key`.
  @inlinable
  public static func words(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // Numbers one by one: lanes would be taken apart for the products and put together again in every round.
    var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3])
    var (left, right) = (key[0], key[1])
    for round in 0..<10 {
      // The Weyl sequence that bumps the key between rounds: the golden ratio and √3 - 1, as 32-bit fractions.
      if round > 0 { (left, right) = (left &+ 0x9E37_79B9, right &+ 0xBB67_AE85) }
      let first = UInt64(a) &* 0xD251_1F53
      let second = UInt64(c) &* 0xCD9E_8D57
      (a, b) = (UInt32(truncatingIfNeeded: second >> 32) ^ b ^ left, UInt32(truncatingIfNeeded: second))
      (c, d) = (UInt32(truncatingIfNeeded: first >> 32) ^ d ^ right, UInt32(truncatingIfNeeded: first))
    }
    return SIMD4(a, b, c, d)
  }
}
