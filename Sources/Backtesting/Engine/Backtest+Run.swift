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

  func advance() { blocksDone.wrappingAdd(1, ordering: .relaxed) }
}

extension Backtest {
  /// Tallies every strategy over every stretch of the timeline.
  ///
  /// The result depends on the strategies, the market and the options alone, not on threads.
  public func run(_ strategies: StrategySet, progress: RunProgress = RunProgress()) -> TallyTable {
    switch kernel {
    case .reference: runReference(strategies, progress: progress)
    case .fused where precision == .single: runFused(strategies, as: Float.self, progress: progress)
    case .fused: runFused(strategies, as: Double.self, progress: progress)
    }
  }

  private func runFused<Scalar: KernelScalar>(
    _ strategies: StrategySet, as scalar: Scalar.Type, progress: RunProgress
  ) -> TallyTable {
    let kernel = FusedKernel<Scalar>(
      source: scoreSource(of: strategies), direction: strategies.direction, hasStops: strategies.hasStops,
      returns: returns, cost: cost, timeline: timeline)
    let count = strategies.count
    let tallies = DisjointSlots.fill(count: timeline.stretches.count * count, repeating: Tally()) { slots in
      Workers.forEach(items: TilePlan.blocks(strategies: count), threads: threads) {
        progress.isCancelled()
      } makeState: {
        Worker<Scalar>(featureCount: kernel.source.featureCount)
      } body: { worker, number in
        strategies.fill(&worker.block, number: number)
        let first = worker.block.firstStrategy
        kernel.account(worker.block, in: &worker.workspace) { stretch, lane, tally in
          slots.write(tally, at: stretch * count + first + lane)
        }
        progress.advance()
      }
    }
    return TallyTable(timeline: timeline, count: count, tallies: tallies)
  }

  private func scoreSource<Scalar>(of strategies: StrategySet) -> ScoreSource<Scalar> {
    switch strategies.columns {
    case .coinFlips(let seed, let probability, _):
      .coinFlips(seed: seed, threshold: CoinFlips.threshold(probability: probability))
    case .signals(let signals):
      .signals(SignalMatrix(signals: signals, indices: signalIndices(length: signals.first?.count ?? 0)))
    case .linear, .grid:
      .product(
        FeatureMatrix(count: strategies.features.count, bars: market.count, threads: threads) {
          [market, features = strategies.features] in FeatureColumns.compute(Array(features[$0]), in: market)
        })
    }
  }
}

/// What one worker of the fused kernel keeps from block to block.
private struct Worker<Scalar: KernelScalar>: ~Copyable {
  var block: StrategyBlock
  var workspace = TileWorkspace<Scalar>()

  init(featureCount: Int) {
    block = StrategyBlock(featureCount: featureCount)
  }
}
