import Kernels
import Synchronization

/// Strategies under one backtest, with what its kernel needs of them made once: for whoever runs them part by part.
///
/// Features are computed when the first part is run, and kept. Where they would not all fit into memory, those are that
/// some blocks need, and others in their place when their turn comes: see ``FeatureGroup``.
public final class PreparedStrategies: Sendable {
  /// How the strategies are run.
  public let backtest: Backtest
  /// What is run.
  public let strategies: StrategySet
  private let sums: MarketSums
  private let featureMemory: Int
  private let made = Mutex(Made())

  /// What the kernel that was chosen needs.
  private enum Engine {
    /// For each feature its values, none where they are not held.
    case reference([[Double]])
    case single(FusedKernel<Float>)
    case double(FusedKernel<Double>)
  }

  /// What has been made of it: each is changed where it stands, since features that have a second owner are copied.
  private struct Made {
    var columns: [[Double]] = []
    var single: FusedKernel<Float>?
    var double: FusedKernel<Double>?
  }

  /// `strategies` under `backtest`; nothing is computed yet.
  public convenience init(_ strategies: StrategySet, under backtest: Backtest) {
    self.init(strategies, under: backtest, featureMemory: FeatureGroup.memory)
  }

  /// - Parameter featureMemory: bytes that features may take at a time.
  init(_ strategies: StrategySet, under backtest: Backtest, featureMemory: Int) {
    self.strategies = strategies
    self.backtest = backtest
    sums = MarketSums(backtest.market)
    self.featureMemory = featureMemory
  }

  /// Calls `body` with groups of `blocks` and the engine that holds their features.
  private func forEachGroup(of blocks: [Int], _ progress: RunProgress, body: (FeatureGroup, Engine) -> Void) {
    let size = backtest.precision == .single ? MemoryLayout<Float>.stride : MemoryLayout<Double>.stride
    let groups = FeatureGroup.cut(
      blocks, of: strategies, bytesPerFeature: backtest.market.count * size, memory: featureMemory)
    let rows = groups.map(\.features.count).max() ?? 0
    for group in groups where !progress.isCancelled() { body(group, engine(for: group, rows: rows)) }
  }

  /// The engine with the features of a group; those that it does not hold yet are made.
  ///
  /// - Parameter rows: features for which there is to be room.
  private func engine(for group: FeatureGroup, rows: Int) -> Engine {
    made.withLock { made in
      switch (backtest.kernel, backtest.precision) {
      case (.reference, _):
        hold(group.features, in: &made.columns)
        return .reference(made.columns)
      case (.fused, .single):
        return .single(hold(group.features, rows: rows, in: &made.single))
      case (.fused, .double):
        return .double(hold(group.features, rows: rows, in: &made.double))
      }
    }
  }

  private func hold<Scalar>(
    _ features: [Int], rows: Int, in kernel: inout FusedKernel<Scalar>?
  ) -> FusedKernel<Scalar> {
    if (kernel?.source.rows ?? -1) < rows {
      // First what is there: both may not fit into memory.
      kernel = nil
      kernel = backtest.fusedKernel(for: strategies, rows: rows, as: Scalar.self)
    }
    kernel?.hold(features, of: strategies, from: sums, threads: backtest.threads)
    guard let kernel else { preconditionFailure("made above") }
    return kernel
  }

  /// The same for the reference: a column for each feature that is wanted, none for the others.
  private func hold(_ wanted: [Int], in columns: inout [[Double]]) {
    let all = strategies.features
    if columns.isEmpty { columns = Array(repeating: [], count: all.count) }
    for feature in Set(columns.indices).subtracting(wanted) { columns[feature] = [] }
    let missing = wanted.filter { columns[$0].isEmpty }
    let computed = FeatureColumns.compute(missing.map { all[$0] }, from: sums)
    for (feature, column) in zip(missing, computed) { columns[feature] = column }
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
    forEachBlock(Array(blocks), progress: progress, makeState: makeState, body: body)
  }

  /// The same for the blocks with the numbers `chosen`.
  public func forEachBlock<State: ~Copyable>(
    _ chosen: [Int], progress: RunProgress = RunProgress(), makeState: @Sendable () -> State,
    body: @Sendable (inout State, BlockTallies) -> Void
  ) {
    forEachGroup(of: chosen, progress) { group, engine in
      switch engine {
      case .reference(let columns):
        backtest.forEachReferenceBlock(
          group.blocks, of: strategies, columns, progress, makeState: makeState, body: body)
      case .single(let kernel):
        backtest.forEachFusedBlock(
          group.blocks, of: strategies, kernel, progress, makeState: makeState, body: body)
      case .double(let kernel):
        backtest.forEachFusedBlock(
          group.blocks, of: strategies, kernel, progress, makeState: makeState, body: body)
      }
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
    let segments = timeline.segments.indices
    @Sendable func places(of strategies: Range<Int>, _ segment: Int) -> Range<Int> {
      let start = segment * count - range.lowerBound
      return start + strategies.lowerBound..<start + strategies.upperBound
    }
    let tallies = DisjointSlots.fill(count: segments.count * count, leftOut: Tally()) { slots in
      let isDone = DisjointSlots.fill(count: blocks.count, repeating: false) { isDone in
        forEachBlock(blocks, progress: progress) {
          0
        } body: { _, block in
          let strategies = block.firstStrategy..<block.firstStrategy + block.count
          for (segment, stretches) in timeline.stretchesOfSegment.enumerated() {
            block.write(stretches: stretches, to: slots, from: places(of: strategies, segment).lowerBound)
          }
          isDone.write(true, at: block.firstStrategy / TilePlan.strategiesPerBlock - blocks.lowerBound)
          observe?(block)
        }
      }
      // A run that was cancelled left some out.
      return zip(blocks, isDone).filter { !$1 }.flatMap { block, _ in
        segments.map { places(of: strategies(in: block..<block + 1), $0) }
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
  /// - Parameters:
  ///   - chosen: the numbers of the blocks; all unless said.
  ///   - withPositions: whether the positions that earn the returns follow them.
  public func forEachNetReturns<State: ~Copyable>(
    _ chosen: [Int]? = nil, segment: Int, withPositions: Bool = false, threads: Int? = nil,
    progress: RunProgress = RunProgress(),
    makeState: @Sendable () -> State, body: @Sendable (inout State, Backtest.NetReturns) -> Void
  ) {
    let threads = threads ?? backtest.threads
    forEachGroup(of: chosen ?? Array(blocks), progress) { group, engine in
      switch engine {
      case .reference(let columns):
        backtest.forEachReferenceReturns(
          group.blocks, of: strategies, columns, segment, withPositions: withPositions, threads, progress,
          makeState: makeState, body: body)
      case .single(let kernel):
        backtest.forEachFusedReturns(
          group.blocks, of: strategies, kernel, segment, withPositions: withPositions, threads, progress,
          makeState: makeState, body: body)
      case .double(let kernel):
        backtest.forEachFusedReturns(
          group.blocks, of: strategies, kernel, segment, withPositions: withPositions, threads, progress,
          makeState: makeState, body: body)
      }
    }
  }
}
