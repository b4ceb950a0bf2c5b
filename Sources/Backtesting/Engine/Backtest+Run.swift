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
  /// Told of one tally: which strategy, over which stretch of the timeline.
  public typealias Observer = @Sendable (_ strategy: Int, _ stretch: Int, _ tally: Tally) -> Void

  /// Tallies every strategy over every segment of the timeline.
  ///
  /// The result depends on the strategies, the market and the options alone, not on threads.
  ///
  /// - Parameter observe: told of the tally of every stretch as it is made, before it is merged into that of its
  ///   segment. Stretches of one strategy come in the order of time, strategies in any order and from many threads, but
  ///   the 64 of a block from one.
  public func run(
    _ strategies: StrategySet, progress: RunProgress = RunProgress(), observe: Observer? = nil
  ) -> TallyTable {
    let count = strategies.count
    let tallies = DisjointSlots.fill(count: timeline.segments.count * count, repeating: Tally()) { slots in
      let collector = TallyCollector(timeline: timeline, count: count, slots: slots, observe: observe)
      switch kernel {
      case .reference: runReference(strategies, into: collector, progress: progress)
      case .fused where precision == .single:
        runFused(strategies, as: Float.self, into: collector, progress: progress)
      case .fused: runFused(strategies, as: Double.self, into: collector, progress: progress)
      }
    }
    return TallyTable(timeline: timeline, count: count, tallies: tallies)
  }

  private func runFused<Scalar: KernelScalar>(
    _ strategies: StrategySet, as scalar: Scalar.Type, into collector: TallyCollector, progress: RunProgress
  ) {
    let kernel = fusedKernel(for: strategies, as: scalar)
    Workers.forEach(items: TilePlan.blocks(strategies: strategies.count), threads: threads) {
      progress.isCancelled()
    } makeState: {
      FusedWorker<Scalar>(featureCount: kernel.source.featureCount)
    } body: { worker, number in
      strategies.fill(&worker.block, number: number)
      let first = worker.block.firstStrategy
      kernel.account(worker.block, in: &worker.workspace) { stretch, lane, tally in
        collector.take(tally, of: first + lane, stretch: stretch, merging: &worker.merged[lane])
      }
      progress.advance()
    }
  }

  /// The fused kernel for `strategies` under this backtest.
  func fusedKernel<Scalar: KernelScalar>(
    for strategies: StrategySet, as scalar: Scalar.Type
  ) -> FusedKernel<Scalar> {
    FusedKernel<Scalar>(
      source: scoreSource(of: strategies), direction: strategies.direction, hasStops: strategies.hasStops,
      returns: returns, cost: cost, timeline: timeline)
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

/// Merges the tallies of stretches to those of segments, and keeps these.
struct TallyCollector: Sendable {
  let timeline: Timeline
  let count: Int
  let slots: DisjointSlots<Tally>
  let observe: Backtest.Observer?

  /// Takes the next stretch of `strategy`; `merged` is what the segment has come to so far.
  func take(_ tally: Tally, of strategy: Int, stretch number: Int, merging merged: inout Tally) {
    observe?(strategy, number, tally)
    let stretch = timeline.stretches[number]
    let stretches = timeline.stretchesOfSegment[stretch.segment]
    merged = number == stretches.lowerBound ? tally : merged.merging(tally)
    if number == stretches.upperBound - 1 { slots.write(merged, at: stretch.segment * count + strategy) }
  }
}

/// What one worker of the fused kernel keeps from block to block.
struct FusedWorker<Scalar: KernelScalar>: ~Copyable {
  var block: StrategyBlock
  var workspace = TileWorkspace<Scalar>()
  /// By lane, the tally of the segment so far.
  var merged = Array(repeating: Tally(), count: StrategyBlock.lanes)

  init(featureCount: Int) {
    block = StrategyBlock(featureCount: featureCount)
  }
}
