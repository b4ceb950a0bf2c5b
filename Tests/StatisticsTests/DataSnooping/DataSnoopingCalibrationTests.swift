import Statistics
import TestSupport
import Testing

/// Whether the tests keep their promises on data of which the truth is known; seeds are fixed.
@Suite(.tags(.slow)) struct DataSnoopingCalibrationTests {
  static let bars = 250
  static let strategies = 16
  static let level = 0.05

  /// How strategies without skill are alike.
  enum Noise: CaseIterable {
    case independent
    /// Half of the variance is the same for all.
    case commonFactor
    /// Each bar's return holds 0.3 of the one before.
    case persistent

    var blockLength: Double { self == .persistent ? 8 : 1 }

    func returns(seed: UInt64, shifts: [Double] = []) throws -> ReturnMatrix {
      var generator = SeededGenerator(seed: seed)
      func draw() -> Double { generator.uniform() + generator.uniform() - 1 }
      var values: [Double] = []
      values.reserveCapacity(bars * strategies)
      var previous = Array(repeating: 0.0, count: strategies)
      for _ in 0..<bars {
        let shared = self == .commonFactor ? draw() : 0
        for strategy in 0..<strategies {
          let noise = draw() + shared + (self == .persistent ? 0.3 * previous[strategy] : 0)
          previous[strategy] = noise
          values.append(shifts.isEmpty ? noise : noise + shifts[strategy])
        }
      }
      return try ReturnMatrix(bars: bars, strategies: strategies, values: values)
    }
  }

  /// The same resamples for all seeds: drawing them is most of the work, and returns are what varies.
  static func resamples(_ noise: Noise) throws -> Resamples {
    let scheme = BlockScheme.stationary(meanBlockLength: noise.blockLength)
    let drawn = try Resamples(scheme, bars: bars, count: 199, seed: 1)
    return try Resamples(
      lists: (0..<drawn.count).map { drawn.indices(of: $0) }, meanBlockLength: noise.blockLength)
  }

  /// Kolmogorov and Smirnov: the largest distance from the uniform distribution function.
  static func distance(_ pValues: [Double]) -> Double {
    let sorted = pValues.sorted()
    let count = Double(sorted.count)
    return sorted.enumerated().reduce(0) { largest, item in
      max(largest, abs(item.element - Double(item.offset) / count), abs(item.element - Double(item.offset + 1) / count))
    }
  }

  /// Statistical, 0.1 %: for all strategies as good as the benchmark p-values are uniform, by Kolmogorov and Smirnov with
  /// 1.95/√n; and 5 % of them are at or below 0.05, within 3.3 standard errors. The steps of 1/200 add one to the first.
  @Test(arguments: [Noise.independent, .commonFactor])
  func uniformUnderTheNull(noise: Noise) throws {
    let seeds = 300
    let resamples = try Self.resamples(noise)
    var check: [Double] = []
    var upper: [Double] = []
    for seed in 0..<seeds {
      let found = try DataSnooping(noise.returns(seed: UInt64(seed)), resamples: resamples, threads: 2)
      check.append(found.realityCheck.pValue)
      upper.append(found.superiorAbility.upper)
    }
    let count = Double(seeds)
    for pValues in [check, upper] {
      #expect(Tolerance.statistical(absolute: 1.95 / count.squareRoot() + 0.005).accepts(Self.distance(pValues), 0))
      let share = Double(pValues.count { $0 <= Self.level }) / count
      let error = (Self.level * (1 - Self.level) / count).squareRoot()
      #expect(Tolerance.statistical(absolute: 3.3 * error).accepts(share, Self.level))
    }
  }
}
