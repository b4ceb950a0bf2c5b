import Kernels
import Statistics

/// What a strategy holds of a market, read off its returns.
///
/// A sweep knows positions. Returns alone tell them too, where nearly every bar of a market that moves is a bar of one
/// position: a return of -1, 0 or 1 times the market's, but for rounding to six or to four decimals. If on at least nine
/// of ten clear bars (on which these three are apart) the return is one of them, it says the position; on other bars, with
/// costs or without a move, that is the one before, and at the beginning the first that is known.
///
/// Otherwise positions are of any size, and what is known is the slope β of the strategy's returns on the market's by
/// least squares with an intercept: Σ(m - m̄)(r - r̄) / Σ(m - m̄)². For returns p·m with a position p that has nothing to
/// do with the size of m, its expectation is the mean of p.
///
/// Edge cases: 0 where the market never moves, and where no return is different from another.
enum MarketExposure: Equatable {
  /// The position on each bar: -1, 0 or 1.
  case positions([Double])
  /// β.
  case slope(Double)

  /// The largest error of numbers with six decimals, and with four, of two of which a difference is made.
  private static let roundings = [1e-6, 1.01e-4]

  /// - Precondition: both have the same bars.
  init(_ returns: [Double], market: [Double]) {
    let moves = market.count { $0 != 0 }
    for rounding in Self.roundings {
      var clear = 0
      var fitting = 0
      var positions = Array(repeating: 0.0, count: market.count)
      var last: Double?
      for (bar, held) in market.enumerated() {
        if abs(held) > 4 * rounding {
          clear += 1
          let position = (returns[bar] / held).rounded()
          if abs(position) <= 1, abs(returns[bar] - position * held) <= rounding {
            fitting += 1
            if last == nil { for earlier in 0..<bar { positions[earlier] = position } }
            last = position
          }
        }
        positions[bar] = last ?? 0
      }
      if clear * 2 >= moves, clear > 0, fitting * 10 >= clear * 9 {
        self = .positions(positions)
        return
      }
    }
    self = .slope(Self.slope(returns, market))
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

/// Returns of a file, less each strategy's own exposure to a market: what it earns by timing where its positions are
/// known, else its returns less β times the market's.
struct HedgedReturns: DerivedReturns {
  let whole: ReturnMatrix
  let timing: MarketTiming

  init(_ returns: ReturnMatrix, market: [Double]) {
    whole = returns
    timing = MarketTiming(market: market)
  }

  func forEachTile<State: ~Copyable>(
    _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
    body: @Sendable (inout State, ReturnTile) -> Void
  ) {
    whole.forEachTile(chosen, threads: threads, makeState: makeState) { state, tile in
      var hedged = tile
      var positions = Array(repeating: 0.0, count: tile.values.count)
      // Their positions stay 0, which changes nothing.
      var slopes: [(lane: Int, slope: Double)] = []
      for lane in 0..<tile.count {
        switch MarketExposure(tile.column(lane), market: timing.market) {
        case .positions(let held):
          for (bar, position) in held.enumerated() { positions[bar * tile.columns + lane] = position }
        case .slope(let slope): slopes.append((lane, slope))
        }
      }
      timing.time(&hedged, positions: positions[...])
      for (lane, slope) in slopes {
        for (bar, earned) in timing.market.enumerated() {
          hedged.values[bar * tile.columns + lane] -= slope * earned
        }
      }
      body(&state, hedged)
    }
  }
}
