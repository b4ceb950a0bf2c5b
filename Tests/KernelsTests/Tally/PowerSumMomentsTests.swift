import Kernels
import TestSupport
import Testing

@Suite("Moments of power sums")
struct PowerSumMomentsTests {
  @Test(
    "equal returns have no variance, however many and in whatever blocks they are summed",
    arguments: [1, 2, 3, 31, 1_000, 20_011], [1, 7, 100_000])
  func equalReturns(count: Int, block: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    for _ in 0..<10 {
      let value = generator.uniform(-0.1...0.1)
      var tally = Tally()
      for start in stride(from: 0, to: count, by: block) {
        var part = Tally(bars: min(block, count - start))
        for _ in 0..<part.bars {
          part.sum += value
          part.sumOfSquares += value * value
        }
        tally.sum += part.sum
        tally.sumOfSquares += part.sumOfSquares
      }
      #expect(PowerSumMoments(tally, count: Double(count)).populationVariance == 0)
    }
  }

  @Test("a variance of ten times the bound stands", arguments: [2, 64, 4_096])
  func smallVariance(count: Int) {
    // Half of the returns are 1 + d and half 1 - d, with a variance of d².
    let bound = SpreadRounding.double.part(count: Double(count))
    let step = (10 * bound).squareRoot()
    var tally = Tally(bars: count)
    for bar in 0..<count {
      let value = bar % 2 == 0 ? 1 + step : 1 - step
      tally.sum += value
      tally.sumOfSquares += value * value
    }
    let variance = PowerSumMoments(tally, count: Double(count)).populationVariance
    #expect(Tolerance.rounding(absolute: bound * 1.01).accepts(variance, step * step))
  }
}
