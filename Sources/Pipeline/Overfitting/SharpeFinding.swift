import Statistics

/// The winner's Sharpe ratio above the benchmark, and how sure it is by itself.
public struct SharpeFinding: Sendable {
  /// Before the benchmark is taken out: of a year, by the convention of the run.
  public let annualizedBeforeBenchmark: Double
  /// The standard error of that, of returns that may be autocorrelated (Lo 2002).
  public let standardErrorBeforeBenchmark: Double
  /// What the benchmark is called.
  public let benchmark: String
  /// What one of the returns is: `bar`, or `bar in the market`.
  public let unit: String
  /// Per return, with the moments it depends on.
  public let estimate: SharpeEstimate
  /// Of a year.
  public let annualized: Double
  /// Per return: of returns that do not depend on each other.
  public let standardError: Double
  /// Per return: of returns that may be autocorrelated (Lo 2002).
  public let standardErrorAutocorrelated: Double
  /// The lags of ``standardErrorAutocorrelated``.
  public let lags: Int
  /// The annual Sharpe ratio that it is tested against: 0 unless asked for.
  public let thresholdAnnualized: Double
  /// The same per return.
  public let thresholdPerReturn: Double
  /// By convention: the probability that the true Sharpe ratio is above the threshold.
  public let probabilistic: [ProbabilisticSharpeConvention: Double]
  /// By convention: the returns from which on it is above the threshold with 95 % confidence; absent where none are enough.
  public let minimumTrackRecord: [ProbabilisticSharpeConvention: Double]

  init(_ evidence: Evidence, _ tested: TestedSample) {
    let annual = evidence.periodsPerYear.squareRoot()
    annualizedBeforeBenchmark = evidence.winnerSharpePerReturn * annual
    standardErrorBeforeBenchmark =
      AutocorrelatedSharpe.standardErrorPerBar(evidence.winnerReturns) * annual
    benchmark = evidence.benchmarkName
    unit = tested.unit
    let returns = tested.winnerReturns
    let correlation = AutocorrelatedSharpe.autocorrelations(of: returns, lags: 1).first ?? .nan
    let moments = tested.winnerMoments
    let estimate = SharpeEstimate(
      bars: moments.bars, sharpePerBar: tested.winnerSharpePerReturn, skewness: moments.skewness,
      kurtosis: moments.kurtosis, autocorrelation: correlation)
    self.estimate = estimate
    annualized = estimate.annualized(barsPerYear: evidence.periodsPerYear)
    standardError = estimate.standardErrorPerBar
    lags = AutocorrelatedSharpe.defaultLags(bars: returns.count)
    standardErrorAutocorrelated = AutocorrelatedSharpe.standardErrorPerBar(returns)
    thresholdAnnualized = evidence.sharpeBenchmark
    let threshold = evidence.sharpeBenchmark / annual
    thresholdPerReturn = threshold
    var probabilistic: [ProbabilisticSharpeConvention: Double] = [:]
    var lengths: [ProbabilisticSharpeConvention: Double] = [:]
    for convention in ProbabilisticSharpeConvention.allCases {
      probabilistic[convention] = estimate.probability(above: threshold, convention: convention)
      if estimate.sharpePerBar > threshold {
        lengths[convention] = try? estimate.minimumTrackRecordLength(
          above: threshold, convention: convention)
      }
    }
    self.probabilistic = probabilistic
    minimumTrackRecord = lengths
  }
}
