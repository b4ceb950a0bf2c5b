import Backtesting
import Statistics
import Stores

extension Evidence {
  /// What a sweep tried, on its training bars.
  init(
    _ experiment: Experiment, winner: Int, training: TrainingColumns,
    blocks: Result<CrossValidated, Absence>, interruption: Interruption
  ) {
    let path = experiment.backtest.path(of: winner, in: experiment.strategies)
    let bars = experiment.training.bars
    let isPerTrade = experiment.configuration.convention == .perTrade
    let annual = experiment.barsPerYear.squareRoot()
    strategies = experiment.strategies.count
    trials = experiment.strategies.count
    self.winner = winner
    winnerName = experiment.strategies.name(of: winner)
    winnerReturns =
      isPerTrade
      ? bars.dropFirst().filter { path.positions[$0 - 1] != 0 }.map { path.netReturns[$0] }
      : Array(path.netReturns[bars])
    let tally = experiment.tally(path, segment: 0)
    winnerMoments = ReturnMoments(tally, count: winnerReturns.count)
    winnerSharpePerReturn = experiment.performance(tally).sharpeRatio / annual
    sharpesPerReturn = training.sharpeRatios.map { $0 / annual }
    returnCounts =
      isPerTrade
      ? training.trades.map { Int($0) } : Array(repeating: bars.count, count: training.trades.count)
    unit = isPerTrade ? "bar in the market" : "bar"
    periodsPerYear = experiment.barsPerYear
    returns = SweepReturns(experiment: experiment, interruption: interruption)
    benchmarkName = experiment.configuration.benchmark.rawValue
    benchmark =
      experiment.configuration.benchmark == .market ? Self.holding(experiment, bars: bars) : nil
    self.blocks = blocks
  }

  /// What holding the market earns on every bar of the segment that any strategy can earn.
  private static func holding(_ experiment: Experiment, bars: Range<Int>) -> [Double] {
    var held = Array(repeating: 0.0, count: bars.count)
    for stretch in experiment.backtest.timeline.stretches where stretch.segment == 0 {
      for decision in stretch.decisions {
        held[decision + 1 - bars.lowerBound] = experiment.backtest.returns.earned[decision + 1]
      }
    }
    return held
  }
}
