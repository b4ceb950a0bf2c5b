import Statistics

/// The winner's Sharpe ratio against what the best of many shows without skill, by each view of how high that is.
public struct DeflationFinding: Sendable {
  /// The bar: the Sharpe ratio that the best of many is expected to show without skill.
  public enum Basis: String, Sendable {
    /// √V·E[max of N] with the variance V across the trials as they are, their skill included.
    case published
    /// The same with the variance that trials of this correlation have without skill.
    case dependence = "null_by_dependence"
    /// The mean gain of the best by luck in resamples without skill.
    case resampling = "null_by_resampling"
  }

  /// One view.
  public struct View: Sendable {
    /// The kind of its bar.
    public let basis: Basis
    /// The bar and the probability of being above it, in the convention of 2012.
    public let deflated: DeflatedSharpe
    /// The same in the convention of 2025.
    public let deflated2025: DeflatedSharpe
  }

  /// The published one first.
  public private(set) var views: [View]
  /// Strategies whose Sharpe ratio is undefined: they count as trials, but have no say in the variance.
  public let undefined: Int
  /// Strategies whose Sharpe ratio has a say in the variance: those that could be chosen, copies once.
  public let distinct: Int
  /// Copies of these, leveraged or not: they count as trials alone.
  public let copies: Int
  /// V, per return: the variance of the Sharpe ratios across ``distinct`` strategies.
  public let varianceAcrossTrials: Double
  /// What Sharpe ratio to expect from here on, per return; `nil` where correlations are not known.
  public let expected: ExpectedSharpe?
  /// The years from which on the best of so many without skill stays below the winner's Sharpe ratio.
  public let minimumBacktestYears: Double
  /// A bound above it.
  public let minimumBacktestYearsBound: Double
  /// The years at hand.
  public let years: Double

  /// As published, in the convention of 2012: the figure to quote.
  public var headline: DeflatedSharpe { views[0].deflated }

  /// - Parameter averageCorrelation: of the returns of strategies that are no copies; `nil` where it is not known.
  init(
    _ evidence: Evidence, _ tested: TestedSample, sharpe: SharpeFinding, averageCorrelation: Double?
  ) {
    let found = DistinctSharpes(tested.sharpesPerReturn, among: evidence.eligible)
    let variance = found.variance(of: tested.sharpesPerReturn)
    let trials = Double(evidence.trials)
    func published(_ convention: ProbabilisticSharpeConvention) -> DeflatedSharpe {
      DeflatedSharpe(
        best: sharpe.estimate, trials: trials, varianceAcrossTrials: variance,
        thresholdPerBar: sharpe.thresholdPerReturn, convention: convention)
    }
    views = [
      View(
        basis: .published, deflated: published(.bailey2012), deflated2025: published(.lopezDePrado2025))
    ]
    undefined = tested.sharpesPerReturn.count { $0.isNaN }
    (distinct, copies) = (found.numbers.count, found.copies)
    varianceAcrossTrials = variance
    minimumBacktestYears = MinimumBacktestLength.years(trials: trials, sharpeAnnualized: sharpe.annualized)
    minimumBacktestYearsBound = MinimumBacktestLength.upperBoundInYears(
      trials: trials, sharpeAnnualized: sharpe.annualized)
    years = Double(tested.winnerReturns.count) / evidence.periodsPerYear
    guard let averageCorrelation, averageCorrelation.isFinite else {
      expected = nil
      return
    }
    let squaredError = Self.meanSquaredError(tested, found.numbers)
    expected = ExpectedSharpe(
      winnerPerBar: sharpe.estimate.sharpePerBar,
      sharpesPerBar: found.numbers.map { tested.sharpesPerReturn[$0] },
      averageCorrelation: averageCorrelation, meanSquaredError: squaredError)
    add(
      .dependence, sharpe, trials: trials,
      benchmarkPerBar: NullBar.byDependence(
        trials: trials, averageCorrelation: averageCorrelation, meanSquaredError: squaredError))
  }

  /// Of the Sharpe ratios of some trials: (1 + SR²/2)/n of normal returns.
  private static func meanSquaredError(_ tested: TestedSample, _ numbers: [Int]) -> Double {
    let squares = numbers.map {
      (1 + tested.sharpesPerReturn[$0] * tested.sharpesPerReturn[$0] / 2) / Double(tested.returnCounts[$0])
    }
    return squares.reduce(0, +) / Double(squares.count)
  }

  /// Adds the view by resampling.
  mutating func add(_ snooping: SnoopingFinding, sharpe: SharpeFinding, trials: Int) {
    let winner = snooping.winner
    // A Sharpe ratio of trades is so many standard errors as that of all bars.
    let error =
      sharpe.unit == "bar"
      ? winner.standardErrorPerBar : sharpe.estimate.sharpePerBar / winner.mean.statistic
    add(
      .resampling, sharpe, trials: Double(trials),
      benchmarkPerBar: NullBar.byResampling(snooping.luck, standardErrorPerBar: error))
  }

  private mutating func add(
    _ basis: Basis, _ sharpe: SharpeFinding, trials: Double, benchmarkPerBar: Double
  ) {
    func deflated(_ convention: ProbabilisticSharpeConvention) -> DeflatedSharpe {
      DeflatedSharpe(
        best: sharpe.estimate, trials: trials,
        benchmarkPerBar: sharpe.thresholdPerReturn + benchmarkPerBar, convention: convention)
    }
    views.append(
      View(basis: basis, deflated: deflated(.bailey2012), deflated2025: deflated(.lopezDePrado2025)))
  }
}
