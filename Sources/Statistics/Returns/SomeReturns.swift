/// A source of which only some strategies count: each has its number still, and those that do not count have undefined
/// returns, so that nothing is made of them.
public struct SomeReturns<Whole: ReturnSource>: DerivedReturns {
  /// What it is a selection of.
  public let whole: Whole
  /// Whether a strategy counts, by its number in the whole.
  private let counts: @Sendable (Int) -> Bool

  /// - Parameter counts: whether a strategy counts, by its number in the whole.
  public init(_ whole: Whole, where counts: @escaping @Sendable (Int) -> Bool) {
    self.whole = whole
    self.counts = counts
  }

  /// Tiles of which no strategy counts are left out: what is written by strategy stays as it was.
  public func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    let all = chosen ?? Array(0..<ReturnTile.tiles(strategies: strategies))
    let looked = all.filter { tile in
      let first = tile * ReturnTile.width
      return (first..<min(first + ReturnTile.width, strategies)).contains(where: counts)
    }
    guard !looked.isEmpty else { return }
    whole.forEachTile(looked, threads: threads, makeState: makeState) { state, tile in
      var tile = tile
      for lane in 0..<tile.count where !counts(tile.firstStrategy + lane) {
        // One return that is none undefines a strategy.
        if !tile.values.isEmpty { tile.values[lane] = .nan }
      }
      body(&state, tile)
    }
  }
}
