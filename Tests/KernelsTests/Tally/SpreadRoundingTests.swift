import Glibc
import Kernels
import TestSupport
import Testing

/// What is constant but for rounding has no variance, and what is not has one.
@Suite struct SpreadRoundingTests {
  /// Sums of returns as the fused kernel makes them: `tile` bars in single precision, then in double.
  private static func tally(_ returns: [Double], tile: Int?) -> Tally {
    var tally = Tally(bars: returns.count)
    for start in stride(from: 0, to: returns.count, by: tile ?? returns.count) {
      let part = returns[start..<min(start + (tile ?? returns.count), returns.count)]
      if tile == nil {
        tally.sum += part.reduce(0, +)
        tally.sumOfSquares += part.reduce(0) { $0 + $1 * $1 }
      } else {
        let singles = part.map { Float($0) }
        tally.sum += Double(singles.reduce(0, +))
        tally.sumOfSquares += Double(singles.reduce(0) { $0 + $1 * $1 })
      }
    }
    return tally
  }

  private static func variance(_ returns: [Double], tile: Int?) -> Double {
    PowerSumMoments(
      tally(returns, tile: tile), count: Double(returns.count), rounding: tile == nil ? .double : .single
    ).populationVariance
  }

  @Test(arguments: [2, 3, 17, 250, 1_024, 4_000], [1e-6, 0.001, -0.0003, 0.9])
  func constantReturnsHaveNone(count: Int, value: Double) {
    let returns = Array(repeating: value, count: count)
    for tile in [nil, 16, 1_000, 1_024] { #expect(Self.variance(returns, tile: tile) == 0) }
  }

  /// Growth by the same factor each bar, computed from prices in double or in single precision.
  @Test(arguments: [1.001, 0.9993, 1.02, 1 + 1e-6]) func returnsOfSteadyGrowthHaveNone(factor: Double) {
    let prices = (0..<2_000).map { 100 * pow(factor, Double($0)) }
    let returns = zip(prices.dropFirst(), prices).map { $0 / $1 - 1 }
    #expect(Set(returns).count > 1)
    for tile in [nil, 1_024] { #expect(Self.variance(returns, tile: tile) == 0) }
  }

  /// A deviation of twice what the bound allows.
  @Test(arguments: [2, 64, 1_024, 8_192], [SpreadRounding.double, .single])
  func realDeviationsStand(count: Int, rounding: SpreadRounding) {
    let step = (4 * rounding.part(count: Double(count))).squareRoot()
    let returns = (0..<count).map { 0.001 * ($0 % 2 == 0 ? 1 + step : 1 - step) }
    let tile = rounding == .single ? 1_024 : nil
    #expect(Self.variance(returns, tile: tile) > 0)
  }

  @Test func lanesAreAsOne() {
    for rounding in [SpreadRounding.double, .single] {
      let counts = SIMD8<Double>(0, 1, 2, 300, 1_023, 1_024, 1_025, 1e8)
      let parts = rounding.part(count: counts)
      for lane in 0..<8 { #expect(parts[lane] == rounding.part(count: counts[lane])) }
    }
  }

  /// The bound of no count is below the variance that rounding to single precision can make.
  @Test(arguments: [0, 1, 2, 1_000, 1e9]) func theRoundingOfValuesIsWithin(count: Double) {
    #expect(SpreadRounding.double.part(count: count) >= SpreadRounding.ofValues)
  }
}
