import Backtesting
import Statistics

/// What is left of single tests once it is known how many there were.
public struct MultiplicityFinding: Sendable {
  /// One way to adjust for the number of tests.
  public struct Adjusted: Sendable {
    /// How.
    public let adjustment: PValueAdjustment
    /// The winner's p-value after it.
    public let pValue: Double
    /// The winner's Sharpe ratio after it, annualised.
    public let haircutSharpeAnnualized: Double
    /// The part of the Sharpe ratio that is lost.
    public let haircut: Double
    /// Strategies with a Sharpe ratio above 0 that are significant after it.
    public let significant: Int
  }

  /// The level of ``Adjusted/significant`` and of the hurdles.
  public static let level = 0.05

  /// The tests: every strategy that was tried.
  public let tests: Int
  /// Of the hypothesis that the winner's mean return is the benchmark's, two-sided, by Student's t.
  public let pValue: Double
  /// One for each way.
  public let adjusted: [Adjusted]
  /// Of one-sided tests, how many false ones to expect among the significant.
  public let discovery: Discovery
  /// The mean return a year that the best of so many has to reach at the level, at the winner's volatility
  /// (Bonferroni, normal).
  public let hurdlePerYear: Double
  /// The winner's mean return a year, less the benchmark's.
  public let meanPerYear: Double
  /// The haircut by the simulation of Harvey, Liu and Zhu, or why there is none.
  public let simulated: Result<Simulated, Absence>

  /// Storey's q-values: of tests that are at least as convincing, the share that is expected to be false.
  public struct Discovery: Sendable {
    /// π₀, the share of strategies whose mean return is not above the benchmark's.
    public let nullShare: Double
    /// Of each strategy; NaN without a test.
    public let qValues: [Double]
    /// The winner's.
    public let winnerQValue: Double
    /// Strategies whose q-value is not above the level.
    public let discoveries: Int
  }

  /// The haircut by the simulation of correlated tests.
  public struct Simulated: Sendable {
    /// The average correlation of the strategies, bounded to what the model covers.
    public let correlation: Double
    /// The winner's Sharpe ratio after it, annualised.
    public let haircutSharpeAnnualized: Double
    /// The part that is lost.
    public let haircut: Double
    /// The median p-value.
    public let pValue: Double
  }

  /// Above this many tests the simulation takes long, and Bonferroni says the same.
  static let mostSimulatedTests = 1_000

  /// - Parameter correlation: the average one of the strategies; `nil` where it is not known.
  init(
    _ evidence: Evidence, _ sample: TestedSample, correlation: Double?, seed: UInt64, threads: Int = 1
  ) throws(StatisticsError) {
    let moments = sample.winnerMoments
    let bars = moments.bars
    let annual = evidence.periodsPerYear.squareRoot()
    let factor = sample.studentFactor(count: bars)
    let sharpe = sample.winnerSharpePerReturn * factor
    tests = evidence.trials
    pValue = HaircutSharpe.pValue(sharpePerBar: sharpe, bars: bars)
    var pValues = HaircutSharpe.pValues(
      sharpesPerBar: zip(sample.sharpesPerReturn, sample.returnCounts).map {
        $0 * sample.studentFactor(count: $1)
      }, bars: sample.returnCounts, threads: threads)
    pValues[evidence.winner] = pValue
    var adjusted: [Adjusted] = []
    let tested = try TestedTogether(pValues, tests: evidence.trials)
    for adjustment in PValueAdjustment.allCases {
      let values = tested.adjusted(by: adjustment)
      let haircut = HaircutSharpe(
        sharpePerBar: sharpe, bars: bars, adjustedPValue: values[evidence.winner])
      adjusted.append(
        Adjusted(
          adjustment: adjustment, pValue: values[evidence.winner],
          haircutSharpeAnnualized: haircut.haircutSharpePerBar / factor * annual, haircut: haircut.haircut,
          significant: zip(values, sample.sharpesPerReturn).count { $0 <= Self.level && $1 > 0 }))
    }
    self.adjusted = adjusted
    discovery = try Discovery(
      zip(pValues, sample.sharpesPerReturn).map { $1 > 0 ? $0 / 2 : 1 - $0 / 2 }, winner: evidence.winner,
      tests: evidence.trials)
    hurdlePerYear =
      ProfitHurdle.meanReturnPerBar(
        volatilityPerBar: moments.variance.squareRoot(), bars: bars, tests: evidence.trials,
        significance: Self.level) * evidence.periodsPerYear
    meanPerYear = moments.mean * evidence.periodsPerYear
    simulated = try Self.simulated(
      evidence, bars: bars, sharpe: sharpe, factor: factor, correlation: correlation, seed: seed,
      threads: threads)
  }

  private static func simulated(
    _ evidence: Evidence, bars: Int, sharpe: Double, factor: Double, correlation: Double?, seed: UInt64,
    threads: Int
  ) throws(StatisticsError) -> Result<Simulated, Absence> {
    guard evidence.trials <= mostSimulatedTests else {
      return .failure(
        Absence("more than \(Figures.count(mostSimulatedTests)) tests, for which it is not simulated"))
    }
    guard let correlation, correlation.isFinite else {
      return .failure(Absence("the average correlation of the strategies is undefined"))
    }
    let model = try HarveyLiuZhu(correlation: min(max(correlation, 0), 0.8))
    let haircut = try model.haircut(
      sharpePerBar: sharpe, bars: bars, tests: evidence.trials - 1, adjustment: .holm,
      seed: seed, threads: threads)
    return .success(
      Simulated(
        correlation: model.correlation,
        haircutSharpeAnnualized: haircut.haircutSharpePerBar / factor * evidence.periodsPerYear.squareRoot(),
        haircut: haircut.haircut, pValue: haircut.adjustedPValue))
  }
}

extension MultiplicityFinding.Discovery {
  /// - Parameters:
  ///   - oneSided: p-values of "the mean return is not above the benchmark's".
  ///   - tests: when more were made.
  fileprivate init(_ oneSided: [Double], winner: Int, tests: Int) throws(StatisticsError) {
    let found = QValues(try TestedTogether(oneSided, tests: tests))
    nullShare = found.nullShare
    qValues = found.qValues
    winnerQValue = found.qValues[winner]
    discoveries = found.qValues.count { $0 <= MultiplicityFinding.level }
  }
}
