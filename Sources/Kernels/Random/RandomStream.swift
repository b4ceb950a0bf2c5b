/// One of many independent sequences of random numbers under a seed, addressed by purpose and index.
///
/// Two streams that differ in seed, purpose or index never share a draw. A stream is a value: a copy repeats
/// the same numbers.
public struct RandomStream: RandomNumberGenerator, Sendable {
  /// What the numbers are for, so that two uses of one seed do not meet.
  public enum Purpose: UInt32, Sendable {
    case coinFlips = 1
    case weights = 2
    case market = 3
    case resample = 4
    case permutation = 5
    case trial = 6
    case clustering = 7
    case sample = 8
    case noise = 9
  }

  private let key: SIMD2<UInt32>
  private let purpose: UInt32
  private let index: UInt64
  private var block: UInt32 = 0
  private var words = SIMD4<UInt32>()
  /// Words of `words` that were handed out.
  private var used = 4

  /// The stream number `index` for `purpose` under `seed`, at its first draw.
  public init(seed: UInt64, purpose: Purpose, index: UInt64 = 0) {
    self.key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.purpose = purpose.rawValue
    self.index = index
  }

  /// The next 64 random bits. A stream repeats itself after 2³³ of them.
  public mutating func next() -> UInt64 {
    if used == 4 {
      words = Philox.words(
        counter: SIMD4(
          block, UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), purpose),
        key: key)
      block &+= 1
      used = 0
    }
    defer { used += 2 }
    return UInt64(words[used]) | UInt64(words[used + 1]) << 32
  }

  /// The next number that is uniform on [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// The next number that is uniform on the integers 0 ..< `bound`.
  public mutating func integer(below bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &self)
  }
}
