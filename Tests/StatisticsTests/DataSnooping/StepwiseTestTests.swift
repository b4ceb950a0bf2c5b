import Statistics
import TestSupport
import Testing

@Suite struct StepwiseTestTests {
  static let kinds: [(statistic: StepwiseTest.Statistic, name: String)] = [
    (.plain, "plain"), (.studentised, "studentised"), (.consistent, "consistent"),
  ]

  /// Exact: the same resamples. arch interpolates its critical value between two resamples, so the script asks it
  /// for the level at which it meets the one that decides here at 5 %; it recentres as `consistent`, and the
  /// script takes its steps with the other choice as well.
  @Test(arguments: BootstrapFigures.matrices, kinds)
  func agreesWithArch(name: String, kind: (statistic: StepwiseTest.Statistic, name: String)) throws {
    let returns = try BootstrapFigures.matrix(name)
    let expected = try BootstrapFigures.texts("stepwise", name, kind.name)
      .map { try $0.split(separator: "+").map { try #require(Int($0)) } }
    let found = try DataSnooping(returns, resamples: BootstrapFigures.resamples(bars: returns.bars))
      .stepwise(level: 0.05, kind.statistic)
    #expect(found.steps == expected + [[]])
  }

  @Test(arguments: [0.01, 0.05, 0.3, 0.9], StepwiseTest.Statistic.allCases)
  func rejectsWhatItsPValuesSay(level: Double, statistic: StepwiseTest.Statistic) throws {
    let returns = try BootstrapFigures.matrix("bitcoin")
    let found = try DataSnooping(returns, resamples: BootstrapFigures.resamples(bars: returns.bars))
    let test = try found.stepwise(level: level, statistic)
    #expect(test.rejected == test.pValues.indices.filter { test.pValues[$0] <= level })
    #expect(Set(test.rejected).count == test.rejected.count)
    #expect(test.criticalValues == test.criticalValues.sorted(by: >))
    #expect(test.criticalValues.count == test.steps.count)
    let best = statistic == .plain ? found.realityCheck.pValue : found.superiorAbility.upper
    if statistic != .consistent { #expect(test.pValues.filter { !$0.isNaN }.min() == best) }
    // The flat strategy has a mean but no deviation.
    #expect(test.pValues[20].isNaN == (statistic != .plain))
  }

  /// A first step alone is the Reality Check with its critical value; each further one never takes back.
  @Test func higherLevelsRejectMore() throws {
    let returns = try BootstrapFigures.matrix("bitcoin")
    let found = try DataSnooping(returns, resamples: BootstrapFigures.resamples(bars: returns.bars))
    var rejected = Set<Int>()
    for level in [0.005, 0.01, 0.05, 0.1, 0.5] {
      let more = Set(try found.stepwise(level: level).rejected)
      #expect(more.isSuperset(of: rejected))
      rejected = more
    }
    #expect(rejected.count > 10)
  }

  @Test(arguments: StepwiseTest.Statistic.allCases)
  func allRejectedIsALegalOutcome(statistic: StepwiseTest.Statistic) throws {
    let returns = try DataSnoopingTests.noise(bars: 60, strategies: 70, shift: 3)
    let resamples = try Resamples(.circular(blockLength: 2), bars: 60, count: 99, seed: 5)
    let test = try DataSnooping(returns, resamples: resamples).stepwise(level: 0.05, statistic)
    #expect(test.rejected == Array(0..<70))
    #expect(test.steps.allSatisfy { !$0.isEmpty })
    #expect(test.pValues.allSatisfy { $0 == 0.01 })
  }

  /// Parts of tiles, of which only those that lose a strategy are looked at again.
  @Test(arguments: StepwiseTest.Statistic.allCases, [1, 2, 3]) func inParts(
    statistic: StepwiseTest.Statistic, tilesOfPart: Int
  ) throws {
    let noise = try DataSnoopingTests.noise(bars: 60, strategies: 300, shift: 0)
    // A few that are good, one in the third tile, two of them better than the others.
    let shifts = [5: 0.9, 130: 2.5, 131: 2.0, 290: 1.1]
    let values = noise.values.indices.map { noise.values[$0] + (shifts[$0 % 300] ?? 0) }
    let returns = try ReturnMatrix(bars: 60, strategies: 300, values: values)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    let whole = try DataSnooping(returns, resamples: resamples)
    let sources = stride(from: 0, to: 5, by: tilesOfPart).map {
      ReturnPart(returns, tiles: $0..<min($0 + tilesOfPart, 5))
    }
    #expect(sources.map(\.strategies).reduce(0, +) == 300)
    let parts = try sources.map { source in
      let part = try DataSnooping(
        source, resamples: resamples, threads: 2, firstStrategy: source.firstStrategy)
      return SnoopingPart(means: part.means, maxima: part.maxima)
    }
    #expect(parts.flatMap(\.means) == whole.means)
    var again: [Int] = []
    let found = try StepwiseTest(parts, level: 0.05, statistic) { number, null, isLeft in
      again.append(number)
      return DataSnooping.maxima(
        null, of: sources[number], resamples: resamples, means: parts[number].means, isIncluded: isLeft)
    }
    #expect(found == (try whole.stepwise(level: 0.05, statistic)))
    #expect(found.rejected.count >= 2)
    #expect(again.count < parts.count * found.steps.count)
    #expect(Set(again) == Set(found.rejected.map { $0 / 64 / tilesOfPart }))
  }

  /// With B = 19 the one resample that is the largest decides at 5 %; with B = 18 nothing can be rejected.
  @Test(arguments: [(count: 19, rejects: true), (18, false)])
  func takesEnoughResamples(count: Int, rejects: Bool) throws {
    let returns = try DataSnoopingTests.noise(bars: 60, strategies: 3, shift: 3)
    let resamples = try Resamples(.circular(blockLength: 2), bars: 60, count: count, seed: 5)
    let test = try DataSnooping(returns, resamples: resamples).stepwise(level: 0.05)
    #expect(test.rejected == (rejects ? [0, 1, 2] : []))
    #expect(test.criticalValues[0].isInfinite != rejects)
  }

  @Test(arguments: [0, 1, -0.1, .nan])
  func refusesLevels(level: Double) throws {
    let returns = try DataSnoopingTests.noise(bars: 20, strategies: 3)
    let found = try DataSnooping(
      returns, resamples: Resamples(.circular(blockLength: 2), bars: 20, count: 9, seed: 5))
    #expect(throws: StatisticsError.self) { try found.stepwise(level: level) }
  }
}
