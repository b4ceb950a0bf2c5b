import Statistics

/// The winner's Sharpe ratio against what the best of many shows without skill, for each view of how many there were.
public struct DeflationFinding: Sendable {
  /// One view of how many independent trials there were.
  public struct View: Sendable {
    /// What counts: `all`, or the name of an estimate of the effective number.
    public let basis: String
    /// N, and what follows from it, in the convention of 2012.
    public let deflated: DeflatedSharpe
    /// The same in the convention of 2025.
    public let deflated2025: DeflatedSharpe
  }

  /// All trials first.
  public let views: [View]
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

  /// By all trials, in the convention of 2012: the figure to quote.
  public var headline: DeflatedSharpe { views[0].deflated }

  /// - Parameter effective: estimates of the effective number of independent trials, with their own variance of Sharpe
  ///   ratios where they have one.
  init(
    _ evidence: Evidence, _ tested: TestedSample, sharpe: SharpeFinding,
    effective: [(basis: String, trials: Double, variance: Double?)]
  ) {
    let (variance, undefined) = DeflatedSharpe.varianceAcrossTrials(tested.sharpesPerReturn)
    func view(_ basis: String, _ trials: Double, _ variance: Double) -> View {
      func deflated(_ convention: ProbabilisticSharpeConvention) -> DeflatedSharpe {
        DeflatedSharpe(
          best: sharpe.estimate, trials: trials, varianceAcrossTrials: variance, convention: convention)
      }
      return View(
        basis: basis, deflated: deflated(.bailey2012), deflated2025: deflated(.lopezDePrado2025))
    }
    let trials = Double(evidence.trials)
    views =
      [view("all", trials, variance)] + effective.map { view($0.basis, $0.trials, $0.variance ?? variance) }
    self.undefined = undefined
    varianceAcrossTrials = variance
    minimumBacktestYears = MinimumBacktestLength.years(trials: trials, sharpeAnnualized: sharpe.annualized)
    minimumBacktestYearsBound = MinimumBacktestLength.upperBoundInYears(
      trials: trials, sharpeAnnualized: sharpe.annualized)
    years = Double(tested.winnerReturns.count) / evidence.periodsPerYear
  }
}
