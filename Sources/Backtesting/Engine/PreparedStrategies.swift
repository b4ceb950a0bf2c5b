import Kernels
import Synchronization

/// Strategies under one backtest, with what its kernel needs of them made once: for whoever runs them part by part.
///
/// Features are computed when the first part is run, and kept.
public final class PreparedStrategies: Sendable {
  /// How the strategies are run.
  public let backtest: Backtest
  /// What is run.
  public let strategies: StrategySet
  private let made = Mutex<Engine?>(nil)

  /// What the kernel that was chosen needs.
  enum Engine: Sendable {
    /// For each feature its values.
    case reference([[Double]])
    case single(FusedKernel<Float>)
    case double(FusedKernel<Double>)
  }

  /// `strategies` under `backtest`; nothing is computed yet.
  public init(_ strategies: StrategySet, under backtest: Backtest) {
    self.strategies = strategies
    self.backtest = backtest
  }

  var engine: Engine {
    made.withLock { made in
      if let made { return made }
      let engine: Engine =
        switch backtest.kernel {
        case .reference: .reference(FeatureColumns.compute(strategies.features, in: backtest.market))
        case .fused where backtest.precision == .single:
          .single(backtest.fusedKernel(for: strategies, as: Float.self))
        case .fused: .double(backtest.fusedKernel(for: strategies, as: Double.self))
        }
      made = engine
      return engine
    }
  }

  /// The blocks of 64 strategies that there are, the last one padded.
  public var blocks: Range<Int> { 0..<TilePlan.blocks(strategies: strategies.count) }

  /// The strategies of `blocks`.
  public func strategies(in blocks: Range<Int>) -> Range<Int> {
    let width = TilePlan.strategiesPerBlock
    let end = min(blocks.upperBound * width, strategies.count)
    return min(blocks.lowerBound * width, end)..<end
  }

  /// Calls `body` with the tallies of every block of `blocks`, none of which are kept; see
  /// ``Backtest/forEachBlock(of:progress:makeState:body:)``.
  public func forEachBlock<State: ~Copyable>(
    _ blocks: Range<Int>, progress: RunProgress = RunProgress(), makeState: @Sendable () -> State,
    body: @Sendable (inout State, BlockTallies) -> Void
  ) {
    switch engine {
    case .reference(let columns):
      backtest.forEachReferenceBlock(
        blocks, of: strategies, columns, progress, makeState: makeState, body: body)
    case .single(let kernel):
      backtest.forEachFusedBlock(blocks, of: strategies, kernel, progress, makeState: makeState, body: body)
    case .double(let kernel):
      backtest.forEachFusedBlock(blocks, of: strategies, kernel, progress, makeState: makeState, body: body)
    }
  }

  /// Tallies the strategies of `blocks` over every segment of the timeline; see
  /// ``Backtest/run(_:progress:observe:)``.
  public func run(
    _ blocks: Range<Int>, progress: RunProgress = RunProgress(),
    observe: (@Sendable (BlockTallies) -> Void)? = nil
  ) -> TallyTable {
    let range = strategies(in: blocks)
    let count = range.count
    let timeline = backtest.timeline
    let tallies = DisjointSlots.fill(count: timeline.segments.count * count, repeating: Tally()) { slots in
      forEachBlock(blocks, progress: progress) {
        0
      } body: { _, block in
        for (segment, stretches) in timeline.stretchesOfSegment.enumerated() {
          let start = segment * count + block.firstStrategy - range.lowerBound
          for lane in 0..<block.count {
            slots.write(block.merged(lane: lane, stretches: stretches), at: start + lane)
          }
        }
        observe?(block)
      }
    }
    return TallyTable(timeline: timeline, firstStrategy: range.lowerBound, count: count, tallies: tallies)
  }

  /// Calls `body` with the net returns of some blocks of strategies over segment `segment`: those that the tallies of
  /// ``run(_:progress:observe:)`` sum.
  ///
  /// Blocks come in any order and from `threads` threads, by default those of the backtest; each worker makes its own
  /// state and keeps the memory of one block.
  /// A run that is cancelled leaves the remaining blocks out.
  ///
  /// - Parameter chosen: the numbers of the blocks; all unless said.
  public func forEachNetReturns<State: ~Copyable>(
    _ chosen: [Int]? = nil, segment: Int, threads: Int? = nil, progress: RunProgress = RunProgress(),
    makeState: @Sendable () -> State, body: @Sendable (inout State, Backtest.NetReturns) -> Void
  ) {
    let chosen = chosen ?? Array(blocks)
    let threads = threads ?? backtest.threads
    switch engine {
    case .reference(let columns):
      backtest.forEachReferenceReturns(
        chosen, of: strategies, columns, segment, threads, progress, makeState: makeState, body: body)
    case .single(let kernel):
      backtest.forEachFusedReturns(
        chosen, of: strategies, kernel, segment, threads, progress, makeState: makeState, body: body)
    case .double(let kernel):
      backtest.forEachFusedReturns(
        chosen, of: strategies, kernel, segment, threads, progress, makeState: makeState, body: body)
    }
  }
}
