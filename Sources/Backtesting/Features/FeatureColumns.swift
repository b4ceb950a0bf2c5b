import Kernels

/// Computes the columns of many features of one market.
public enum FeatureColumns {
  /// One column a feature, in their order, each with one value a bar; undefined is NaN.
  ///
  /// The bits are those of `Feature.values(in:)`. Running sums and volatilities are computed once for all
  /// features, and a repeated feature is one column, shared.
  ///
  /// - Precondition: every feature passes `check()`.
  public static func compute(_ features: [Feature], in market: Market) -> [[Double]] {
    var shared = SharedColumns(market)
    var columns: [Feature: [Double]] = [:]
    return features.map { feature in
      if let column = columns[feature] { return column }
      let column = feature.values(from: &shared)
      columns[feature] = column
      return column
    }
  }
}

/// What several features of one market start from and is worth keeping, computed when first asked for.
///
/// The recursive averages are not here: making one again costs less than looking after it.
struct SharedColumns {
  let market: Market
  /// Running sums for the simple averages of all periods.
  private(set) lazy var closeSums = PrefixSums(market.close)
  private(set) lazy var volumeSums = PrefixSums(market.volume)
  private lazy var highest = WindowExtremes(.highest, of: market.high)
  private lazy var lowest = WindowExtremes(.lowest, of: market.low)
  private var rangePlaces: (period: Int, column: [Double])?
  private lazy var returns = Indicators.rateOfChange(market.close, period: 1)
  private var volatilities: [Int: [Double]] = [:]

  init(_ market: Market) {
    self.market = market
  }

  /// The highest highs and the lowest lows of all windows of `period` bars. A little longer than those asked for last
  /// they cost least.
  mutating func extremes(period: Int) -> (highest: WindowExtremes, lowest: WindowExtremes) {
    if period < highest.period {
      highest = WindowExtremes(.highest, of: market.high)
      lowest = WindowExtremes(.lowest, of: market.low)
    }
    highest.lengthen(to: period)
    lowest.lengthen(to: period)
    return (highest, lowest)
  }

  /// The fast stochastic %K: where each close stands in the range of `period` bars, in per cent. Those asked for last
  /// are kept, for features that smooth the same in several ways.
  mutating func rangePlaces(period: Int) -> [Double] {
    if let rangePlaces, rangePlaces.period == period { return rangePlaces.column }
    let (highest, lowest) = extremes(period: period)
    let column = RuleFormulas.rangePlaces(
      of: market.close, from: period - 1, highest: highest, lowest: lowest)
    rangePlaces = (period, column)
    return column
  }

  /// σ: the population standard deviation of the last `period` close-to-close returns.
  mutating func volatility(period: Int) -> [Double] {
    if let column = volatilities[period] { return column }
    let column = Indicators.populationStandardDeviation(returns, period: period)
    volatilities[period] = column
    return column
  }

  /// Wilder's average true range in price units.
  func averageTrueRange(period: Int) -> [Double] {
    Indicators.averageTrueRange(high: market.high, low: market.low, close: market.close, period: period)
  }
}
