import Kernels
import Statistics

/// How much of a market a strategy holds on average, read off its returns.
///
/// A sweep knows the mean position. Returns alone tell it too, where nearly every bar of a market that moves is a bar of
/// one position: a return of -1, 0 or 1 times the market's, but for rounding to six or to four decimals. If on at least
/// nine of ten clear bars (on which these three are apart) the return is one of them, the exposure is their mean; the
/// rest are bars with costs. Without costs that is the sweep's mean position, over the bars on which the market moves.
///
/// Otherwise positions are of any size, and the exposure is the slope β of the strategy's returns on the market's by
/// least squares with an intercept: Σ(m - m̄)(r - r̄) / Σ(m - m̄)². For returns p·m with a position p that has nothing to
/// do with the size of m, its expectation is the mean of p.
///
/// Edge cases: 0 where the market never moves, and where no return is different from another.
enum MarketExposure {
  /// The largest error of numbers with six decimals, and with four, of two of which a difference is made.
  private static let roundings = [1e-6, 1.01e-4]

  /// - Precondition: both have the same bars.
  static func estimate(_ returns: some Collection<Double>, market: [Double]) -> Double {
    let returns = Array(returns)
    let moves = market.count { $0 != 0 }
    for rounding in roundings {
      var clear = 0
      var fitting = 0
      var positions = 0
      for (earned, held) in zip(returns, market) where abs(held) > 4 * rounding {
        clear += 1
        let position = (earned / held).rounded()
        if abs(position) <= 1, abs(earned - position * held) <= rounding {
          fitting += 1
          positions += Int(position)
        }
      }
      if clear * 2 >= moves, clear > 0, fitting * 10 >= clear * 9 {
        return Double(positions) / Double(fitting)
      }
    }
    return slope(returns, market)
  }

  private static func slope(_ returns: [Double], _ market: [Double]) -> Double {
    let count = Double(max(market.count, 1))
    let mean = market.reduce(0, +) / count
    let meanReturn = returns.reduce(0, +) / count
    var product = 0.0
    var square = 0.0
    for (earned, held) in zip(returns, market) {
      product += (held - mean) * (earned - meanReturn)
      square += (held - mean) * (held - mean)
    }
    let slope = product / square
    return slope.isFinite ? slope : 0
  }
}

/// Returns of a file, less each strategy's own exposure to a market.
struct HedgedReturns: ReturnSource {
  let returns: ReturnMatrix
  let market: [Double]
  /// A strategy each.
  let exposures: [Double]

  init(_ returns: ReturnMatrix, market: [Double], threads: Int) {
    self.returns = returns
    self.market = market
    exposures = DisjointSlots.fill(count: returns.strategies, repeating: 0.0) { slots in
      returns.forEachTile(threads: threads, makeState: { 0 }) { _, tile in
        for lane in 0..<tile.count {
          slots.write(
            MarketExposure.estimate(tile.column(lane), market: market), at: tile.firstStrategy + lane)
        }
      }
    }
  }

  var bars: Int { returns.bars }
  var strategies: Int { returns.strategies }

  func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    returns.forEachTile(chosen, threads: threads, makeState: makeState) { state, tile in
      var hedged = tile
      for (bar, earned) in market.enumerated() {
        for lane in 0..<tile.count {
          hedged.values[bar * ReturnTile.width + lane] -= exposures[tile.firstStrategy + lane] * earned
        }
      }
      body(&state, hedged)
    }
  }
}
