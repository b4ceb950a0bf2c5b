import Kernels

extension Indicators {
  /// Wilder's relative strength index, 0 to 100: the average gain over the sum of average gain and average
  /// loss, in per cent; TA-Lib's `RSI`. The first value stands at bar `period`.
  ///
  /// Undefined while there was neither a gain nor a loss, where TA-Lib gives 0, the most oversold of all.
  ///
  /// Reference: Wilder 1978.
  ///
  /// - Precondition: `period >= 1`.
  public static func relativeStrengthIndex(_ column: [Double], period: Int) -> [Double] {
    relativeStrengthIndices(column, periods: [period])[0]
  }

  /// The same of several periods, made side by side.
  static func relativeStrengthIndices(_ column: [Double], periods: [Int]) -> [[Double]] {
    let changes = column.indices.map { $0 == 0 ? .nan : column[$0] - column[$0 - 1] }
    let gains = wilderAverages(of: changes.map { $0 < 0 ? 0 : $0 }, periods: periods)
    let losses = wilderAverages(of: changes.map { $0 > 0 ? 0 : -$0 }, periods: periods)
    return zip(gains, losses).map(RuleFormulas.shares)
  }

  /// The slow stochastic %K, 0 to 100: where the close stands between the lowest low and the highest high of
  /// `period` bars, in per cent, averaged over `smoothing` bars; the %K of TA-Lib's `STOCH`. With a smoothing
  /// of 1 it is the fast %K. The first value stands at bar `period + smoothing - 2`.
  ///
  /// Undefined when one of the averaged ranges is flat, where TA-Lib takes 0 for it.
  ///
  /// Reference: Lane 1984, "Lane's stochastics", Technical Analysis of Stocks & Commodities 2 (3).
  ///
  /// - Precondition: both periods `>= 1`, columns of one length.
  public static func stochastic(
    high: [Double], low: [Double], close: [Double], period: Int, smoothing: Int
  ) -> [Double] {
    precondition(
      high.count == close.count && low.count == close.count, "columns of one market have one length")
    let fast = RuleFormulas.rangePlaces(
      of: close, from: period - 1, highest: WindowExtremes(.highest, of: high, period: period),
      lowest: WindowExtremes(.lowest, of: low, period: period))
    return simpleMovingAverage(fast, period: smoothing)
  }

  /// The longest period of `commodityChannelIndex`, whose cost per bar grows with it.
  public static let longestMeanDeviationPeriod = 1_000

  /// The commodity channel index: the typical price's distance from its mean over `period` bars, in units of
  /// 0.015 mean absolute deviations from that mean; TA-Lib's `CCI`. The first value stands at bar
  /// `period - 1`.
  ///
  /// Undefined when the typical price did not move, where TA-Lib gives 0. All deviations change whenever the
  /// mean does, so this indicator alone costs bars × period, hence the limit; at the usual 20 it costs no more
  /// than its neighbours.
  ///
  /// Reference: Lambert 1980, "Commodity channel index", Commodities 9 (10).
  ///
  /// - Precondition: `1 <= period <= longestMeanDeviationPeriod`, columns of one length.
  public static func commodityChannelIndex(
    high: [Double], low: [Double], close: [Double], period: Int
  ) -> [Double] {
    precondition(period <= longestMeanDeviationPeriod, "the cost of a bar is proportional to the period")
    let prices = typicalPrice(high: high, low: low, close: close)
    let means = simpleMovingAverage(prices, period: period)
    var result = [Double](repeating: .nan, count: prices.count)
    for bar in prices.indices where means[bar].isFinite {
      let mean = means[bar]
      var deviations = 0.0
      for price in prices[(bar + 1 - period)...bar] { deviations += (price - mean).magnitude }
      result[bar] = (prices[bar] - mean) / (0.015 * (deviations / Double(period)))
    }
    return result
  }

  /// The mean of high, low and close of each bar.
  ///
  /// - Precondition: columns of one length.
  public static func typicalPrice(high: [Double], low: [Double], close: [Double]) -> [Double] {
    precondition(
      high.count == close.count && low.count == close.count, "columns of one market have one length")
    return close.indices.map { (high[$0] + low[$0] + close[$0]) / 3 }
  }

  /// The money flow index, 0 to 100: of the money (typical price times volume) that moved in the last
  /// `period` bars in which the typical price changed, the share of bars in which it rose, in per cent;
  /// TA-Lib's `MFI`. The first value stands at bar `period`.
  ///
  /// Undefined when no money moved, where TA-Lib gives 0; TA-Lib does so whenever the flow of the whole window
  /// is below 1 in the market's units, which is not followed here.
  ///
  /// Reference: Quong & Soudack 1989, "Volume-weighted RSI: money flow", Technical Analysis of Stocks &
  /// Commodities 7 (3).
  ///
  /// - Precondition: `period >= 1`, columns of one length.
  public static func moneyFlowIndex(
    high: [Double], low: [Double], close: [Double], volume: [Double], period: Int
  ) -> [Double] {
    let prices = typicalPrice(high: high, low: low, close: close)
    let flows = pairwise(prices, volume, *)
    var inflows = [Double](repeating: .nan, count: prices.count)
    var outflows = inflows
    for bar in prices.indices.dropFirst() {
      inflows[bar] = prices[bar] > prices[bar - 1] ? flows[bar] : 0
      outflows[bar] = prices[bar] < prices[bar - 1] ? flows[bar] : 0
    }
    let inflow = PrefixSums(inflows).totals(period: period)
    let outflow = PrefixSums(outflows).totals(period: period)
    return pairwise(inflow, outflow) { 100 * ($0 / ($0 + $1)) }
  }
}
