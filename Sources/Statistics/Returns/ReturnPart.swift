/// Some tiles of a source that stand side by side, as a source of its own: its strategies count from 0.
public struct ReturnPart<Whole: ReturnSource>: DerivedReturns {
  /// What it is a part of.
  public let whole: Whole
  /// The tiles of the whole.
  public let tiles: Range<Int>

  /// - Precondition: tiles of `whole`.
  public init(_ whole: Whole, tiles: Range<Int>) {
    precondition(
      tiles.lowerBound >= 0 && tiles.upperBound <= ReturnTile.tiles(strategies: whole.strategies),
      "tiles of the whole")
    self.whole = whole
    self.tiles = tiles
  }

  /// The number in the whole of the first strategy.
  public var firstStrategy: Int { tiles.lowerBound * ReturnTile.width }

  public var strategies: Int {
    max(min(tiles.upperBound * ReturnTile.width, whole.strategies) - firstStrategy, 0)
  }

  public func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    let first = tiles.lowerBound
    whole.forEachTile(
      chosen.map { $0.map { first + $0 } } ?? Array(tiles), threads: threads, makeState: makeState
    ) { state, tile in
      var tile = tile
      tile.number -= first
      body(&state, tile)
    }
  }
}
