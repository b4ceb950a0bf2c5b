import Kernels

extension Backtest {
  /// The net returns of up to 64 strategies over one segment.
  public struct NetReturns: Sendable {
    /// The number of the first strategy.
    public var firstStrategy = 0
    /// Strategies in it.
    public var count = 0
    /// Bars × ``StrategyBlock/lanes``, a row a bar, 0 in unused lanes. Where positions are asked for, as many rows
    /// follow with the position that earns each return: 1 long, -1 short, 0 on bars that earn nothing.
    public var values: [Double] = []
  }

  /// Calls `body` with the net returns of every block of strategies over segment `segment`: those that the tallies of
  /// ``run(_:progress:observe:)`` sum.
  ///
  /// Blocks come in any order and from `threads` threads, by default those of the backtest; each worker makes its own
  /// state and keeps the memory of one block.
  /// A run that is cancelled leaves the remaining blocks out.
  public func forEachNetReturns<State: ~Copyable>(
    of strategies: StrategySet, segment: Int, withPositions: Bool = false, threads: Int? = nil,
    progress: RunProgress = RunProgress(),
    makeState: @Sendable () -> State, body: @Sendable (inout State, NetReturns) -> Void
  ) {
    PreparedStrategies(strategies, under: self).forEachNetReturns(
      segment: segment, withPositions: withPositions, threads: threads, progress: progress,
      makeState: makeState, body: body)
  }

  private struct ReturnsWorker<State: ~Copyable, Engine: ~Copyable>: ~Copyable {
    var state: State
    var engine: Engine
    var returns: NetReturns
  }

  private func noReturns(segment: Int, withPositions: Bool) -> NetReturns {
    let cells = timeline.segments[segment].bars.count * StrategyBlock.lanes
    return NetReturns(values: Array(repeating: 0, count: withPositions ? 2 * cells : cells))
  }

  func forEachFusedReturns<Scalar: KernelScalar, State: ~Copyable>(
    _ chosen: [Int], of strategies: StrategySet, _ kernel: FusedKernel<Scalar>, _ segment: Int,
    withPositions: Bool, _ threads: Int, _ progress: RunProgress,
    makeState: @Sendable () -> State, body: @Sendable (inout State, NetReturns) -> Void
  ) {
    Workers.forEach(items: chosen.count, threads: threads) {
      progress.isCancelled()
    } makeState: {
      ReturnsWorker(
        state: makeState(), engine: FusedWorker<Scalar>(featureCount: kernel.source.featureCount),
        returns: noReturns(segment: segment, withPositions: withPositions))
    } body: { worker, item in
      strategies.fill(&worker.engine.block, number: chosen[item])
      worker.returns.firstStrategy = worker.engine.block.firstStrategy
      worker.returns.count = worker.engine.block.count
      kernel.netReturns(
        of: worker.engine.block, segment: segment, in: &worker.engine.workspace,
        into: &worker.returns.values)
      body(&worker.state, worker.returns)
      progress.advance()
    }
  }

  func forEachReferenceReturns<State: ~Copyable>(
    _ chosen: [Int], of strategies: StrategySet, _ columns: [[Double]], _ segment: Int,
    withPositions: Bool, _ threads: Int, _ progress: RunProgress,
    makeState: @Sendable () -> State, body: @Sendable (inout State, NetReturns) -> Void
  ) {
    let bars = timeline.segments[segment].bars
    let lanes = StrategyBlock.lanes
    let cells = bars.count * lanes
    Workers.forEach(items: chosen.count, threads: threads) {
      progress.isCancelled()
    } makeState: {
      ReturnsWorker(
        state: makeState(), engine: (), returns: noReturns(segment: segment, withPositions: withPositions))
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
        guard withPositions else { continue }
        for stretch in timeline.stretchesOfSegment[segment] {
          for decision in timeline.stretches[stretch].decisions {
            worker.returns.values[cells + (decision + 1 - bars.lowerBound) * lanes + lane] =
              Double(path?.positions[decision] ?? 0)
          }
        }
      }
      body(&worker.state, worker.returns)
      progress.advance()
    }
  }
}
