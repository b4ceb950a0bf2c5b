import Kernels
import TestSupport
import Testing

@Suite struct ChiSquareTests {
  /// Statistical: mean k and variance 2k of 20,000 draws, within four standard errors: √(2k/n) for the mean,
  /// and for the variance √((m₄ - m₂²)/n) with m₄ = 12k(k + 4).
  @Test(arguments: [1, 2, 3, 15, 159]) func meanAndVariance(degreesOfFreedom: Int) {
    let n = 20_000
    let k = Double(degreesOfFreedom)
    var random = RandomStream(seed: 5, purpose: .noise, index: UInt64(degreesOfFreedom))
    let draws = (0..<n).map { _ in random.chiSquare(degreesOfFreedom: degreesOfFreedom) }
    let mean = draws.reduce(0, +) / Double(n)
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
    #expect(draws.allSatisfy { $0 > 0 })
    #expect(Tolerance.statistical(absolute: 4 * (2 * k / Double(n)).squareRoot()).accepts(mean, k))
    let spread = ((12 * k * (k + 4) - 4 * k * k) / Double(n)).squareRoot()
    #expect(Tolerance.statistical(absolute: 4 * spread).accepts(variance, 2 * k))
  }

  @Test func nothingHasNoSquares() {
    var random = RandomStream(seed: 5, purpose: .noise)
    #expect(random.chiSquare(degreesOfFreedom: 0) == 0)
  }
}
