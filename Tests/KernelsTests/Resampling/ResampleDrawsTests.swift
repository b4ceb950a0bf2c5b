import Kernels
import Testing

@Suite struct ResampleDrawsTests {
  /// By hand: six resamples are summed side by side, and bars are padded to 32; a draw takes two bytes.
  @Test(arguments: [
    (count: 1_000, bars: 2_000_000, limit: 64 << 20, length: 12), (100, 32, 6 * 64, 6),
    (100, 32, 18 * 64 - 1, 12),
    (100, 33, 6 * 64, 6), (100, 32, 1, 6), (5, 32, 1 << 20, 5),
  ])
  func batchesStayWithinTheirLimit(count: Int, bars: Int, limit: Int, length: Int) {
    let batches = ResampleDraws.batches(of: count, bars: bars, limit: limit)
    #expect(batches.first == 0..<length && batches.flatMap(\.self) == Array(0..<count))
    #expect(batches.dropLast().allSatisfy { $0.count == length })
  }
}
