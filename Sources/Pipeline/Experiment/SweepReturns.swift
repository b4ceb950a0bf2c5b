import Backtesting
import Statistics
import Stores

/// The net returns of a sweep's strategies over the training bars, made whenever they are looked at.
struct SweepReturns: ReturnSource {
  let experiment: Experiment
  let interruption: Interruption
  /// Of the market of which each strategy's exposure is taken out; `nil` where none is.
  let timing: MarketTiming?

  var bars: Int { experiment.training.bars.count }
  var strategies: Int { experiment.strategies.count }

  func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    let progress = RunProgress { interruption.isRequested }
    experiment.prepared.forEachNetReturns(
      chosen, segment: 0, withPositions: timing != nil, threads: threads, progress: progress,
      makeState: makeState
    ) { state, returns in
      var tile = ReturnTile(bars: 0)
      tile.number = returns.firstStrategy / ReturnTile.width
      tile.count = returns.count
      if let timing {
        let cells = bars * tile.columns
        tile.values = Array(returns.values[..<cells])
        timing.time(&tile, positions: returns.values[cells...])
      } else {
        tile.values = returns.values
      }
      body(&state, tile)
    }
  }
}

extension SweepReturns {
  /// The returns that are tested against the benchmark.
  init(tested experiment: Experiment, interruption: Interruption) {
    let isExposure = experiment.configuration.statistics.benchmark == .exposure
    self.init(
      experiment: experiment, interruption: interruption, timing: isExposure ? experiment.timing : nil)
  }
}

extension Experiment {
  /// What the strategies have to beat, a return a bar; `nil` for 0.
  var benchmark: [Double]? { configuration.statistics.benchmark == .market ? holding : nil }

  /// Of the market over the bars of training that a strategy can earn.
  var timing: MarketTiming {
    let bars = training.bars
    var isEarning = Array(repeating: false, count: bars.count)
    for stretch in backtest.timeline.stretches where stretch.segment == 0 {
      for decision in stretch.decisions { isEarning[decision + 1 - bars.lowerBound] = true }
    }
    return MarketTiming(market: holding) { isEarning[$0] }
  }

  /// What holding the market earns on every bar of training that a strategy can earn, as the kernel that runs has it.
  var holding: [Double] {
    let bars = training.bars
    var held = Array(repeating: 0.0, count: bars.count)
    for stretch in backtest.timeline.stretches where stretch.segment == 0 {
      for decision in stretch.decisions {
        let earned = backtest.returns.earned[decision + 1]
        // Otherwise a strategy that is always in the market would differ from it by the rounding of returns.
        let isRounded = backtest.kernel == .fused && backtest.precision == .single
        held[decision + 1 - bars.lowerBound] = isRounded ? Double(Float(earned)) : earned
      }
    }
    return held
  }
}
