/// What is kept of one strategy over one stretch of time: counts, power sums and the shape of the equity path.
///
/// Returns are fractions a bar (0.01 is one per cent), net of costs. Two tallies of adjacent stretches merge
/// to the tally of both (``merging(_:)``), so the path itself is never needed again.
///
/// Squares and what else tells of single returns are sums over observations x: the net returns of all bars, or of those
/// in the market with the costs of their positions (see ``CostBar``). In the second case a stretch that begins with leaving
/// a position also holds the difference that this makes to the last bar of the stretch before: such a tally alone may
/// have a negative sum of squares, or one winning bar less than none.
public struct Tally: Equatable, Sendable, BitwiseCopyable {
  /// Bars of the stretch, those without a position included.
  public var bars: Int
  /// Bars that were earned with a position.
  public var barsInMarket: Int
  /// Observations above zero.
  public var winningBars: Int
  /// The sum of the net returns of all bars; over whole segments also Σx.
  public var sum: Double
  /// Σx².
  public var sumOfSquares: Double
  /// Σx³.
  public var sumOfCubes: Double
  /// Σx⁴.
  public var sumOfFourths: Double
  /// Σmin(x, 0), at most zero.
  public var sumOfLosses: Double
  /// Σmin(x, 0)².
  public var sumOfSquaredLosses: Double
  /// Π max(1 + x, 0): what one unit of equity has become. Once it is zero it stays there: the account is ruined.
  public var growth: Double
  /// The highest point of the equity path relative to its start, which counts: at least 1.
  public var highest: Double
  /// The lowest point of the equity path relative to its start, which counts: at most 1.
  public var lowest: Double
  /// The largest fall from an earlier highest point, as a fraction of that point, in 0...1.
  public var maximumDrawdown: Double
  /// Σ|p[t] - p[t-1]|, the closing of the last position included.
  public var turnover: Double
  /// Trades that closed in this stretch, wherever they were opened.
  public var tradesClosed: Int
  /// Of those, the trades with a net return above zero.
  public var tradesWon: Int
  /// The sum of the net returns of the trades won.
  public var grossProfit: Double
  /// The sum of the net returns of the trades lost, as a positive number.
  public var grossLoss: Double

  /// The tally of `bars` bars on which nothing was done; with no bars, the identity of ``merging(_:)``.
  public init(bars: Int = 0) {
    self.bars = bars
    barsInMarket = 0
    winningBars = 0
    sum = 0
    sumOfSquares = 0
    sumOfCubes = 0
    sumOfFourths = 0
    sumOfLosses = 0
    sumOfSquaredLosses = 0
    growth = 1
    highest = 1
    lowest = 1
    maximumDrawdown = 0
    turnover = 0
    tradesClosed = 0
    tradesWon = 0
    grossProfit = 0
    grossLoss = 0
  }
}
