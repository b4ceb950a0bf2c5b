import Kernels

/// Some strategies of a source side by side, as a source of its own: number i is number `numbers[i]` of the whole.
///
/// For what keeps something of every strategy, of few among many. Tiles come in order, one after the other.
public struct PackedReturns<Whole: ReturnSource>: DerivedReturns {
  /// What it is a selection of.
  public let whole: Whole
  /// Numbers of the strategies in the whole, ascending.
  public let numbers: [Int]

  /// See the properties of the same names.
  public init(_ whole: Whole, numbers: [Int]) {
    self.whole = whole
    self.numbers = numbers
  }

  public var strategies: Int { numbers.count }
  public var tileWidth: Int {
    isOneTile ? whole.tileWidth : ReturnTile.columns(strategies: strategies, bars: bars)
  }

  /// Whether it is all of a source of one tile, which need not be packed.
  private var isOneTile: Bool {
    numbers.count == whole.strategies && ReturnTile.tiles(strategies: strategies) == 1
  }

  public func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    if isOneTile {
      return whole.forEachTile(chosen, threads: threads, makeState: makeState, body: body)
    }
    var state = makeState()
    let columns = tileWidth
    for number in chosen ?? Array(0..<ReturnTile.tiles(strategies: strategies)) {
      var tile = ReturnTile(bars: 0, columns: columns)
      tile.number = number
      let members = Array(
        numbers[tile.firstStrategy..<min(tile.firstStrategy + ReturnTile.width, numbers.count)])
      tile.count = members.count
      tile.values = values(of: members, columns: columns, threads: threads)
      body(&state, tile)
    }
  }

  /// The values of a tile of `members`, which are made side by side.
  private func values(of members: [Int], columns: Int, threads: Int) -> [Double] {
    DisjointSlots.fill(count: bars * columns, repeating: 0) { slots in
      whole.forEachTile(Whole.tiles(of: members), threads: threads, makeState: {}) { _, tile in
        let strategies = tile.firstStrategy..<tile.firstStrategy + tile.count
        for (lane, member) in members.enumerated() where strategies.contains(member) {
          let from = member - tile.firstStrategy
          for bar in 0..<bars {
            slots.write(tile.values[bar * tile.columns + from], at: bar * columns + lane)
          }
        }
      }
    }
  }
}
