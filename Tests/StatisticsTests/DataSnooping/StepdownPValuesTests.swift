import Statistics
import TestSupport
import Testing

@Suite struct StepdownPValuesTests {
  /// Exact: the same resamples, and counts do not round.
  @Test(arguments: BootstrapFigures.matrices) func agreesWithTheDefinition(name: String) throws {
    let found = try SelectionFigures.snooping(name, threads: 2)
    let standing = try SelectionFigures.integers("stepdown", name, "strategies")
    let pValues = found.stepdown()
    #expect(
      standing.map { pValues.pValues[$0] } == (try SelectionFigures.values("stepdown", name, "resampled")))
    #expect(pValues.pValues.count { $0.isNaN } == found.means.count - standing.count)
    #expect(Set(pValues.leaders) == Set(standing))
    let statistics = pValues.leaders.map { found.means[$0].statistic }
    #expect(statistics == statistics.sorted(by: >))
    #expect(
      standing.map { found.stepdown(errors: .corrected).pValues[$0] }
        == (try SelectionFigures.values("stepdown", name, "corrected")))
  }

  /// That of the best is that of the test of superior ability, and none is above what the stepwise test says.
  @Test(arguments: BootstrapFigures.matrices, [0.05, 0.3]) func liesBelowTheStepwiseTest(
    name: String, level: Double
  ) throws {
    let found = try SelectionFigures.snooping(name)
    let pValues = found.stepdown()
    #expect(pValues.pValues[pValues.leaders[0]] == found.superiorAbility.consistent)
    let stepwise = try found.stepwise(level: level, .consistent)
    for strategy in pValues.leaders { #expect(pValues.pValues[strategy] <= stepwise.pValues[strategy]) }
    for strategy in stepwise.rejected { #expect(pValues.pValues[strategy] <= level) }
  }

  /// Of so many strategies only leaders are exact; those of the others are bounds, and none is below a better one's.
  @Test(arguments: [1, 3]) func ofManyTheLeadersAreExact(threads: Int) throws {
    let many = try Self.shifted(strategies: 500)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    let found = try DataSnooping(many, resamples: resamples, threads: threads)
    let pValues = found.stepdown()
    #expect((1...StepdownPValues.mostLeaders).contains(pValues.leaders.count))
    let exact = try Self.definition(found, many, resamples)
    for leader in pValues.leaders { #expect(pValues.pValues[leader] == exact[leader]) }
    for strategy in exact.indices { #expect(pValues.pValues[strategy] >= exact[strategy]) }
    let order = exact.indices.sorted { found.means[$0].statistic > found.means[$1].statistic }
    let ordered = order.map { pValues.pValues[$0] }
    #expect(ordered == ordered.sorted())
    #expect(pValues.pValues.count { $0 <= 0.05 } >= 3)
    // Parts of a sweep, merged, have the very p-values of the whole.
    let parts = try [0..<3, 3..<8].map { tiles in
      let part = ReturnPart(many, tiles: tiles)
      let found = try DataSnooping(part, resamples: resamples, firstStrategy: part.firstStrategy)
      return SnoopingPart(means: found.means, maxima: found.maxima)
    }
    #expect(try StepdownPValues(parts, of: many) == pValues)
  }

  /// Down to a strategy it is as exact as of all, with fewer leaders.
  @Test(arguments: StepdownPValues.Errors.allCases)
  func downToOneStrategy(errors: StepdownPValues.Errors) throws {
    let many = try Self.shifted(strategies: 200)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    let found = try DataSnooping(many, resamples: resamples, threads: 2)
    let all = found.stepdown(errors: errors)
    // So few strategies all lead.
    #expect(all.leaders.count == 200)
    for place in [0, 1, 2, 5, 20, 60, 199] {
      let strategy = all.leaders[place]
      let one = found.stepdown(errors: errors, downTo: strategy)
      #expect(one.pValues[strategy] == all.pValues[strategy], "\(place)")
      if place < 5 { #expect(one.leaders.count < 100) }
    }
  }

  /// Without the maxima of subsets, as in parts that were kept before there were any, each p-value is a bound.
  @Test func withoutSubsetsNoneIsTooSmall() throws {
    let many = try Self.shifted(strategies: 300)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    let found = try DataSnooping(many, resamples: resamples)
    let old = SnoopingMaxima(
      resamples: resamples, means: found.means, firstStrategy: 0,
      values: NullStatistic.allCases.map { found.maxima.maxima($0) })
    let pValues = try StepdownPValues([SnoopingPart(means: found.means, maxima: old)], of: many)
    #expect(pValues.leaders.isEmpty)
    let exact = try Self.definition(found, many, resamples)
    for strategy in exact.indices { #expect(pValues.pValues[strategy] >= exact[strategy]) }
    #expect(pValues.pValues.min() == found.superiorAbility.consistent)
  }

  /// Copies have the p-value of what they copy, and make none of the others any different.
  @Test func copiesAreRivals() throws {
    let some = try Self.shifted(strategies: 70)
    let columns = (0..<70).map(some.column)
    let copied = try DataSnoopingTests.matrix(columns + columns)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    let once = try DataSnooping(some, resamples: resamples).stepdown().pValues
    #expect(try DataSnooping(copied, resamples: resamples).stepdown().pValues == once + once)
  }

  /// A benchmark is subtracted in both looks.
  @Test func subtractsTheBenchmark() throws {
    let some = try Self.shifted(strategies: 40)
    let benchmark = some.column(0)
    let excess = try DataSnoopingTests.matrix(
      (0..<40).map { zip(some.column($0), benchmark).map { $0 - $1 } })
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 99, seed: 5)
    for errors in StepdownPValues.Errors.allCases {
      let found = try DataSnooping(some, benchmark: benchmark, resamples: resamples).stepdown(errors: errors)
      #expect(found.pValues[0].isNaN)
      #expect(
        found.pValues.dropFirst()
          == (try DataSnooping(excess, resamples: resamples).stepdown(errors: errors).pValues.dropFirst()))
    }
  }

  /// Noise, and a few strategies that are better than it.
  private static func shifted(strategies: Int) throws -> ReturnMatrix {
    let noise = try DataSnoopingTests.noise(bars: 60, strategies: strategies)
    let shifts = [5: 0.5, 30: 0.9, 31: 1.0, strategies - 1: 0.6]
    let values = noise.values.indices.map { noise.values[$0] + (shifts[$0 % strategies] ?? 0) }
    return try ReturnMatrix(bars: 60, strategies: strategies, values: values)
  }

  /// The p-value of each strategy against those that are not better, by a look for each.
  private static func definition(
    _ found: DataSnooping<ReturnMatrix>, _ returns: ReturnMatrix, _ resamples: Resamples
  ) throws -> [Double] {
    let observed = found.means.map(\.statistic)
    var pValues = observed
    var highest = 0.0
    for strategy in observed.indices.sorted(by: { observed[$0] > observed[$1] }) {
      let maxima = DataSnooping.maxima(
        .consistent, of: returns, resamples: resamples, means: found.means
      ) { observed[$0] <= observed[strategy] }
      highest = max(highest, Double(1 + maxima.count { $0 >= observed[strategy] }) / 100)
      pValues[strategy] = highest
    }
    return pValues
  }
}
