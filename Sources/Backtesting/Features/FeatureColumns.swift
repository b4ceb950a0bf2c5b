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
  private lazy var returns = Indicators.rateOfChange(market.close, period: 1)
  private var volatilities: [Int: [Double]] = [:]

  init(_ market: Market) {
    self.market = market
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
