import Glibc

/// NumPy's legacy generator `RandomState`, for the series that a published figure was computed from.
///
/// MT19937 of Matsumoto & Nishimura 1998, seeded by one number; normal numbers by the polar method, of each pair
/// the second one first, as NumPy's `standard_normal` hands them out.
struct MersenneTwister {
  private var state: [UInt32]
  private var place = 624
  private var kept: Double?

  init(seed: UInt32) {
    state = [seed]
    for index in 1..<624 {
      let previous = state[index - 1]
      state.append(1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(index))
    }
  }

  mutating func next() -> UInt32 {
    if place == 624 { twist() }
    var bits = state[place]
    place += 1
    bits ^= bits >> 11
    bits ^= (bits << 7) & 0x9D2C_5680
    bits ^= (bits << 15) & 0xEFC6_0000
    return bits ^ (bits >> 18)
  }

  private mutating func twist() {
    for index in 0..<624 {
      let joined = (state[index] & 0x8000_0000) | (state[(index + 1) % 624] & 0x7FFF_FFFF)
      state[index] = state[(index + 397) % 624] ^ (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_B0DF)
    }
    place = 0
  }

  /// 53 random bits on [0, 1).
  mutating func uniform() -> Double {
    let high = Double(next() >> 5)
    return (high * 67_108_864 + Double(next() >> 6)) / 9_007_199_254_740_992
  }

  mutating func normal() -> Double {
    if let kept {
      self.kept = nil
      return kept
    }
    while true {
      let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      kept = factor * x
      return factor * y
    }
  }
}
