import Glibc
import Kernels

/// A number that adds up over blocks of time, so that any union of blocks has it too.
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
  /// Σmin(x, 0), at most zero.
  case sumOfLosses
  /// Σmin(x, 0)².
  case sumOfSquaredLosses
  /// Σlog(1 + x); -∞ once everything is lost.
  case logarithmOfGrowth
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

  /// The quantity in `tally`.
  func value(in tally: Tally) -> Double {
    switch self {
    case .sum: tally.sum
    case .sumOfSquares: tally.sumOfSquares
    case .sumOfCubes: tally.sumOfCubes
    case .sumOfFourths: tally.sumOfFourths
    case .sumOfLosses: tally.sumOfLosses
    case .sumOfSquaredLosses: tally.sumOfSquaredLosses
    case .logarithmOfGrowth: log(tally.growth)
    case .winningBars: Double(tally.winningBars)
    case .barsInMarket: Double(tally.barsInMarket)
    case .tradesClosed: Double(tally.tradesClosed)
    case .tradesWon: Double(tally.tradesWon)
    case .grossProfit: tally.grossProfit
    case .grossLoss: tally.grossLoss
    }
  }

  /// What one return adds to the quantity; `nil` for what a return alone does not say.
  var valueOfReturn: (@Sendable (Double) -> Double)? {
    switch self {
    case .sum: { $0 }
    case .sumOfSquares: { $0 * $0 }
    case .sumOfCubes: { $0 * $0 * $0 }
    case .sumOfFourths: { $0 * $0 * ($0 * $0) }
    // Written so that a return that is NaN stays NaN.
    case .sumOfLosses: { $0 > 0 ? 0 : $0 }
    case .sumOfSquaredLosses: { $0 > 0 ? 0 : $0 * $0 }
    case .logarithmOfGrowth: { $0 <= -1 ? -.infinity : log1p($0) }
    case .winningBars: { $0.isNaN ? .nan : $0 > 0 ? 1 : 0 }
    case .barsInMarket, .tradesClosed, .tradesWon, .grossProfit, .grossLoss: nil
    }
  }
}
