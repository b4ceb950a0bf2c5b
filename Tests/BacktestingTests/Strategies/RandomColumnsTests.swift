import Kernels
import TestSupport
import Testing

@testable import Backtesting

@Suite("Random weights and coin flips")
struct RandomColumnsTests {
  static func weights(seed: UInt64, strategy: Int, features: Int, count: Int = 1) -> [Double] {
    let columns = LinearColumns(
      features: Array(Feature.linearDefaults.prefix(features)), weights: .random(seed: seed, count: count))
    var weights: [Double] = []
    columns.forEachWeight(of: strategy) { weights.append($1) }
    return weights
  }

  @Test("a weight is a function of seed, strategy and its place")
  func functionOfItsPlace() {
    let weights = Self.weights(seed: 7, strategy: 4_321, features: 32)
    #expect(weights.count == 32)
    #expect(Self.weights(seed: 7, strategy: 4_321, features: 32, count: 9_999) == weights)
    for features in [1, 3, 4, 5, 31] {
      // Fewer features change the scale alone, by one rounding or two.
      let fewer = Self.weights(seed: 7, strategy: 4_321, features: features)
      let scale = (32 / Double(features)).squareRoot()
      #expect(fewer.count == features)
      for (few, all) in zip(fewer, weights) {
        #expect(Tolerance.rounding(absolute: abs(few) * 0x1p-50).accepts(few, all * scale))
      }
    }
    #expect(Set(weights).isDisjoint(with: Self.weights(seed: 8, strategy: 4_321, features: 32)))
    #expect(Set(weights).isDisjoint(with: Self.weights(seed: 7, strategy: 4_322, features: 32)))
    #expect(Set(weights).isDisjoint(with: Self.weights(seed: 7 + 1 << 32, strategy: 4_321, features: 32)))
    #expect(Set(weights).isDisjoint(with: Self.weights(seed: 7, strategy: 4_321 + 1 << 32, features: 32)))
  }

  @Test("a block's weights are those of its strategies", arguments: [1, 3, 4, 7, 32])
  func blocks(features: Int) {
    let columns = LinearColumns(
      features: Array(Feature.linearDefaults.prefix(features)), weights: .random(seed: 5 << 33, count: 150))
    let strategies = StrategySet(
      family: .linear, columns: .linear(columns, Threshold(entry: 0.5, exit: 0)), direction: .long,
      stops: .none)
    var block = StrategyBlock(featureCount: features)
    for number in [2, 0] {
      strategies.fill(&block, number: number)
      #expect(block.count == (number == 2 ? 22 : 64))
      for lane in 0..<block.count {
        var weights = Array(repeating: 0.0, count: features)
        columns.forEachWeight(of: number * 64 + lane) { weights[$0] = $1 }
        #expect((0..<features).map { block.weights[$0 * 64 + lane] } == weights)
      }
    }
  }

  /// Statistical: a fixed seed, bounds of five standard errors of independent uniform numbers.
  @Test("weights are uniform on ±√(3/K), whose deviation is 1/√K", arguments: [8, 32])
  func uniform(features: Int) {
    let strategies = 1_000
    let drawn = (0..<strategies).flatMap { Self.weights(seed: 3, strategy: $0, features: features) }
    let n = Double(drawn.count)
    let limit = (3 / Double(features)).squareRoot()
    let variance = 1 / Double(features)
    #expect(drawn.allSatisfy { abs($0) <= limit })
    #expect(drawn.contains { $0 > 0.999 * limit } && drawn.contains { $0 < -0.999 * limit })
    let mean = drawn.reduce(0, +) / n
    #expect(Tolerance.statistical(absolute: 5 * (variance / n).squareRoot()).accepts(mean, 0))
    // The square of a uniform number on ±a has variance 4a⁴/45 = (4/5)(a²/3)².
    let square = drawn.reduce(0) { $0 + $1 * $1 } / n
    let error = 5 * variance * (0.8 / n).squareRoot()
    #expect(Tolerance.statistical(absolute: error).accepts(square, variance))
    // Neighbouring places and neighbouring strategies do not go together.
    for distance in [1, features] {
      let products = zip(drawn, drawn.dropFirst(distance)).reduce(0) { $0 + $1.0 * $1.1 } / n
      #expect(Tolerance.statistical(absolute: 5 * variance / n.squareRoot()).accepts(products, 0))
    }
  }

  /// Statistical: a fixed seed, five standard deviations of the binomial; 0 and 1 are certain.
  @Test("coins buy as often as they are asked to", arguments: [0, 0.02, 0.3, 0.5, 0.9, 1])
  func buyProbability(probability: Double) {
    let market = Market.still(price: 1, count: 1_001)
    let strategies = StrategySet(
      family: .coinflip, columns: .coinFlips(seed: 5, probability: probability, count: 70), direction: .long,
      stops: .none)
    let backtest = Backtest(market: market, segments: [Segment(name: "all", bars: 0..<1_001)])
    let table = backtest.run(strategies)
    let bought = (0..<70).reduce(0) { $0 + table.tally(of: $1, segment: 0).barsInMarket }
    let deviation = (70_000 * probability * (1 - probability)).squareRoot()
    #expect(Tolerance.statistical(absolute: 5 * deviation).accepts(Double(bought), 70_000 * probability))
    // No two strategies flip alike, unless they cannot help it.
    let different = Set((0..<70).map { backtest.path(of: $0, in: strategies).positions }).count
    #expect(different == (probability == 0 || probability == 1 ? 1 : 70))
  }
}
