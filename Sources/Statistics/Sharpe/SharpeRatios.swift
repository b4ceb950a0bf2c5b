import Kernels
import Synchronization

/// The Sharpe ratios of many strategies over the same bars.
public enum SharpeRatios {
  /// The Sharpe ratio per bar of each strategy.
  ///
  /// Formula: the mean over the standard deviation (n - 1) of x - b, with b the benchmark's returns.
  ///
  /// Shapes and units: by strategy, per bar.
  ///
  /// Edge cases: NaN for a strategy with a return that is not finite, and without variance as ``MeanReturn`` has it.
  ///
  /// - Parameter benchmark: returns by bar that are subtracted from every strategy's.
  /// - Precondition: a benchmark for each bar.
  public static func all(
    of returns: some ReturnSource, benchmark: [Double]? = nil, threads: Int = 1
  ) -> [Double] {
    MeasuredReturns(returns, benchmark: benchmark).sharpes(threads: threads)
  }
}

/// A source of which each tile that is looked at, for whatever reason, is measured too: a look less for the Sharpe ratios.
public struct MeasuredReturns<Whole: ReturnSource>: DerivedReturns {
  /// What is measured.
  public let whole: Whole
  private let benchmark: [Double]?
  private let found: SharpesByTile

  /// See ``SharpeRatios/all(of:benchmark:threads:)``.
  ///
  /// - Precondition: a benchmark for each bar.
  public init(_ whole: Whole, benchmark: [Double]? = nil) {
    precondition(benchmark.map { $0.count == whole.bars } ?? true, "a benchmark for each bar")
    self.whole = whole
    self.benchmark = benchmark
    found = SharpesByTile(count: ReturnTile.tiles(strategies: whole.strategies))
  }

  public func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    whole.forEachTile(chosen, threads: threads) {
      MeasuringState(state: makeState(), measure: SharpeMeasure(width: tileWidth))
    } body: { measuring, tile in
      if !found.has(tile.number) {
        found.set(tile.number, measuring.measure.sharpes(of: tile, benchmark: benchmark, bars: bars))
      }
      body(&measuring.state, tile)
    }
  }

  /// Those of all strategies, of which tiles that were not looked at yet are now.
  ///
  /// Edge cases: NaN also for strategies of which the source hands out no tile.
  public func sharpes(threads: Int = 1) -> [Double] {
    let missing = found.missing
    if !missing.isEmpty { forEachTile(missing, threads: threads, makeState: {}, body: { _, _ in }) }
    var sharpes = Array(repeating: Double.nan, count: strategies)
    for (number, ofTile) in found.all.enumerated() {
      for (lane, sharpe) in (ofTile ?? []).enumerated() { sharpes[number * ReturnTile.width + lane] = sharpe }
    }
    return sharpes
  }
}

/// What somebody else's look needs, and what measures beside it.
private struct MeasuringState<State: ~Copyable>: ~Copyable {
  var state: State
  var measure: SharpeMeasure
}

/// Memory for the Sharpe ratios of one tile after the other.
private struct SharpeMeasure: ~Copyable {
  private var excess: [Double] = []
  private var columns: ColumnStatistics

  init(width: Int) { columns = ColumnStatistics(width: width) }

  mutating func sharpes(of tile: ReturnTile, benchmark: [Double]?, bars: Int) -> [Double] {
    if let benchmark {
      TileRows.subtract(benchmark, from: tile.values, width: tile.columns, into: &excess)
    }
    let values = benchmark == nil ? tile.values : excess
    // Of blocks of one bar, ω is the deviation with n.
    let scale = (Double(bars - 1) / Double(bars)).squareRoot()
    columns.measure(values, bars: bars, meanBlockLength: 1)
    return (0..<tile.count).map { lane in
      let mean = columns.mean(lane, of: values, bars: bars)
      return mean.hasVariance && bars > 1 ? mean.mean / mean.longRunDeviation * scale : .nan
    }
  }
}

/// The Sharpe ratios of each tile that was measured, by whichever thread.
private final class SharpesByTile: Sendable {
  private let tiles: Mutex<[[Double]?]>

  init(count: Int) { tiles = Mutex(Array(repeating: nil, count: count)) }

  var all: [[Double]?] { tiles.withLock { $0 } }
  var missing: [Int] {
    let all = all
    return all.indices.filter { all[$0] == nil }
  }

  func has(_ number: Int) -> Bool { tiles.withLock { $0[number] != nil } }
  func set(_ number: Int, _ sharpes: [Double]) { tiles.withLock { $0[number] = sharpes } }
}
