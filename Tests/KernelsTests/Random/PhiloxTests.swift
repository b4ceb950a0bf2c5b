import Kernels
import Testing

@Suite("Philox")
struct PhiloxTests {
  /// The known answers that the authors distribute with Random123 1.14 (kat_vectors, philox4x32 10).
  @Test(
    arguments: [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(counter: [UInt32], key: [UInt32], expected: [UInt32]) {
    #expect(Philox.words(counter: SIMD4(counter), key: SIMD2(key)) == SIMD4(expected))
  }

  @Test("the numbers of a stream are the words of its counters, one after the other")
  func numbersAreWords() {
    let (seed, index) = (UInt64(0x1234_5678_9abc_def0), UInt64(0xfedc_ba98_7654_3210))
    var stream = RandomStream(seed: seed, purpose: .noise, index: index)
    for block in 0..<UInt32(40) {
      let words = Philox.words(
        counter: SIMD4(block, 0x7654_3210, 0xfedc_ba98, RandomStream.Purpose.noise.rawValue),
        key: SIMD2(0x9abc_def0, 0x1234_5678))
      #expect(stream.next() == UInt64(words[0]) | UInt64(words[1]) << 32)
      #expect(stream.next() == UInt64(words[2]) | UInt64(words[3]) << 32)
    }
  }

  @Test("streams differ by seed, purpose and index, and repeat themselves")
  func streams() {
    func first(_ stream: RandomStream) -> [UInt64] {
      var stream = stream
      return (0..<5).map { _ in stream.next() }
    }
    let stream = RandomStream(seed: 1, purpose: .market, index: 2)
    #expect(first(stream) == first(stream))
    let others = [
      RandomStream(seed: 2, purpose: .market, index: 2), RandomStream(seed: 1, purpose: .trial, index: 2),
      RandomStream(seed: 1, purpose: .market, index: 3),
      RandomStream(seed: 1 << 32 | 1, purpose: .market, index: 2),
    ]
    for other in others { #expect(Set(first(other)).isDisjoint(with: first(stream))) }
  }
}
