import Statistics
import TestSupport
import Testing

@Suite struct ModelConfidenceSetTests {
  static let kinds: [(statistic: ModelConfidenceSet.Statistic, name: String)] = [
    (.range, "R"), (.maximum, "max"),
  ]

  /// Exact: the same resamples, losses the negative returns. arch counts strictly above and out of B; no resample
  /// is exactly as large.
  @Test(arguments: BootstrapFigures.matrices, kinds)
  func agreesWithArch(name: String, kind: (statistic: ModelConfidenceSet.Statistic, name: String)) throws {
    let returns = try BootstrapFigures.matrix(name)
    let found = try ModelConfidenceSet(
      returns, kind.statistic, resamples: BootstrapFigures.resamples(bars: returns.bars), threads: 2)
    func expected(_ key: String) throws -> [Int] {
      try BootstrapFigures.integers("mcs", name, "\(kind.name)/\(key)")
    }
    #expect(found.pValues == (try expected("above")).map(BootstrapFigures.pValue))
    #expect(found.eliminated.flatMap(\.self) == (try expected("order")))
    #expect(found.members(level: 0.1) == (try expected("included")))
  }

  @Test(arguments: ModelConfidenceSet.Statistic.allCases, [1, 2, 3])
  func sameBitsForAnyNumberOfThreads(statistic: ModelConfidenceSet.Statistic, threads: Int) throws {
    let returns = try DataSnoopingTests.noise(bars: 40, strategies: 80)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 40, count: 60, seed: 5)
    #expect(
      try ModelConfidenceSet(returns, statistic, resamples: resamples, threads: threads)
        == ModelConfidenceSet(returns, statistic, resamples: resamples))
  }

  @Test(arguments: ModelConfidenceSet.Statistic.allCases)
  func bestIsNeverEliminated(statistic: ModelConfidenceSet.Statistic) throws {
    let returns = try BootstrapFigures.matrix("planted")
    let found = try ModelConfidenceSet(
      returns, statistic, resamples: BootstrapFigures.resamples(bars: returns.bars))
    let means = (0..<returns.strategies).map { returns.column($0).reduce(0, +) }
    let best = try #require(means.indices.max { means[$0] < means[$1] })
    #expect(found.pValues[best] == 1 && found.eliminated.last == [best])
    #expect(found.members(level: 0.99) == [best])
  }

  /// Duplicates share their fate; a strategy with a gap is in no set.
  @Test(arguments: ModelConfidenceSet.Statistic.allCases)
  func equalAndUndefinedModels(statistic: ModelConfidenceSet.Statistic) throws {
    let noise = try DataSnoopingTests.noise(bars: 60, strategies: 4)
    let columns = [0, 1, 1, 2, 0, 3, 2, 0].map { noise.column($0) }
    let values = (0..<60).flatMap { bar in columns.map { $0[bar] } + [bar == 9 ? .nan : 0] }
    let returns = try ReturnMatrix(bars: 60, strategies: 9, values: values)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 60, seed: 5)
    let found = try ModelConfidenceSet(returns, statistic, resamples: resamples)
    #expect(Set(found.eliminated) == [[0, 4, 7], [1, 2], [3, 6], [5]])
    #expect(found.pValues[8].isNaN && found.pValues.dropLast().allSatisfy { $0 > 0 && $0 <= 1 })
  }

  @Test(arguments: ModelConfidenceSet.Statistic.allCases)
  func onlyEqualModels(statistic: ModelConfidenceSet.Statistic) throws {
    let column = try DataSnoopingTests.noise(bars: 60, strategies: 1).values
    let returns = try ReturnMatrix(bars: 60, strategies: 3, values: column.flatMap { [$0, $0, $0] })
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 60, count: 60, seed: 5)
    let found = try ModelConfidenceSet(returns, statistic, resamples: resamples)
    #expect(found.pValues == [1, 1, 1] && found.eliminated == [[0, 1, 2]])
  }

  /// A constant disadvantage is certain: no resample moves it.
  @Test(arguments: ModelConfidenceSet.Statistic.allCases)
  func certainDifference(statistic: ModelConfidenceSet.Statistic) throws {
    let column = try DataSnoopingTests.noise(bars: 64, strategies: 1).values.map { ($0 * 1_024).rounded() }
    let returns = try ReturnMatrix(bars: 64, strategies: 2, values: column.flatMap { [$0 - 1, $0] })
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 64, count: 99, seed: 5)
    let found = try ModelConfidenceSet(returns, statistic, resamples: resamples)
    #expect(found.pValues == [0.01, 1])
  }

  @Test(arguments: [0, 1, 1_001])
  func refusesTooFewAndTooMany(count: Int) throws {
    let returns = try ReturnMatrix(bars: 3, strategies: count, values: Array(repeating: 0, count: 3 * count))
    let resamples = try Resamples(.circular(blockLength: 1), bars: 3, count: 9, seed: 5)
    #expect(throws: StatisticsError.models(count)) { try ModelConfidenceSet(returns, resamples: resamples) }
  }
}
