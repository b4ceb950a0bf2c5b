/// A number that is read off a tally; its raw value names it in artifacts and options.
public enum Metric: String, Codable, CaseIterable, Sendable {
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

  /// Whether more is better; drawdown, volatility, turnover and kurtosis are costs.
  public var isHigherBetter: Bool {
    switch self {
    case .maximumDrawdown, .volatility, .turnover, .kurtosis: false
    default: true
    }
  }
}
