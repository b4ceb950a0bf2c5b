/// How many independent trials N strategies are worth, by what their correlations or those of a sample say.
///
/// Formula: those of ``EffectiveTrials``. Two figures are for N, because they are functions of N and of an average over
/// pairs of strategies, and the pairs of a sample estimate that average without the diagonal:
/// ρ̄ + (1 - ρ̄)·N and N/(1 + (N - 1)·r), with ρ̄ the average of ρ and r that of ρ², of which a sample of T bars gives
/// too much: r = 1 - (1 - r̂)·(T - 1)/(T - 2), at least 0, with r̂ as it was found. The entropy has no such form: it is
/// that of the M strategies in the matrix, and says nothing beyond them.
///
/// Shapes and units: numbers of trials; those for N lie in 1...N, those of the sample in 1...M.
///
/// Edge cases: without strategies that stand everything is NaN; with one, what the pairs of N > 1 would say is NaN.
/// Strategies that were left out count in N as if they were like the others.
///
/// Reference: Ezekiel 1930, for what is left of a squared correlation; Bailey & López de Prado 2014, appendix 3; Bretherton et al. 1999, equation 5; Roy & Vetterli 2007.
public struct TrialDependence: Equatable, Sendable {
  /// N, every trial that counts.
  public let trials: Int
  /// M, the strategies whose correlations are known.
  public let sample: Int
  /// ρ̄, the mean of the correlations off the diagonal.
  public let averageCorrelation: Double
  /// r̂, the mean of their squares, as it was found. Mirrored strategies have correlations that cancel in ρ̄, and here do
  /// not.
  public let meanSquaredCorrelation: Double
  /// The mean of the correlations off the diagonal without strategies that are copies of an earlier one, leveraged or
  /// not: those have a correlation of exactly 1. 1 where all are copies of one.
  public let averageCorrelationOfDistinct: Double
  /// Of N, by the average correlation.
  public let byAverageCorrelation: Double
  /// Of N, by the participation ratio of the eigenvalues.
  public let byParticipation: Double
  /// Of the sample alone, by the participation ratio of its eigenvalues: (Σλ)²/Σλ².
  public var participationOfSample: Double {
    let squares = eigenvalues.reduce(0) { $0 + $1 * $1 }
    return eigenvalues.isEmpty ? .nan : Double(sample) * Double(sample) / squares
  }
  /// Of the sample alone, by the entropy of the eigenvalues.
  public let entropyOfSample: Double
  /// The spectrum: M eigenvalues, the largest first; they sum to M.
  public let eigenvalues: [Double]

  /// The figures for `trials` strategies, or for all those of the source that `correlations` came from.
  ///
  /// Cost: the eigenvalues of 1,000 strategies take about 0.06 s on one core.
  ///
  /// - Throws: ``StatisticsError/fewerTrialsThanStrategies(trials:strategies:)``.
  public init(_ correlations: CorrelationMatrix, trials: Int? = nil) throws(StatisticsError) {
    let count = correlations.count
    let trials = trials ?? correlations.population
    guard trials >= correlations.population else {
      throw .fewerTrialsThanStrategies(trials: trials, strategies: correlations.population)
    }
    self.trials = trials
    sample = count
    eigenvalues = correlations.eigenvalues()
    entropyOfSample = EffectiveTrials.entropy(eigenvalues: eigenvalues)
    averageCorrelation = try EffectiveTrials.averageCorrelation(correlations.values, trials: count)
      .correlation
    averageCorrelationOfDistinct = Self.averageOfDistinct(correlations)
    let pairs = Double(count) * Double(count - 1)
    let squares = correlations.values.reduce(0) { $0 + $1 * $1 }
    meanSquaredCorrelation = count > 1 ? (squares - Double(count)) / pairs : .nan
    if trials == 1, count == 1 {
      byAverageCorrelation = 1
      byParticipation = 1
    } else {
      byAverageCorrelation = EffectiveTrials.byAverageCorrelation(averageCorrelation, trials: trials)
      byParticipation = EffectiveTrials.byMeanSquare(
        Self.adjusted(meanSquaredCorrelation, bars: correlations.bars), trials: trials)
    }
  }

  private static func averageOfDistinct(_ correlations: CorrelationMatrix) -> Double {
    let count = correlations.count
    let distinct = (0..<count).filter { row in
      !(0..<row).contains { correlations.values[row * count + $0] == 1 }
    }
    var sum = 0.0
    for (place, row) in distinct.enumerated() {
      for column in distinct.prefix(place) { sum += correlations.values[row * count + column] }
    }
    let pairs = Double(distinct.count) * Double(distinct.count - 1) / 2
    return count > 1 && distinct.count == 1 ? 1 : sum / pairs
  }

  /// What is left of a mean squared correlation once that is taken off which strategies without any have over so many
  /// bars: 1/(T - 1).
  private static func adjusted(_ meanSquare: Double, bars: Int) -> Double {
    guard bars > 2 else { return meanSquare }
    let left = 1 - (1 - meanSquare) * Double(bars - 1) / Double(bars - 2)
    return left < 0 ? 0 : left
  }
}
