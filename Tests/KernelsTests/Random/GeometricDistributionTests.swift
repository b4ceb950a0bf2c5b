import Glibc
import Kernels
import TestSupport
import Testing

@Suite struct GeometricDistributionTests {
  /// Statistical: shares of 20,000 draws, four standard errors, as long as 100 or more are expected.
  @Test(arguments: [1.5, 2, 8, 50])
  func exceedsEachLengthAsOftenAsItShould(mean: Double) {
    var stream = RandomStream(seed: 1, purpose: .resample)
    let distribution = GeometricDistribution(mean: mean)
    let draws = (0..<20_000).map { _ in distribution.draw(limit: 1_000, from: &stream) }
    var expected = 1.0
    for length in 0..<20 where expected >= 0.005 {
      let error = (expected * (1 - expected) / 20_000).squareRoot()
      let found = Double(draws.count { $0 > length }) / 20_000
      #expect(Tolerance.statistical(absolute: 4 * error + 1e-12).accepts(found, expected))
      expected *= 1 - 1 / mean
    }
  }

  /// Exact: where a comparison with a power decides, the logarithm would have decided the same.
  @Test(arguments: [1.01, 1.5, 2, 7.9, 8, 8.1, 50])
  func isTheInverseDistributionFunction(mean: Double) {
    var stream = RandomStream(seed: 3, purpose: .resample)
    var numbers = stream
    let distribution = GeometricDistribution(mean: mean)
    for _ in 0..<20_000 {
      let uniform = Double((numbers.next() >> 11) + 1) * 0x1p-53
      let expected = 1 + Int(log(uniform) / log(1 - 1 / mean))
      #expect(distribution.draw(limit: 60, from: &stream) == min(expected, 60))
    }
  }

  @Test(arguments: [1, 2.5, 1e6, 0x1p60])
  func staysWithinItsLimits(mean: Double) {
    var stream = RandomStream(seed: 2, purpose: .resample)
    for limit in [1, 2, 17] {
      for _ in 0..<200 {
        let draw = GeometricDistribution(mean: mean).draw(limit: limit, from: &stream)
        #expect(draw >= 1 && draw <= limit)
        if mean == 1 { #expect(draw == 1) }
        if mean == 0x1p60 { #expect(draw == limit) }
      }
    }
  }
}
