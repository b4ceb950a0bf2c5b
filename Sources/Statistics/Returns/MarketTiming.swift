/// What strategies earn by when they hold a market, beyond holding it always as much as they have held it so far.
///
/// A strategy with position pₜ on bar t earns pₜ·rₜ less costs. Taking out its exposure by its mean position over the
/// whole sample, (pₜ - p̄)·rₜ, lets positions see the future: a rule that buys after falls holds more of a market that
/// later turned out low, and its expectation without skill is above 0, that of a rule that follows trends below it
/// (Stambaugh 1999, Journal of Financial Economics 54, on predictors that past returns make). Here both means are
/// taken from one side of t alone:
///
/// (pₜ - mean of earlier p) · √(k/(k + 1)) · (rₜ - mean of the k later r) - costs
///
/// The second factor is the forward orthogonal deviation of Arellano & Bover (1995, Journal of Econometrics 68): given
/// everything before t its expectation is 0 for returns without memory, and the root leaves it their variance. The first
/// one makes it exactly 0 for a strategy that always holds the same.
///
/// Edge cases: 0 on the last bar that earns, which has no later one; a strategy's first position stands for the mean of
/// those before it.
public struct MarketTiming: Sendable {
  /// What the market earns on each bar, as fractions.
  public let market: [Double]
  /// The forward orthogonal deviation of each bar; 0 on bars that earn nothing.
  public let deviations: [Double]
  /// The bars that earn, ascending.
  private let earning: [Int]

  /// - Parameters:
  ///   - market: what it earns on each bar.
  ///   - isEarning: whether strategies can hold it on a bar.
  public init(market: [Double], isEarning: (Int) -> Bool = { _ in true }) {
    self.market = market
    earning = market.indices.filter(isEarning)
    var deviations = Array(repeating: 0.0, count: market.count)
    var sum = 0.0
    var later = 0.0
    for bar in earning.reversed() {
      if later > 0 { deviations[bar] = (later / (later + 1)).squareRoot() * (market[bar] - sum / later) }
      sum += market[bar]
      later += 1
    }
    self.deviations = deviations
  }

  /// Puts in place of the strategies' returns, costs included, what they earn by timing.
  ///
  /// - Parameter positions: like the values of the tile, the position that earns each return.
  public func time(_ tile: inout ReturnTile, positions: ArraySlice<Double>) {
    let columns = tile.columns
    precondition(
      tile.values.count == market.count * columns && positions.count == tile.values.count,
      "a row for each bar")
    var held = Array(repeating: 0.0, count: tile.count)
    for (earlier, bar) in earning.enumerated() {
      let (earned, deviation) = (market[bar], deviations[bar])
      let row = bar * columns
      for lane in 0..<tile.count {
        let position = positions[positions.startIndex + row + lane]
        let mean = earlier == 0 ? position : held[lane] / Double(earlier)
        held[lane] += position
        tile.values[row + lane] += (position - mean) * deviation - position * earned
      }
    }
  }
}
