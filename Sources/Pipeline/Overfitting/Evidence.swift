import Statistics

/// What was tried and what it earned: all that the statistics of overfitting look at, whether a sweep made it or a file
/// brought it.
///
/// Returns that count are those of every bar, or under the per-trade convention those of the bars in the market.
struct Evidence: Sendable {
  /// N, the strategies at hand.
  let strategies: Int
  /// Strategies that were tried, those at hand included.
  let trials: Int
  /// The number of the best strategy.
  let winner: Int
  /// What strategies are called, by their numbers.
  let name: @Sendable (Int) -> String
  /// The returns of the best strategy that count, in the order of time, all costs included.
  let winnerReturns: [Double]
  /// Their moments: those that go with ``winnerSharpePerReturn``.
  let winnerMoments: ReturnMoments
  /// Its Sharpe ratio per return, by the convention of the run.
  let winnerSharpePerReturn: Double
  /// For each strategy its Sharpe ratio per return; NaN where undefined.
  let sharpesPerReturn: [Double]
  /// For each strategy the number of its returns that count.
  let returnCounts: [Int]
  /// What one of the returns that count is: `bar`, or `bar in the market`.
  let unit: String
  /// Returns a year, by which Sharpe ratios are annualised.
  let periodsPerYear: Double
  /// All returns of all strategies, bar by bar.
  let returns: any ReturnSource
  /// What is tested against the benchmark: ``returns``, or these less each strategy's own exposure to the market.
  var tested: any ReturnSource
  /// What the strategies have to beat, a return a bar; `nil` for 0.
  let benchmark: [Double]?
  /// What the benchmark is called.
  let benchmarkName: String
  /// Whether the winner was chosen by the Sharpe ratio of all bars of what is tested.
  let isChosenByTestedSharpe: Bool
  /// Whether the benchmark is more than doing nothing.
  let isComparedWithMore: Bool
  /// Strategies that could not be chosen, since they never traded or too little: they count as trials, and leave no other
  /// trace.
  let ineligible: Int
  /// Of these, the ones that never traded.
  let neverTraded: Int
  /// The numbers of the strategies at hand that could be chosen, ascending; `nil` where all could.
  let eligible: [Int]?
  /// The strategies whose returns say how long resampled blocks have to be, ascending; `nil` for a sample of all.
  let lengthSample: @Sendable () -> [Int]?
  /// Strategies by block of time, and what of them is cross-validated; or why nothing is.
  let blocks: Result<CrossValidated, Absence>

  /// What holding the market earned, bar by bar, and what that is called; `nil` where no market is known.
  var held: (returns: [Double], name: String)?
  /// The net results of the winner's trades; `nil` where they are not known, or each return that counts is a trade.
  var tradeResults: [Double]?
  /// The annual Sharpe ratio that the winner's has to exceed.
  var sharpeBenchmark = 0.0

  /// What resampling has left of all strategies, where that was done elsewhere; `nil`, or none, to do it here.
  var resampled: (@Sendable (Resamples) throws -> [SnoopingPart]?)?

  /// The trials that could be chosen.
  var alternatives: Int { trials - ineligible }

  /// What becomes of returns that cost a run to make, so that all looks at them together cost less: they are kept where they
  /// are few, and what other looks make is measured.
  mutating func shareLooks(threads: Int) {
    func shared(_ source: some ReturnSource) {
      let measured = MeasuredReturns(
        KeptReturns(source, threads: threads, limit: Self.mostKept), benchmark: benchmark)
      tested = measured
      measuredSharpes = { measured.sharpes(threads: $0) }
    }
    shared(tested)
  }

  /// For each strategy the Sharpe ratio of what is tested, less the benchmark, per bar; NaN where undefined.
  func testedSharpes(threads: Int) -> [Double] {
    func sharpes(_ source: some ReturnSource) -> [Double] {
      SharpeRatios.all(of: source, benchmark: benchmark, threads: threads)
    }
    return measuredSharpes?(threads) ?? sharpes(tested)
  }

  /// Those that other looks have left.
  var measuredSharpes: (@Sendable (_ threads: Int) -> [Double])?

  /// In bytes: some hundred strategies over some thousand bars.
  private static let mostKept = 16 << 20

  /// What cross-validation works on.
  struct CrossValidated: Sendable {
    /// Of the sums of all strategies.
    let shape: BlockSumsShape
    let metric: any SplitMetric
    /// What the metric is called.
    let metricName: String
    /// What has to be known about it: of the metric that selects it may be a stand-in.
    let remark: String?
    /// The oldest bars, which no block holds.
    let droppedBars: Int
    /// Hands out the sums in as many parts as there are, in the order of strategies.
    let forEachPart: @Sendable (_ body: (BlockSums) -> Void) throws -> Void
  }
}

/// Why a figure is not there, for whoever looks for it.
public struct Absence: Error, Equatable, Sendable {
  /// What is in the way.
  public let reason: String
  /// Whether somebody asked for the figure, who then has to be told.
  public let isWanted: Bool

  init(_ reason: String, isWanted: Bool = true) {
    self.reason = reason
    self.isWanted = isWanted
  }
}
