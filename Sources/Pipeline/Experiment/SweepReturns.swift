import Backtesting
import Statistics
import Stores

/// The net returns of a sweep's strategies over the training bars, made whenever they are looked at.
struct SweepReturns: ReturnSource {
  let experiment: Experiment
  let interruption: Interruption

  var bars: Int { experiment.training.bars.count }
  var strategies: Int { experiment.strategies.count }

  func forEachTile<State: ~Copyable>(
    threads: Int, makeState: @Sendable () -> State, body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    let progress = RunProgress { interruption.isRequested }
    experiment.backtest.forEachNetReturns(
      of: experiment.strategies, segment: 0, threads: threads, progress: progress, makeState: makeState
    ) { state, returns in
      var tile = ReturnTile(bars: 0)
      tile.number = returns.firstStrategy / ReturnTile.width
      tile.count = returns.count
      tile.values = returns.values
      body(&state, tile)
    }
  }
}
