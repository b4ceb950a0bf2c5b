import Glibc

/// How many independent trials a set of correlated ones is worth.
///
/// Shapes and units: `correlations` is an N × N correlation matrix, row after row; each figure lies in 1...N:
/// N for uncorrelated trials, 1 for copies of one.
///
/// Edge cases: trials whose correlations are undefined (no variance) have to be left out before; NaN for no
/// trials.
///
/// Errors: ``StatisticsError/matrixShape(rows:columns:cells:)``.
public enum EffectiveTrials {
  /// The number by the average correlation.
  ///
  /// Formula: ρ̄ + (1 - ρ̄)·N, with ρ̄ the mean of the correlations off the diagonal; a negative ρ̄ counts as
  /// 0.
  ///
  /// Reference: Bailey & López de Prado 2014, "The deflated Sharpe ratio", appendix 3.
  public static func averageCorrelation(
    _ correlations: [Double], trials: Int
  ) throws(StatisticsError) -> (trials: Double, correlation: Double) {
    try check(correlations, trials)
    guard trials > 1 else { return (trials == 1 ? 1 : .nan, .nan) }
    var sum = 0.0
    for row in 0..<trials {
      for column in 0..<row { sum += correlations[row * trials + column] }
    }
    let mean = sum / (Double(trials) * Double(trials - 1) / 2)
    return (byAverageCorrelation(mean, trials: trials), mean)
  }

  /// The number by an average correlation that is known, of all trials or of a sample of them.
  ///
  /// Formula, edge cases and reference: those of ``averageCorrelation(_:trials:)``.
  public static func byAverageCorrelation(_ correlation: Double, trials: Int) -> Double {
    let bounded = min(max(correlation, 0), 1)
    return correlation.isNaN ? .nan : bounded + (1 - bounded) * Double(trials)
  }

  /// The participation ratio of the eigenvalues.
  ///
  /// Formula: (Σλ)²/Σλ², which is N²/Σρ² over all cells of the matrix, so that no eigenvalue is needed.
  ///
  /// Reference: Bretherton, Widmann, Dymnikov, Wallace & Bladé 1999, "The effective number of spatial degrees
  /// of freedom of a time-varying field", equation 5.
  public static func participation(_ correlations: [Double], trials: Int) throws(StatisticsError) -> Double {
    try check(correlations, trials)
    guard trials > 0 else { return .nan }
    let squares = correlations.reduce(0) { $0 + $1 * $1 }
    return Double(trials) * Double(trials) / squares
  }

  /// The participation ratio by a mean squared correlation that is known, of all trials or of a sample of them.
  ///
  /// Formula: N²/(N + N(N - 1)·r) = N/(1 + (N - 1)·r), with r the mean of ρ² off the diagonal: Σρ² over all cells is the
  /// N ones of the diagonal and N(N - 1) cells whose mean a sample of pairs estimates.
  ///
  /// Edge cases: NaN for no trials. Correlations measured over n bars have a mean square of at least about 1/(n - 1)
  /// even where there are none, so the figure stays below about n however many trials there are.
  public static func byMeanSquare(_ meanSquare: Double, trials: Int) -> Double {
    trials > 0 ? Double(trials) / (1 + Double(trials - 1) * meanSquare) : .nan
  }

  /// The effective rank, from the entropy of the eigenvalues.
  ///
  /// Formula: exp(-Σ p·log p), p = λ/Σλ; eigenvalues that rounding left below 0 count as 0.
  ///
  /// Shapes and units: the eigenvalues of the correlation matrix, in any order.
  ///
  /// Reference: Roy & Vetterli 2007, "The effective rank: a measure of effective dimensionality", definition
  /// 1.
  public static func entropy(eigenvalues: [Double]) -> Double {
    let positive = eigenvalues.map { $0.isNaN ? .nan : max($0, 0) }
    let total = positive.reduce(0, +)
    guard total > 0 else { return .nan }
    return exp(-positive.reduce(0) { $1 > 0 ? $0 + $1 / total * log($1 / total) : $0 })
  }

  private static func check(_ correlations: [Double], _ trials: Int) throws(StatisticsError) {
    guard trials >= 0, correlations.count == trials * trials else {
      throw .matrixShape(rows: trials, columns: trials, cells: correlations.count)
    }
  }
}
