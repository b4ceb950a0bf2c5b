import Kernels
import Synchronization

/// The returns of a source, kept where they are few: for several looks at what costs a run to make.
///
/// More than ``limit`` bytes are made again for each look; no bit depends on which.
public struct KeptReturns<Whole: ReturnSource>: DerivedReturns {
  /// Those of 256 strategies over 4,096 bars.
  public static var limit: Int { 8 << 20 }

  /// What is kept.
  public let whole: Whole
  private let tiles: [ReturnTile]?

  /// - Parameters:
  ///   - threads: at work on making what is kept.
  ///   - limit: bytes that may be kept.
  public init(_ whole: Whole, threads: Int = 1, limit: Int = Self.limit) {
    self.whole = whole
    let count = ReturnTile.tiles(strategies: whole.strategies)
    guard count * whole.bars * whole.tileWidth * MemoryLayout<Double>.stride <= limit else {
      tiles = nil
      return
    }
    let found = Mutex(Array(repeating: ReturnTile?.none, count: count))
    whole.forEachTile(
      threads: threads, makeState: {}, body: { _, tile in found.withLock { $0[tile.number] = tile } })
    // A source that was told to stop hands out fewer.
    let made = found.withLock { $0.compactMap(\.self) }
    tiles = made.count == count ? made : nil
  }

  public func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    guard let tiles else {
      return whole.forEachTile(chosen, threads: threads, makeState: makeState, body: body)
    }
    let numbers = chosen ?? Array(tiles.indices)
    Workers.forEach(items: numbers.count, threads: threads, makeState: makeState) { state, place in
      body(&state, tiles[numbers[place]])
    }
  }
}
