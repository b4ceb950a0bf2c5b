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
    var state = counter
    var key = key
    for round in 0..<10 {
      // The Weyl sequence that bumps the key between rounds: the golden ratio and √3 - 1, as 32-bit fractions.
      if round > 0 { key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let first = (0xD251_1F53 as UInt32).multipliedFullWidth(by: state[0])
      let second = (0xCD9E_8D57 as UInt32).multipliedFullWidth(by: state[2])
      state = SIMD4(
        second.high ^ state[1] ^ key[0], second.low, first.high ^ state[3] ^ key[1], first.low)
    }
    return state
  }
}
