import Kernels
import TestSupport
import Testing

@testable import Statistics

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
    let order = try expected("order")
    let eliminated = found.eliminated.dropLast().flatMap(\.self)
    #expect(eliminated == Array(order.prefix(eliminated.count)))
    #expect(found.eliminated.last == order.dropFirst(eliminated.count).sorted())
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

  /// Exact, from models that are alike, of which most stay in every set, to ones that differ, which fall one by one.
  @Test(arguments: [0, 0.01, 0.2])
  func maximumAgreesWithPlainSteps(slope: Double) throws {
    let (bars, strategies) = (60, 80)
    let noise = try DataSnoopingTests.noise(bars: bars, strategies: strategies)
    let returns = try ReturnMatrix(
      bars: bars, strategies: strategies,
      values: noise.values.enumerated().map { $1 + slope * Double($0 % strategies) })
    // So many that threads are woken for the first steps.
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: bars, count: 1_000, seed: 5)
    let models = ResampledModels(
      ResampledSums(returns: returns, resamples: resamples, threads: 1),
      means: MeanReturn.all(of: returns, meanBlockLength: resamples.meanBlockLength, threads: 1))
    let steps = plainSteps(models)
    var pValues = Array(repeating: 1.0, count: strategies)
    var largest = 0.0
    for step in steps {
      largest = max(largest, step.pValue)
      for model in step.models { pValues[model] = largest }
    }
    for threads in 1...3 {
      let found = try ModelConfidenceSet(returns, .maximum, resamples: resamples, threads: threads)
      #expect(found.pValues == pValues)
      let eliminated = found.eliminated.dropLast()
      #expect(Array(eliminated) == steps.prefix(eliminated.count).map(\.models))
      #expect(slope > 0 || eliminated.count < steps.count)
      #expect(slope < 0.1 || eliminated.count == steps.count)
    }
  }

  /// The eliminations by T_max, each of which goes over all models and resamples, until only equal ones are left.
  private func plainSteps(_ all: ResampledModels) -> [Elimination] {
    let count = all.resamples
    let variances = all.variances()
    var left = all.models
    var steps: [Elimination] = []
    while left.count > 1 {
      let average = (0..<count).map { resample in
        left.reduce(0) { $0 + all.moves[$1 * count + resample] } / Double(left.count)
      }
      let sum = left.reduce(0) { $0 + all.sums[$1] } / Double(left.count)
      var resampled = Array(repeating: -Double.infinity, count: count)
      let statistics = left.map { model in
        let squares = ResampleRows.sumOfSquaredDifferences(all.moves, all.row(model), average, 0..<count)
        let variance = squares / Double(count)
        let scale = all.scale(variance: variance, ofVariances: variances[model])
        for resample in 0..<count {
          let move = (average[resample] - all.moves[model * count + resample]) * scale
          resampled[resample] = max(resampled[resample], move)
        }
        return all.studentised(
          sum - all.sums[model], variance: variance, ofVariances: variances[model],
          ofSums: all.sums[model].magnitude)
      }
      guard let worst = statistics.max(), worst > 0 else { break }
      let fallen = zip(left, statistics).filter { $1 == worst }.map(\.0)
      steps.append(Elimination(models: fallen, pValue: all.pValue(worst, resampled)))
      left.removeAll { fallen.contains($0) }
    }
    return steps
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
    for copies in [[0, 4, 7], [1, 2], [3, 6], [5]] {
      #expect(found.eliminated.contains { Set($0).isSuperset(of: copies) })
    }
    #expect(found.eliminated.flatMap(\.self).sorted() == Array(0..<8))
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
