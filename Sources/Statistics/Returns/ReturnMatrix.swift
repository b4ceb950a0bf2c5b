import Kernels

/// A matrix of returns in memory, as somebody brings it along.
public struct ReturnMatrix: ReturnSource, Equatable {
  public let bars: Int
  public let strategies: Int
  /// Bars × strategies, the strategies of a bar side by side, as fractions.
  public let values: [Double]

  /// - Throws: ``StatisticsError/matrixShape(rows:columns:cells:)`` unless there are `bars · strategies` values.
  public init(bars: Int, strategies: Int, values: [Double]) throws(StatisticsError) {
    guard bars >= 0, strategies >= 0, values.count == bars * strategies else {
      throw .matrixShape(rows: bars, columns: strategies, cells: values.count)
    }
    self.bars = bars
    self.strategies = strategies
    self.values = values
  }

  /// The returns of one strategy, a bar each.
  public func column(_ strategy: Int) -> [Double] {
    (0..<bars).map { values[$0 * strategies + strategy] }
  }

  /// Calls `body` once with the returns of each strategy, on at most `threads` threads and in no particular order.
  public func forEachColumn(threads: Int, _ body: @Sendable (_ strategy: Int, _ returns: [Double]) -> Void) {
    // A tile has room for many strategies, which few long ones would leave empty.
    guard strategies >= ReturnTile.width else {
      return Workers.forEach(
        items: strategies, threads: threads, makeState: {}, body: { body($1, column($1)) })
    }
    forEachTile(
      threads: threads, makeState: {},
      body: { _, tile in
        for lane in 0..<tile.count { body(tile.firstStrategy + lane, tile.column(lane)) }
      })
  }

  /// The tile of few strategies, or of long ones, is the matrix itself.
  public var tileWidth: Int { ReturnTile.columns(strategies: strategies, bars: bars) }

  public func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    let tiles = chosen ?? Array(0..<ReturnTile.tiles(strategies: strategies))
    let columns = tileWidth
    Workers.forEach(items: tiles.count, threads: threads) {
      Worker(
        state: makeState(), tile: ReturnTile(bars: columns == strategies ? 0 : bars, columns: columns))
    } body: { worker, item in
      load(&worker.tile, tiles[item])
      body(&worker.state, worker.tile)
    }
  }

  private func load(_ tile: inout ReturnTile, _ number: Int) {
    tile.number = number
    tile.count = min(ReturnTile.width, strategies - tile.firstStrategy)
    if tile.columns == strategies {
      tile.values = values
      return
    }
    TileRows.copy(
      values, columns: strategies, from: tile.firstStrategy, count: tile.count, to: &tile.values,
      width: ReturnTile.width)
  }

  private struct Worker<State: ~Copyable>: ~Copyable {
    var state: State
    var tile: ReturnTile
  }
}
