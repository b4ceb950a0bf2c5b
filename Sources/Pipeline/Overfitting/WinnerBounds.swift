import Statistics

/// Lower bounds of the winner's true Sharpe ratio above the benchmark, per bar.
public struct WinnerBounds: Sendable {
  /// A bound is wrong in this share of samples at most.
  public let level: Double
  /// Right whichever strategy was chosen, and by what.
  public let simultaneous: Double
  /// Right given that this strategy won, or why that is not known.
  public let conditional: Result<Conditional, Absence>

  /// Bounds given that this strategy won.
  public struct Conditional: Sendable {
    /// The bound.
    public let bound: Double
    /// The same, never far below the simultaneous one.
    public let hybrid: Double
    /// As often above the true Sharpe ratio as below it.
    public let median: Double
  }

  /// - Parameters:
  ///   - leaders: the strategies with the largest statistics: what is behind them would not have won if the winner had
  ///     been a little worse.
  ///   - means: of all strategies.
  init(
    _ evidence: Evidence, winner: WinnerFinding, leaders: [Int], means: [MeanReturn], luck: LuckOfTheBest,
    meanBlockLength: Double, plan: MeasurePlan
  ) {
    level = plan.level
    simultaneous = WinnerBound.simultaneous(
      sharpePerBar: winner.sharpePerBar, standardErrorPerBar: winner.standardErrorPerBar, luck: luck,
      level: plan.level)
    guard evidence.isChosenByTestedSharpe else {
      conditional = .failure(
        Absence("the winner was not chosen by its Sharpe ratio of all bars above the benchmark"))
      return
    }
    let numbers = leaders.sorted()
    guard let place = numbers.firstIndex(of: evidence.winner) else {
      conditional = .failure(Absence("the winner is not among the leaders"))
      return
    }
    func bound(_ source: some ReturnSource) -> WinnerBound {
      // Looked at three times.
      let packed = KeptReturns(PackedReturns(source, numbers: numbers), threads: plan.threads)
      let sharpes = SharpeRatios.all(of: packed, benchmark: evidence.benchmark, threads: plan.threads)
      let covariances = LongRunCovariance.all(
        of: packed, with: place, benchmark: evidence.benchmark, meanBlockLength: meanBlockLength,
        threads: plan.threads)
      let found = numbers.map { means[$0] }
      let own = found[place]
      // Dependence beyond resampled blocks is common to the leaders.
      let beyond = winner.mean.longRunDeviation / own.longRunDeviation
      // The deviation of a mean of exactly 0 is not known from its ratio: such a strategy is no rival.
      let errors = zip(found, sharpes).map { beyond * $0.sharpeError(deviation: $0.mean / $1) }
      return WinnerBound(
        winner: place, sharpesPerBar: sharpes, standardErrorsPerBar: errors,
        correlations: zip(found, covariances).map {
          $1 / ($0.longRunDeviation * own.longRunDeviation)
        })
    }
    let found = bound(evidence.tested)
    conditional = .success(
      Conditional(
        bound: found.conditional(level: plan.level), hybrid: found.hybrid(luck: luck, level: plan.level),
        median: found.median))
  }
}
