import Kernels

extension Backtest {
  /// The net returns of up to 64 strategies over one segment.
  public struct NetReturns: Sendable {
    /// The number of the first strategy.
    public var firstStrategy = 0
    /// Strategies in it.
    public var count = 0
    /// Bars × ``StrategyBlock/lanes``, a row a bar, 0 in unused lanes.
    public var values: [Double] = []
    /// For each lane its mean position over the segment's decisions: 1 for one that is always long.
    public var exposures: [Double] = Array(repeating: 0, count: StrategyBlock.lanes)
  }

  /// Calls `body` with the net returns of every block of strategies over segment `segment`: those that the tallies of
  /// ``run(_:progress:observe:)`` sum.
  ///
  /// Blocks come in any order and from `threads` threads, by default those of the backtest; each worker makes its own
  /// state and keeps the memory of one block.
  /// A run that is cancelled leaves the remaining blocks out.
  public func forEachNetReturns<State: ~Copyable>(
    of strategies: StrategySet, segment: Int, threads: Int? = nil, progress: RunProgress = RunProgress(),
    makeState: @Sendable () -> State, body: @Sendable (inout State, NetReturns) -> Void
  ) {
    PreparedStrategies(strategies, under: self).forEachNetReturns(
      segment: segment, threads: threads, progress: progress, makeState: makeState, body: body)
  }

  private struct ReturnsWorker<State: ~Copyable, Engine: ~Copyable>: ~Copyable {
    var state: State
    var engine: Engine
    var returns: NetReturns
  }

  /// How many decisions a segment has.
  private func decisions(in segment: Int) -> Double {
    let count = timeline.stretchesOfSegment[segment].reduce(0) { $0 + timeline.stretches[$1].decisions.count }
    // A segment without decisions has no positions either.
    return Double(max(count, 1))
  }

  private func noReturns(segment: Int) -> NetReturns {
    let cells = timeline.segments[segment].bars.count * StrategyBlock.lanes
    return NetReturns(values: Array(repeating: 0, count: cells))
  }

  func forEachFusedReturns<Scalar: KernelScalar, State: ~Copyable>(
    _ chosen: [Int], of strategies: StrategySet, _ kernel: FusedKernel<Scalar>, _ segment: Int,
    _ threads: Int, _ progress: RunProgress,
    makeState: @Sendable () -> State, body: @Sendable (inout State, NetReturns) -> Void
  ) {
    let decisions = decisions(in: segment)
    Workers.forEach(items: chosen.count, threads: threads) {
      progress.isCancelled()
    } makeState: {
      ReturnsWorker(
        state: makeState(), engine: FusedWorker<Scalar>(featureCount: kernel.source.featureCount),
        returns: noReturns(segment: segment))
    } body: { worker, item in
      strategies.fill(&worker.engine.block, number: chosen[item])
      worker.returns.firstStrategy = worker.engine.block.firstStrategy
      worker.returns.count = worker.engine.block.count
      let positions = kernel.netReturns(
        of: worker.engine.block, segment: segment, in: &worker.engine.workspace,
        into: &worker.returns.values)
      for lane in positions.indices { worker.returns.exposures[lane] = positions[lane] / decisions }
      body(&worker.state, worker.returns)
      progress.advance()
    }
  }

  func forEachReferenceReturns<State: ~Copyable>(
    _ chosen: [Int], of strategies: StrategySet, _ columns: [[Double]], _ segment: Int, _ threads: Int,
    _ progress: RunProgress,
    makeState: @Sendable () -> State, body: @Sendable (inout State, NetReturns) -> Void
  ) {
    let bars = timeline.segments[segment].bars
    let decisions = decisions(in: segment)
    let lanes = StrategyBlock.lanes
    Workers.forEach(items: chosen.count, threads: threads) {
      progress.isCancelled()
    } makeState: {
      ReturnsWorker(state: makeState(), engine: (), returns: noReturns(segment: segment))
    } body: { worker, item in
      let number = chosen[item]
      worker.returns.firstStrategy = number * lanes
      worker.returns.count = min(lanes, strategies.count - number * lanes)
      for lane in 0..<lanes {
        let path =
          lane < worker.returns.count
          ? path(of: number * lanes + lane, in: strategies) { columns[$0] } : nil
        for row in 0..<bars.count {
          worker.returns.values[row * lanes + lane] = path?.netReturns[bars.lowerBound + row] ?? 0
        }
        let positions = path?.positions[bars].reduce(0, +) ?? 0
        worker.returns.exposures[lane] = Double(positions) / decisions
      }
      body(&worker.state, worker.returns)
      progress.advance()
    }
  }
}
