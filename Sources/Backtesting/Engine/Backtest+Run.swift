import Kernels
import Synchronization

/// How far a run has come, read by whoever shows it while the workers count, and whether it should go on.
public final class RunProgress: Sendable {
  private let blocksDone = Atomic(0)
  /// Asked before each block; once true, the run ends early and its results are incomplete.
  public let isCancelled: @Sendable () -> Bool

  public init(isCancelled: @escaping @Sendable () -> Bool = { false }) {
    self.isCancelled = isCancelled
  }

  /// Blocks of strategies that are done.
  public var done: Int { blocksDone.load(ordering: .relaxed) }

  /// Counts one more block, or whatever the work is counted in, as done.
  public func advance() { blocksDone.wrappingAdd(1, ordering: .relaxed) }
}

extension Backtest {
  /// Tallies every strategy over every segment of the timeline.
  ///
  /// The result depends on the strategies, the market and the options alone, not on threads.
  ///
  /// - Parameter observe: told of the tallies of each block of strategies, stretch by stretch, before they are merged to
  ///   those of segments; from many threads, blocks in any order.
  public func run(
    _ strategies: StrategySet, progress: RunProgress = RunProgress(),
    observe: (@Sendable (BlockTallies) -> Void)? = nil
  ) -> TallyTable {
    let prepared = PreparedStrategies(strategies, under: self)
    return prepared.run(prepared.blocks, progress: progress, observe: observe)
  }

  /// Calls `body` with the tallies of every block of strategies, none of which are kept.
  ///
  /// Blocks come in any order and from many threads; each worker makes its own state. A run that is cancelled leaves the
  /// remaining blocks out.
  public func forEachBlock<State: ~Copyable>(
    of strategies: StrategySet, progress: RunProgress = RunProgress(), makeState: @Sendable () -> State,
    body: @Sendable (inout State, BlockTallies) -> Void
  ) {
    let prepared = PreparedStrategies(strategies, under: self)
    prepared.forEachBlock(prepared.blocks, progress: progress, makeState: makeState, body: body)
  }

  func forEachFusedBlock<Scalar: KernelScalar, State: ~Copyable>(
    _ blocks: [Int], of strategies: StrategySet, _ kernel: FusedKernel<Scalar>, _ progress: RunProgress,
    makeState: @Sendable () -> State, body: @Sendable (inout State, BlockTallies) -> Void
  ) {
    Workers.forEach(items: blocks.count, threads: threads) {
      progress.isCancelled()
    } makeState: {
      TallyWorker(
        state: makeState(), engine: FusedWorker<Scalar>(featureCount: kernel.source.featureCount),
        tallies: BlockTallies(stretches: timeline.stretches.count))
    } body: { worker, item in
      strategies.fill(&worker.engine.block, number: blocks[item])
      worker.tallies.firstStrategy = worker.engine.block.firstStrategy
      worker.tallies.count = worker.engine.block.count
      kernel.account(worker.engine.block, in: &worker.engine.workspace, into: &worker.tallies.tallies)
      body(&worker.state, worker.tallies)
      progress.advance()
    }
  }

  /// The fused kernel for `strategies`, with room for some of their features and none of them made.
  func fusedKernel<Scalar: KernelScalar>(
    for strategies: StrategySet, rows: Int, as scalar: Scalar.Type
  ) -> FusedKernel<Scalar> {
    FusedKernel<Scalar>(
      source: scoreSource(of: strategies, rows: rows), direction: strategies.direction,
      hasStops: strategies.hasStops, returns: returns, cost: cost, costBar: costBar, timeline: timeline)
  }

  private func scoreSource<Scalar>(of strategies: StrategySet, rows: Int) -> ScoreSource<Scalar> {
    switch strategies.columns {
    case .coinFlips(let seed, let probability, _):
      .coinFlips(seed: seed, threshold: CoinFlips.threshold(probability: probability))
    case .signals(let signals):
      .signals(SignalMatrix(signals: signals, indices: signalIndices(length: signals.length)))
    case .linear, .grid:
      .product(FeatureMatrix(rows: rows, of: strategies.features.count, bars: market.count))
    }
  }
}

extension FusedKernel {
  /// Makes those of the features with these numbers that it does not hold.
  mutating func hold(_ features: [Int], of strategies: StrategySet, from sums: MarketSums, threads: Int) {
    let all = strategies.features
    hold(features, threads: threads) { numbers in
      FeatureColumns.compute(numbers.map { all[$0] }, from: sums)
    }
  }
}

/// What a worker that tallies keeps from block to block.
struct TallyWorker<State: ~Copyable, Engine: ~Copyable>: ~Copyable {
  var state: State
  var engine: Engine
  var tallies: BlockTallies
}

/// The fused kernel's part of a worker.
struct FusedWorker<Scalar: KernelScalar>: ~Copyable {
  var block: StrategyBlock
  var workspace = TileWorkspace<Scalar>()

  init(featureCount: Int) {
    block = StrategyBlock(featureCount: featureCount)
  }
}
