import Kernels

/// The metrics of a sweep by the names they have in options and artifacts, and what cross-validation makes of each.
public enum SplitMetricName: String, CaseIterable, Sendable {
  case winRate = "win_rate"
  case totalReturn = "total_return"
  case sharpeRatio = "sharpe_ratio"
  case maximumDrawdown = "max_drawdown"
  case trades = "num_trades"
  case cagr
  case volatility
  case sortinoRatio = "sortino_ratio"
  case calmarRatio = "calmar_ratio"
  case profitFactor = "profit_factor"
  case expectancy
  case exposure
  case turnover
  case skewness
  case kurtosis

  /// Whether the metric depends on the path of equity and not on sums over blocks, so that a union of blocks does not
  /// have it: the blocks between would have to be known.
  public var isPathDependent: Bool { self == .maximumDrawdown || self == .calmarRatio }

  /// The metric as cross-validation evaluates it; `nil` where ``isPathDependent``.
  ///
  /// Sharpe, Sortino and volatility are per bar here, and turnover a bar: they are not annualised, which changes no order.
  /// Costs (volatility, turnover, kurtosis) have their sign turned, so that more is better; a probability of
  /// loss means nothing for them.
  ///
  /// - Parameters:
  ///   - perTrade: whether every bar in the market is one trade and returns add up; else all bars count and
  ///     returns compound.
  ///   - barsPerYear: how many bars make a year, for growth a year.
  ///   - rounding: up to where a deviation is none, by how the sums were made.
  public func metric(
    perTrade: Bool, barsPerYear: Double, rounding: SpreadRounding = .double
  ) -> (any SplitMetric)? {
    switch self {
    case .maximumDrawdown, .calmarRatio: nil
    case .winRate: perTrade ? RatioMetric.winRateOfBars : RatioMetric.winRateOfTrades
    case .totalReturn: perTrade ? TotalMetric(.sum) : TotalReturnMetric()
    case .sharpeRatio: perTrade ? SharpeOfTradesMetric(rounding: rounding) : SharpeMetric(rounding: rounding)
    case .trades: TotalMetric(perTrade ? .barsInMarket : .tradesClosed)
    case .cagr: AnnualGrowthMetric(barsPerYear: barsPerYear)
    case .volatility: VolatilityMetric(ofTrades: perTrade, rounding: rounding)
    case .sortinoRatio: perTrade ? SortinoOfTradesMetric() : SortinoMetric()
    case .profitFactor: perTrade ? RatioMetric.profitFactorOfBars : RatioMetric.profitFactor
    case .expectancy: perTrade ? RatioMetric.expectancyOfBars : RatioMetric.expectancy
    case .exposure: PerBarMetric(.barsInMarket)
    case .turnover: PerBarMetric(.turnover, isCost: true)
    case .skewness: ShapeMetric(.skewness, ofTrades: perTrade, rounding: rounding)
    case .kurtosis: ShapeMetric(.kurtosis, ofTrades: perTrade, rounding: rounding)
    }
  }
}
