import CTileKernel

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

  private let seed: UInt64
  private let purpose: UInt32
  private let index: UInt64
  /// The next counter: each gives two numbers.
  private var block: UInt32 = 0
  private var numbers = InlineArray<16, UInt64>(repeating: 0)
  /// Those of `numbers` that are there, and of these the ones that were handed out.
  private var made = 0
  private var used = 0

  /// Many streams are asked for a number or two; whoever asks for more asks for many, and they are made side by side.
  private static let blocksOneByOne = 2

  /// The stream number `index` for `purpose` under `seed`, at its first draw.
  public init(seed: UInt64, purpose: Purpose, index: UInt64 = 0) {
    self.seed = seed
    self.purpose = purpose.rawValue
    self.index = index
  }

  /// The next 64 random bits. A stream repeats itself after 2³³ of them.
  public mutating func next() -> UInt64 {
    if used == made { make() }
    defer { used += 1 }
    return numbers[used]
  }

  private mutating func make() {
    used = 0
    if block < Self.blocksOneByOne {
      let words = Philox.words(
        counter: SIMD4(
          block, UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), purpose),
        key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
      numbers[0] = UInt64(words[0]) | UInt64(words[1]) << 32
      numbers[1] = UInt64(words[2]) | UInt64(words[3]) << 32
      block &+= 1
      made = 2
    } else {
      var all = numbers.mutableSpan
      unsafe all.withUnsafeMutableBufferPointer {
        unsafe fluke_draw_ahead(seed, purpose, index, block, $0.baseAddress)
      }
      block &+= UInt32(FLUKE_STREAM_BLOCKS)
      made = numbers.count
    }
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
