import Kernels

/// A number that adds up over blocks of time, or multiplies, so that any union of blocks has it too.
///
/// Raw values name them in messages.
public enum BlockQuantity: String, CaseIterable, Sendable {
  /// Σx over the net returns x.
  case sum
  /// Σx².
  case sumOfSquares
  /// Σx³.
  case sumOfCubes
  /// Σx⁴.
  case sumOfFourths
  /// Σmax(x, 0).
  case profitOfBars
  /// Σmax(-x, 0).
  case lossOfBars
  /// Σmin(x, 0)².
  case sumOfSquaredLosses
  /// Πmax(1 + x, 0), which multiplies.
  case growth
  /// Bars whose net return is above zero.
  case winningBars
  /// Bars that were earned with a position.
  case barsInMarket
  /// Trades closed.
  case tradesClosed
  /// Trades closed with a net return above zero.
  case tradesWon
  /// The net returns of the trades won.
  case grossProfit
  /// The net returns of the trades lost, as a positive number.
  case grossLoss
  /// The net returns of all trades.
  case profitOfTrades
  /// Σ|p[t] - p[t-1]| over the positions p.
  case turnover

  /// Whether the quantity of a union is the product of those of its blocks, and not their sum.
  var multiplies: Bool { self == .growth }

  /// What nothing amounts to.
  var identity: Double { multiplies ? 1 : 0 }

  /// The quantity in each of `tallies`, with its place among them.
  @inline(__always)
  func forEachValue(in tallies: some RandomAccessCollection<Tally>, _ body: (Int, Double) -> Void) {
    // A loop for each, so that no more of a tally is read than the quantity takes.
    switch self {
    case .sum: forEach(tallies, body) { $0.sum }
    case .sumOfSquares: forEach(tallies, body) { $0.sumOfSquares }
    case .sumOfCubes: forEach(tallies, body) { $0.sumOfCubes }
    case .sumOfFourths: forEach(tallies, body) { $0.sumOfFourths }
    case .profitOfBars: forEach(tallies, body) { $0.sum - $0.sumOfLosses }
    case .lossOfBars: forEach(tallies, body) { -$0.sumOfLosses }
    case .sumOfSquaredLosses: forEach(tallies, body) { $0.sumOfSquaredLosses }
    case .growth: forEach(tallies, body) { $0.growth }
    case .winningBars: forEach(tallies, body) { Double($0.winningBars) }
    case .barsInMarket: forEach(tallies, body) { Double($0.barsInMarket) }
    case .tradesClosed: forEach(tallies, body) { Double($0.tradesClosed) }
    case .tradesWon: forEach(tallies, body) { Double($0.tradesWon) }
    case .grossProfit: forEach(tallies, body) { $0.grossProfit }
    case .grossLoss: forEach(tallies, body) { $0.grossLoss }
    case .profitOfTrades: forEach(tallies, body) { $0.grossProfit - $0.grossLoss }
    case .turnover: forEach(tallies, body) { $0.turnover }
    }
  }

  @inline(__always)
  private func forEach(
    _ tallies: some RandomAccessCollection<Tally>, _ body: (Int, Double) -> Void, _ value: (Tally) -> Double
  ) {
    for (place, tally) in tallies.enumerated() { body(place, value(tally)) }
  }

  /// Whether returns alone say it.
  var isOfReturns: Bool {
    switch self {
    case .barsInMarket, .tradesClosed, .tradesWon, .grossProfit, .grossLoss, .profitOfTrades, .turnover: false
    default: true
    }
  }

  /// Adds to `sums`, or multiplies into them, the returns of a tile's strategies on some bars.
  ///
  /// - Precondition: ``isOfReturns``.
  func accumulate(_ tile: ReturnTile, bars: Range<Int>, into sums: inout [Double]) {
    // Each is written so that a return that is NaN stays NaN.
    switch self {
    case .sum: forEach(tile, bars, &sums) { $0 += $1 }
    case .sumOfSquares: forEach(tile, bars, &sums) { $0 += $1 * $1 }
    case .sumOfCubes: forEach(tile, bars, &sums) { $0 += $1 * $1 * $1 }
    case .sumOfFourths: forEach(tile, bars, &sums) { $0 += $1 * $1 * ($1 * $1) }
    case .profitOfBars: forEach(tile, bars, &sums) { $0 += $1 < 0 ? 0 : $1 }
    case .lossOfBars: forEach(tile, bars, &sums) { $0 += $1 > 0 ? 0 : -$1 }
    case .sumOfSquaredLosses: forEach(tile, bars, &sums) { $0 += $1 > 0 ? 0 : $1 * $1 }
    case .growth: forEach(tile, bars, &sums) { $0 *= $1 < -1 ? 0 : 1 + $1 }
    case .winningBars: forEach(tile, bars, &sums) { $0 += $1.isNaN ? .nan : $1 > 0 ? 1 : 0 }
    case .barsInMarket, .tradesClosed, .tradesWon, .grossProfit, .grossLoss, .profitOfTrades, .turnover:
      preconditionFailure("a quantity of returns")
    }
  }

  @inline(__always)
  private func forEach(
    _ tile: ReturnTile, _ bars: Range<Int>, _ sums: inout [Double], _ add: (inout Double, Double) -> Void
  ) {
    let columns = tile.columns
    for bar in bars {
      for lane in 0..<columns { add(&sums[lane], tile.values[bar * columns + lane]) }
    }
  }
}
