/// Net returns of many strategies over the same bars, made a tile of strategies at a time.
///
/// What resampling and correlation need of a sweep: the bars × strategies matrix never has to exist, because whoever
/// consumes it sees each column once and keeps little of it. A second look makes the returns again.
public protocol ReturnSource: Sendable {
  /// T, the bars of every strategy.
  var bars: Int { get }
  /// N.
  var strategies: Int { get }
  /// The columns of every tile: ``ReturnTile/width``, unless that is more than the source wants to hold.
  var tileWidth: Int { get }

  /// Calls `body(&state, tile)` once for each of some tiles, on at most `threads` threads.
  ///
  /// Every worker makes its own state with `makeState`. Tiles come in no particular order, but each is the same whatever
  /// the threads: results must be written by strategy, or be independent of the order.
  ///
  /// - Parameter chosen: the numbers of the tiles; `nil` for all.
  func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void)
}

extension ReturnSource {
  public var tileWidth: Int { ReturnTile.width }

  /// Calls `body(&state, tile)` once for every tile.
  public func forEachTile<State: ~Copyable>(
    threads: Int, makeState: @Sendable () -> State, body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    forEachTile(nil, threads: threads, makeState: makeState, body: body)
  }

  /// The numbers of the tiles that hold any of `strategies`, which ascend.
  static func tiles(of strategies: [Int]) -> [Int] {
    var tiles: [Int] = []
    for strategy in strategies where tiles.last != strategy / ReturnTile.width {
      tiles.append(strategy / ReturnTile.width)
    }
    return tiles
  }
}

/// A source that hands out what another one has: unless it says otherwise of the same shape.
public protocol DerivedReturns: ReturnSource {
  /// What the other one is.
  associatedtype Whole: ReturnSource
  /// The other one.
  var whole: Whole { get }
}

extension DerivedReturns {
  public var bars: Int { whole.bars }
  public var strategies: Int { whole.strategies }
  public var tileWidth: Int { whole.tileWidth }
}

/// The net returns of up to ``width`` strategies that stand side by side.
public struct ReturnTile: Sendable {
  /// The strategies of a tile; the last one of a source may use fewer of its columns.
  public static let width = 64

  /// The tile's place among all: it holds the strategies from `number · width` on.
  public var number = 0
  /// Columns in use; the others are 0.
  public var count = 0
  /// The columns of a row: ``width``, or those of a narrow tile.
  public let columns: Int
  /// Bars × ``columns``, a row a bar, as fractions.
  public var values: [Double]

  /// The number of the strategy in the first column.
  public var firstStrategy: Int { number * Self.width }

  /// A tile of zeros for `bars` bars.
  public init(bars: Int, columns: Int = ReturnTile.width) {
    self.columns = columns
    values = Array(repeating: 0, count: bars * columns)
  }

  /// Of so few strategies each by itself takes no longer than a whole tile.
  private static let fewStrategies = 16
  /// Bytes that a tile may take of which not all columns are in use.
  private static let mostBytes = 64 << 20

  /// Whether tiles of all ``width`` columns would be more than a source should hold that has fewer strategies.
  public static func isLarge(bars: Int) -> Bool {
    bars * width * MemoryLayout<Double>.stride > mostBytes
  }

  /// The columns that tiles of so many strategies should have: with few of them, or many bars, no more than there are.
  public static func columns(strategies: Int, bars: Int) -> Int {
    guard strategies < width, strategies <= fewStrategies || isLarge(bars: bars) else { return width }
    return max(strategies, 1)
  }

  /// The returns of the strategy in column `lane`, a bar each.
  public func column(_ lane: Int) -> [Double] {
    stride(from: lane, to: values.count, by: columns).map { values[$0] }
  }

  /// The tiles that `strategies` strategies fill.
  public static func tiles(strategies: Int) -> Int { (strategies + width - 1) / width }
}
