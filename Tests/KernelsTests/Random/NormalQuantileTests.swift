import Glibc
import Testing

@testable import Kernels

@Suite struct NormalQuantileTests {
  /// Rounding: two units in the last place of the result, or of 1 near x = 1.
  @Test func logarithmAgreesWithTheLibrary() {
    var stream = RandomStream(seed: 1, purpose: .market)
    for exponent in stride(from: -1074, through: 1023, by: 5) {
      let x = Double(sign: .plus, exponent: exponent, significand: 1 + stream.uniform())
      #expect(abs(NormalQuantile.naturalLogarithm(x) - log(x)) <= 2 * log(x).ulp, "\(x)")
    }
    for _ in 0..<1000 {
      let x = 0.5 + stream.uniform()
      #expect(abs(NormalQuantile.naturalLogarithm(x) - log(x)) <= 2 * log(x).ulp)
    }
    #expect(NormalQuantile.naturalLogarithm(1) == 0)
  }

  /// Exact: the bits are a promise, since a seed must mean the same everywhere.
  @Test func normalsOfASeedDoNotChange() {
    var stream = RandomStream(seed: 42, purpose: .market)
    let drawn = (0..<4).map { _ in stream.normal() }
    #expect(drawn == [0.04382055355613048, 1.5183761046716744, 1.4553254516641128, 0.16124930327755246])
  }

  /// Statistical: a fixed seed, bounds of five standard errors.
  @Test func normalsHaveTheirMoments() {
    let count = 50_000
    var stream = RandomStream(seed: 7, purpose: .market)
    var sums = [0.0, 0, 0, 0]
    for _ in 0..<count {
      let z = stream.normal()
      var power = 1.0
      for moment in 0..<4 {
        power *= z
        sums[moment] += power
      }
    }
    // Mean and variance of z, z², z³, z⁴.
    for (moment, (mean, variance)) in [(0.0, 1.0), (1, 2), (0, 15), (3, 96)].enumerated() {
      let error = sums[moment] / Double(count) - mean
      #expect(abs(error) < 5 * (variance / Double(count)).squareRoot())
    }
  }
}
