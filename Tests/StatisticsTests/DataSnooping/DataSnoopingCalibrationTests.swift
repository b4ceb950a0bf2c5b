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
      max(
        largest, abs(item.element - Double(item.offset) / count),
        abs(item.element - Double(item.offset + 1) / count))
    }
  }

  /// Statistical, 0.1 %: for all strategies as good as the benchmark p-values are uniform, by Kolmogorov and
  /// Smirnov with 1.95/√n; and 5 % of them are at or below 0.05, within 3.3 standard errors. The steps of 1/200
  /// add one to the first.
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
      #expect(
        Tolerance.statistical(absolute: 1.95 / count.squareRoot() + 0.005).accepts(Self.distance(pValues), 0))
      let share = Double(pValues.count { $0 <= Self.level }) / count
      let error = (Self.level * (1 - Self.level) / count).squareRoot()
      #expect(Tolerance.statistical(absolute: 3.3 * error).accepts(share, Self.level))
    }
  }

  /// Where most strategies lose, p-values are too large: conservative, the upper one most of all. Statistical,
  /// 0.1 %: not more than 5 % of them at or below 0.05, by 3.1 standard errors.
  @Test func conservativeAmongLosers() throws {
    let seeds = 150
    let resamples = try Self.resamples(.independent)
    let shifts = (0..<Self.strategies).map { $0 < 4 ? 0 : -0.02 * Double($0) }
    var rejections = (check: 0, consistent: 0, upper: 0)
    for seed in 0..<seeds {
      let returns = try Noise.independent.returns(seed: UInt64(1_000 + seed), shifts: shifts)
      let found = try DataSnooping(returns, resamples: resamples, threads: 2)
      if found.realityCheck.pValue <= Self.level { rejections.check += 1 }
      if found.superiorAbility.consistent <= Self.level { rejections.consistent += 1 }
      if found.superiorAbility.upper <= Self.level { rejections.upper += 1 }
    }
    let most = Double(seeds) * Self.level + 3.1 * (Double(seeds) * Self.level * (1 - Self.level)).squareRoot()
    #expect(Double(rejections.check) <= most && Double(rejections.consistent) <= most)
    #expect(rejections.upper <= rejections.consistent)
  }

  /// Half of the strategies have an edge that is found, and the others none: a wrong rejection is due to those
  /// alone. Statistical, 0.2 %: 5 % of the seeds, by 3.1 standard errors; not below either, since after the first
  /// step only those without an edge are left.
  @Test(arguments: [StepwiseTest.Statistic.plain, .studentised], [Noise.independent, .commonFactor])
  func familyWiseErrorOfStepwiseTests(statistic: StepwiseTest.Statistic, noise: Noise) throws {
    let seeds = 200
    let resamples = try Self.resamples(noise)
    let shifts = (0..<Self.strategies).map { $0 % 2 == 0 ? 0.4 : 0 }
    var wrong = 0
    for seed in 0..<seeds {
      let returns = try noise.returns(seed: UInt64(2_000 + seed), shifts: shifts)
      let rejected = try DataSnooping(returns, resamples: resamples, threads: 2)
        .stepwise(level: Self.level, statistic).rejected
      #expect(rejected.count { $0 % 2 == 0 } == Self.strategies / 2)
      if rejected.contains(where: { $0 % 2 == 1 }) { wrong += 1 }
    }
    let error = (Self.level * (1 - Self.level) / Double(seeds)).squareRoot()
    #expect(Tolerance.statistical(absolute: 3.1 * error).accepts(Double(wrong) / Double(seeds), Self.level))
  }

  /// Statistical: shares of 60 seeds. An edge of 0, 2, 4 and 6 standard errors in one of 16 strategies.
  @Test(arguments: [Noise.independent, .commonFactor])
  func powerRisesWithTheEdge(noise: Noise) throws {
    let resamples = try Self.resamples(noise)
    let deviation = (noise == .commonFactor ? 2.0 / 6 : 1.0 / 6).squareRoot()
    let found = try [0.0, 2, 4, 6].map { errors in
      let edge = errors * deviation / Double(Self.bars).squareRoot()
      let shifts = (0..<Self.strategies).map { $0 == 5 ? edge : 0 }
      return try (0..<60).reduce((ability: 0, stepwise: 0)) { counts, seed in
        let returns = try noise.returns(seed: UInt64(3_000 + seed), shifts: shifts)
        let snooping = try DataSnooping(returns, resamples: resamples, threads: 2)
        let rejected = try snooping.stepwise(level: Self.level).rejected
        return (
          counts.ability + (snooping.superiorAbility.consistent <= Self.level ? 1 : 0),
          counts.stepwise + (rejected.contains(5) ? 1 : 0)
        )
      }
    }
    #expect(found.map(\.ability) == found.map(\.ability).sorted())
    #expect(found.map(\.stepwise) == found.map(\.stepwise).sorted())
    #expect(found[0].ability <= 10 && found[0].stepwise <= 4)
    #expect(found[3].ability >= 57 && found[3].stepwise >= 57)
  }

  /// Statistical, 0.1 % one-sided: dependence over time makes bars draws of less worth. Blocks see that; single
  /// bars take a mean of persistent returns for one of independent ones, and reject far too often.
  @Test func blocksKeepTheLevelUnderPersistence() throws {
    let seeds = 150
    let blocks = try Self.resamples(.persistent)
    let bars = try Self.resamples(.independent)
    var rejections = (blocks: 0, bars: 0)
    for seed in 0..<seeds {
      let returns = try Noise.persistent.returns(seed: UInt64(4_000 + seed))
      if try DataSnooping(returns, resamples: blocks, threads: 2).realityCheck.pValue <= Self.level {
        rejections.blocks += 1
      }
      if try DataSnooping(returns, resamples: bars, threads: 2).realityCheck.pValue <= Self.level {
        rejections.bars += 1
      }
    }
    // The stationary bootstrap of 250 bars still underestimates the variance by some 15 %, so twice the level is
    // allowed.
    let error = (2 * Self.level * (1 - 2 * Self.level) * Double(seeds)).squareRoot()
    #expect(Double(rejections.blocks) <= 2 * Self.level * Double(seeds) + 3.1 * error)
    #expect(rejections.bars > 2 * rejections.blocks)
  }

  /// Half of the strategies have an edge that is found: of the others, which are left, one has an adjusted p-value of at
  /// most 5 % in 5 % of the seeds. Statistical, 0.2 %: by 3.1 standard errors.
  @Test(arguments: StepdownPValues.Errors.allCases, [Noise.independent, .commonFactor])
  func familyWiseErrorOfAdjustedPValues(errors: StepdownPValues.Errors, noise: Noise) throws {
    let seeds = 200
    let resamples = try Self.resamples(noise)
    let drawn = DrawnResamples(resamples, threads: 2)
    let shifts = (0..<Self.strategies).map { $0 % 2 == 0 ? 0.4 : 0 }
    var wrong = 0
    for seed in 0..<seeds {
      let returns = try noise.returns(seed: UInt64(5_000 + seed), shifts: shifts)
      let pValues = try DataSnooping(returns, resamples: resamples, threads: 2, drawn: drawn)
        .stepdown(errors: errors).pValues
      #expect(pValues.indices.allSatisfy { $0 % 2 == 1 || pValues[$0] <= 0.05 })
      if pValues.indices.contains(where: { $0 % 2 == 1 && pValues[$0] <= 0.05 }) { wrong += 1 }
    }
    let error = (Self.level * (1 - Self.level) / Double(seeds)).squareRoot()
    #expect(Tolerance.statistical(absolute: 3.1 * error).accepts(Double(wrong) / Double(seeds), Self.level))
  }

  /// The winner's own p-value is uniform where no strategy has skill. Statistical, 0.1 %, by Kolmogorov and Smirnov; the
  /// steps of 1/200 add one.
  @Test(arguments: [Noise.independent, .commonFactor]) func winnersPValueIsUniform(noise: Noise) throws {
    let seeds = 300
    let resamples = try Self.resamples(noise)
    let drawn = DrawnResamples(resamples, threads: 2)
    let pValues = try (0..<seeds).map { seed in
      let returns = try noise.returns(seed: UInt64(6_000 + seed))
      let found = try DataSnooping(returns, resamples: resamples, threads: 2, drawn: drawn)
      let sharpes = (0..<Self.strategies).map { ReturnMoments(returns.column($0)).sharpePerBar }
      let winner = try #require(sharpes.indices.max { sharpes[$0] < sharpes[$1] })
      return found.stepdown(errors: .corrected).pValues[winner]
    }
    let most = 1.95 / Double(seeds).squareRoot() + 0.005
    #expect(Tolerance.statistical(absolute: most).accepts(Self.distance(pValues), 0))
  }

  /// Blocks alone reject too often where returns persist; corrected errors halve what is too much. Statistical: shares of
  /// 150 seeds.
  @Test func correctedErrorsSeePersistence() throws {
    let seeds = 150
    let resamples = try Self.resamples(.persistent)
    let drawn = DrawnResamples(resamples, threads: 2)
    var rejections = (resampled: 0, corrected: 0)
    for seed in 0..<seeds {
      let returns = try Noise.persistent.returns(seed: UInt64(7_000 + seed))
      let found = try DataSnooping(returns, resamples: resamples, threads: 2, drawn: drawn)
      let best = try #require(found.superiorAbility.best)
      if found.stepdown().pValues[best] <= Self.level { rejections.resampled += 1 }
      if found.stepdown(errors: .corrected).pValues[best] <= Self.level { rejections.corrected += 1 }
    }
    let expected = Double(seeds) * Self.level
    #expect(Double(rejections.corrected) <= expected + 3.1 * expected.squareRoot())
    #expect(rejections.corrected < rejections.resampled)
  }
}
