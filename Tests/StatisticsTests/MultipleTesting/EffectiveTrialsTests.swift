import Statistics
import TestSupport
import Testing

@Suite struct EffectiveTrialsTests {
  /// Rounding: correlations are sums of n products in either program.
  @Test(arguments: StatisticsFigures.matrices)
  func agreeWithNumPysEigenvalues(name: String) throws {
    let figures = try StatisticsFigures.values("trials", name)
    let expected = try #require(figures["effective"])
    let columns = try StatisticsFigures.matrix(name).columns.filter { ReturnMoments($0).variance > 0 }
    let correlations = Self.correlations(columns)
    let average = try EffectiveTrials.averageCorrelation(correlations, trials: columns.count)
    #expect(relativeError(average.trials, expected[0]) < 1e-11)
    let participation = try EffectiveTrials.participation(correlations, trials: columns.count)
    #expect(relativeError(participation, expected[1]) < 1e-11)
    let entropy = EffectiveTrials.entropy(eigenvalues: try #require(figures["eigenvalues"]))
    #expect(relativeError(entropy, expected[2]) < 1e-12)
  }

  private static func correlations(_ columns: [[Double]]) -> [Double] {
    let scaled = columns.map { column in
      let moments = ReturnMoments(column)
      return column.map { ($0 - moments.mean) / moments.populationVariance.squareRoot() }
    }
    return scaled.flatMap { left in
      scaled.map { right in zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } / Double(left.count) }
    }
  }

  @Test(arguments: [1, 2, 7, 40])
  func uncorrelatedTrialsCountAllAndCopiesOne(trials: Int) throws {
    let identity = (0..<trials * trials).map { $0 % (trials + 1) == 0 ? 1.0 : 0 }
    let ones = Array(repeating: 1.0, count: trials * trials)
    #expect(try EffectiveTrials.averageCorrelation(identity, trials: trials).trials == Double(trials))
    #expect(try EffectiveTrials.averageCorrelation(ones, trials: trials).trials == 1)
    #expect(try EffectiveTrials.participation(identity, trials: trials) == Double(trials))
    #expect(try EffectiveTrials.participation(ones, trials: trials) == 1)
    let flat = EffectiveTrials.entropy(eigenvalues: Array(repeating: 1, count: trials))
    #expect(relativeError(flat, Double(trials)) < 1e-13)
    let one = [Double(trials)] + Array(repeating: -1e-17, count: trials - 1)
    #expect(EffectiveTrials.entropy(eigenvalues: one) == 1)
  }

  @Test func edges() throws {
    #expect(try EffectiveTrials.averageCorrelation([], trials: 0).trials.isNaN)
    #expect(try EffectiveTrials.participation([], trials: 0).isNaN)
    #expect(EffectiveTrials.entropy(eigenvalues: []).isNaN)
    #expect(EffectiveTrials.entropy(eigenvalues: [1, .nan]).isNaN)
    #expect(try EffectiveTrials.averageCorrelation([1, -0.5, -0.5, 1], trials: 2).trials == 2)
    #expect(try EffectiveTrials.averageCorrelation([1, .nan, .nan, 1], trials: 2).trials.isNaN)
    #expect(throws: StatisticsError.matrixShape(rows: 2, columns: 2, cells: 3)) {
      try EffectiveTrials.participation([1, 0, 0], trials: 2)
    }
  }
}
