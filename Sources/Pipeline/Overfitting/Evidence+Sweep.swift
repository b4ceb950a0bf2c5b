import Backtesting
import Kernels
import Statistics
import Stores

extension Evidence {
  /// What a sweep tried, on its training bars.
  ///
  /// - Parameter path: the winner's.
  init(
    _ experiment: Experiment, winner: Int, path: ReferenceKernel.Path, training: TrainingColumns,
    blocks: Result<CrossValidated, Absence>,
    resampled: (@Sendable (Resamples) throws -> [SnoopingPart]?)? = nil, interruption: Interruption
  ) {
    let bars = experiment.training.bars
    let isPerTrade = experiment.configuration.convention == .perTrade
    let annual = experiment.barsPerYear.squareRoot()
    strategies = experiment.strategies.count
    trials = experiment.strategies.count
    self.winner = winner
    let set = experiment.strategies
    name = { set.name(of: $0) }
    winnerReturns =
      isPerTrade
      ? bars.dropFirst().filter { path.positions[$0 - 1] != 0 }.map { path.observed[$0] }
      : Array(path.netReturns[bars])
    let tally = experiment.tally(path, segment: 0)
    winnerMoments = ReturnMoments(
      tally, count: winnerReturns.count, rounding: experiment.backtest.rounding)
    winnerSharpePerReturn = experiment.performance(tally).sharpeRatio / annual
    sharpesPerReturn = training.sharpeRatios.map { $0 / annual }
    returnCounts =
      isPerTrade
      ? training.trades.map { Int($0) } : Array(repeating: bars.count, count: training.trades.count)
    unit = isPerTrade ? "bar in the market" : "bar"
    periodsPerYear = experiment.barsPerYear
    returns = SweepReturns(experiment: experiment, interruption: interruption, timing: nil)
    tested = SweepReturns(tested: experiment, interruption: interruption)
    benchmark = experiment.benchmark
    benchmarkName = experiment.configuration.statistics.benchmark.rawValue
    isComparedWithMore = experiment.configuration.statistics.benchmark != .cash
    isChosenByTestedSharpe =
      !isComparedWithMore && !isPerTrade && experiment.configuration.selectionMetric == .sharpeRatio
    held = (experiment.holding, OverfittingReport.meaning(of: SweepBenchmark.market.rawValue))
    tradeResults = isPerTrade ? nil : experiment.trades(path, segment: 0)
    sharpeBenchmark = experiment.configuration.statistics.sharpeBenchmark ?? 0
    self.blocks = blocks
    self.resampled = resampled
    let standing = StandingStrategies(training.trades, of: experiment)
    ineligible = standing.ineligible
    neverTraded = training.trades.count { $0 == 0 }
    eligible = standing.numbers
    lengthSample = { LengthSample.find(experiment) { $0.map { standing.contains($0) } } }
  }
}
