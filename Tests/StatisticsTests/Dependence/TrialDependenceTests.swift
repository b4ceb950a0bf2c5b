import Statistics
import TestSupport
import Testing

@Suite struct TrialDependenceTests {
  /// Rounding: the eigenvalues are off by M times what the correlations are.
  @Test(arguments: DependenceFigures.matrices)
  func followsFromNumPysEigenvalues(name: String) throws {
    let returns = try DependenceFigures.matrix(name)
    let found = try TrialDependence(CorrelationMatrix(returns, threads: 1))
    let eigenvalues = try DependenceFigures.values(name, "eigenvalues")
    let squares = eigenvalues.reduce(0) { $0 + $1 * $1 }
    let sum = eigenvalues.reduce(0, +)
    #expect(relativeError(found.participationOfSample, sum * sum / squares) < 1e-10)
    #expect(relativeError(found.entropyOfSample, EffectiveTrials.entropy(eigenvalues: eigenvalues)) < 1e-10)
    #expect(found.trials == returns.strategies && found.sample == returns.strategies)
    #expect(found.eigenvalues.count == returns.strategies)
  }

  @Test(arguments: DependenceFigures.matrices)
  func ofAllTrialsIsWhatTheMatrixSays(name: String) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let found = try TrialDependence(matrix)
    let average = try EffectiveTrials.averageCorrelation(matrix.values, trials: matrix.count)
    #expect(found.averageCorrelation == average.correlation && found.byAverageCorrelation == average.trials)
    let participation = try EffectiveTrials.participation(matrix.values, trials: matrix.count)
    #expect(relativeError(found.participationOfSample, participation) < 1e-13)
    let (trials, bars) = (Double(matrix.count), Double(matrix.bars))
    let found2 = (trials / participation - 1) / (trials - 1)
    let left = max(0, 1 - (1 - found2) * (bars - 1) / (bars - 2))
    #expect(relativeError(found.byParticipation, trials / (1 + (trials - 1) * left)) < 1e-12)
  }

  /// Statistical: the mean square over 79,800 pairs of 60 bars is off by a hundredth of itself at most.
  @Test func independentTrialsCountAllHoweverFewTheBars() throws {
    var generator = SeededGenerator(seed: 8)
    let values = (0..<60 * 400).map { _ in generator.normal() }
    let found = try TrialDependence(
      CorrelationMatrix(try ReturnMatrix(bars: 60, strategies: 400, values: values), threads: 2))
    #expect(found.participationOfSample < 60)
    #expect(Tolerance.statistical(absolute: 40).accepts(found.byParticipation, 400))
  }

  /// Walsh functions are orthogonal and sum to 0, exactly.
  private static func walsh(_ number: Int, bars: Int = 64) -> [Double] {
    (0..<bars).map { ($0 & number).nonzeroBitCount % 2 == 0 ? 0.01 : -0.01 }
  }

  private static func dependence(_ columns: [[Double]], trials: Int? = nil) throws -> TrialDependence {
    try TrialDependence(
      CorrelationMatrix(try DependenceFigures.matrix(columns: columns), threads: 1), trials: trials)
  }

  /// Walsh functions are uncorrelated; a leveraged copy is no other strategy, a mirrored one is.
  @Test func copiesHaveNoSayAmongDistinctOnes() throws {
    let (one, other) = (Self.walsh(1), Self.walsh(2))
    let found = try Self.dependence([one, other] + (1...8).map { factor in one.map { $0 * Double(factor) } })
    // Of 45 pairs 36 are copies of each other.
    #expect(relativeError(found.averageCorrelation, 0.8) < 1e-12)
    #expect(abs(found.averageCorrelationOfDistinct) < 1e-12)
    let mirrored = try Self.dependence([one, other, one.map { -$0 }])
    #expect(relativeError(mirrored.averageCorrelationOfDistinct, -1.0 / 3) < 1e-12)
    #expect(relativeError(mirrored.meanSquaredCorrelation, 1.0 / 3) < 1e-12)
    #expect(try Self.dependence([one, one]).averageCorrelationOfDistinct == 1)
    #expect(try Self.dependence([one]).averageCorrelationOfDistinct.isNaN)
  }

  @Test(arguments: [1, 2, 7, 63])
  func uncorrelatedTrialsCountAllAndCopiesOne(trials: Int) throws {
    let apart = try Self.dependence((1...trials).map { Self.walsh($0) })
    for number in [apart.byAverageCorrelation, apart.byParticipation, apart.entropyOfSample] {
      #expect(relativeError(number, Double(trials)) < 1e-12)
    }
    let copies = try Self.dependence(Array(repeating: Self.walsh(5), count: trials))
    for number in [copies.byAverageCorrelation, copies.byParticipation, copies.entropyOfSample] {
      #expect(relativeError(number, 1) < 1e-12)
    }
  }

  @Test(arguments: [1, 4, 9])
  func twoGroupsOfCopiesAreTwo(size: Int) throws {
    let found = try Self.dependence((0..<2 * size).map { Self.walsh(1 + $0 % 2) })
    #expect(relativeError(found.participationOfSample, 2) < 1e-12)
    #expect(relativeError(found.entropyOfSample, 2) < 1e-12)
  }

  /// Ten groups that alternate, as the values of a grid's inner axis do; ρ is 0.5 within them.
  @Test func aSampleEstimatesTheWhole() throws {
    var generator = SeededGenerator(seed: 3)
    let values = (0..<250).flatMap { _ in
      let factors = (0..<10).map { _ in generator.normal() }
      return (0..<400).map { factors[$0 % 10] + generator.normal() }
    }
    let returns = try ReturnMatrix(bars: 250, strategies: 400, values: values)
    let whole = try TrialDependence(CorrelationMatrix(returns, threads: 2))
    let sampled = try TrialDependence(CorrelationMatrix(returns, threads: 2, maximumStrategies: 100))
    #expect(sampled.trials == 400 && sampled.sample == 100)
    // The averages are over 4,950 pairs, of which a tenth are alike: a count with a deviation of 5 %, at most; two of them.
    let tolerance = Tolerance.statistical(absolute: 0.1 * whole.byParticipation)
    #expect(tolerance.accepts(sampled.byParticipation, whole.byParticipation))
    let average = Tolerance.statistical(absolute: 0.1 * whole.averageCorrelation * 400)
    #expect(average.accepts(sampled.byAverageCorrelation, whole.byAverageCorrelation))
  }

  @Test func trialsThatAreNotAtHandCount() throws {
    let three = [Self.walsh(1), Self.walsh(2), zip(Self.walsh(1), Self.walsh(2)).map(+)]
    // ρ is 0 once and √½ twice.
    let found = try Self.dependence(three, trials: 101)
    #expect(relativeError(found.meanSquaredCorrelation, 1 / 3.0) < 1e-14)
    // Over 64 bars a third of it less 2/3 of 1/62 is left.
    #expect(relativeError(found.byParticipation, 101 / (1 + 100 * (1 - 2 / 3.0 * 63 / 62))) < 1e-13)
    let average = 2 * 0.5.squareRoot() / 3
    #expect(relativeError(found.byAverageCorrelation, average + (1 - average) * 101) < 1e-14)
    #expect(throws: StatisticsError.fewerTrialsThanStrategies(trials: 2, strategies: 3)) {
      try Self.dependence(three, trials: 2)
    }
  }

  @Test func withoutPairsItIsUndefined() throws {
    let one = try Self.dependence([Self.walsh(1)], trials: 5)
    #expect(one.byAverageCorrelation.isNaN && one.byParticipation.isNaN && one.entropyOfSample == 1)
    let none = try Self.dependence([Self.walsh(0)])
    #expect(none.byAverageCorrelation.isNaN && none.byParticipation.isNaN && none.entropyOfSample.isNaN)
    #expect(none.sample == 0 && none.trials == 1 && none.eigenvalues.isEmpty)
  }
}
