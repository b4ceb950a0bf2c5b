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
  /// V, per return: the variance of the Sharpe ratios across the strategies.
  public let varianceAcrossTrials: Double
  /// The years from which on the best of so many without skill stays below the winner's Sharpe ratio.
  public let minimumBacktestYears: Double
  /// A bound above it.
  public let minimumBacktestYearsBound: Double
  /// The years at hand.
  public let years: Double

  /// As published, in the convention of 2012: the figure to quote.
  public var headline: DeflatedSharpe { views[0].deflated }

  /// - Parameter averageCorrelation: of the strategies' returns; `nil` where it is not known.
  init(
    _ evidence: Evidence, _ tested: TestedSample, sharpe: SharpeFinding, averageCorrelation: Double?
  ) {
    let (variance, undefined) = DeflatedSharpe.varianceAcrossTrials(tested.sharpesPerReturn)
    let trials = Double(evidence.trials)
    func published(_ convention: ProbabilisticSharpeConvention) -> DeflatedSharpe {
      DeflatedSharpe(
        best: sharpe.estimate, trials: trials, varianceAcrossTrials: variance, convention: convention)
    }
    views = [
      View(
        basis: .published, deflated: published(.bailey2012), deflated2025: published(.lopezDePrado2025))
    ]
    self.undefined = undefined
    varianceAcrossTrials = variance
    minimumBacktestYears = MinimumBacktestLength.years(trials: trials, sharpeAnnualized: sharpe.annualized)
    minimumBacktestYearsBound = MinimumBacktestLength.upperBoundInYears(
      trials: trials, sharpeAnnualized: sharpe.annualized)
    years = Double(tested.winnerReturns.count) / evidence.periodsPerYear
    if let averageCorrelation, averageCorrelation.isFinite {
      add(
        .dependence, sharpe, trials: trials,
        benchmarkPerBar: NullBar.byDependence(
          trials: trials, averageCorrelation: averageCorrelation,
          meanSquaredError: Self.meanSquaredError(tested)))
    }
  }

  /// Of the Sharpe ratios of all trials: (1 + SR²/2)/n of normal returns.
  private static func meanSquaredError(_ tested: TestedSample) -> Double {
    let squares = zip(tested.sharpesPerReturn, tested.returnCounts).filter { !$0.0.isNaN }
      .map { (1 + $0 * $0 / 2) / Double($1) }
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
        best: sharpe.estimate, trials: trials, benchmarkPerBar: benchmarkPerBar, convention: convention)
    }
    views.append(
      View(basis: basis, deflated: deflated(.bailey2012), deflated2025: deflated(.lopezDePrado2025)))
  }
}
