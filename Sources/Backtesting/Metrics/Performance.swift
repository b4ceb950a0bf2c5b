import Glibc
import Kernels

/// Every metric of one strategy over one segment, read off its tally. Undefined is NaN.
///
/// With n the bars that count (all bars under ``Convention/portfolio``, the bars in the market under
/// ``Convention/perTrade``, with the costs of their positions), x their net returns and P the bars per year.
public struct Performance: Equatable, Sendable {
  /// Trades won over trades closed; per trade: winning bars over bars in the market.
  public let winRate: Double
  /// Growth less 1; per trade: Σx.
  public let totalReturn: Double
  /// Annualised: mean over standard deviation (n - 1; per trade: n), times √P. Undefined without deviation, which one
  /// return does not have.
  public let sharpeRatio: Double
  /// The largest fall of compounded equity from an earlier highest point, as a fraction of it.
  public let maximumDrawdown: Double
  /// Trades closed; per trade: bars in the market.
  public let trades: Double
  /// Growth a year: growth^(P / bars) - 1.
  public let cagr: Double
  /// Annualised: standard deviation as in the Sharpe ratio, times √P.
  public let volatility: Double
  /// Annualised: mean over √(Σmin(x, 0)² / n), times √P (Sortino & van der Meer 1991, target 0).
  public let sortinoRatio: Double
  /// CAGR over maximum drawdown.
  public let calmarRatio: Double
  /// Gross profit over gross loss of the trades.
  public let profitFactor: Double
  /// Mean net return of a trade.
  public let expectancy: Double
  /// Bars in the market over bars.
  public let exposure: Double
  /// Changes of the position by one, a year.
  public let turnover: Double
  /// Third standardised moment of x, with the population's deviation.
  public let skewness: Double
  /// Fourth standardised moment of x, with the population's deviation: 3 for a normal distribution.
  public let kurtosis: Double

  /// Reads `tally` by `convention`.
  ///
  /// - Parameters:
  ///   - barsPerYear: how many bars make a year, for what is annualised.
  ///   - rounding: up to where a deviation is none, by how the sums of the tally were made.
  public init(
    _ tally: Tally, convention: Convention, barsPerYear: Double, rounding: SpreadRounding = .double
  ) {
    let isPerTrade = convention == .perTrade
    let bars = Double(tally.bars)
    let inMarket = Double(tally.barsInMarket)
    let n = isPerTrade ? inMarket : bars
    let moments = Moments(tally, count: n, rounding: rounding)
    let deviation = isPerTrade ? moments.populationDeviation : moments.sampleDeviation
    let annual = barsPerYear.squareRoot()
    let losses = tally.sumOfSquaredLosses / n
    let downside = losses <= moments.mean * moments.mean * SpreadRounding.ofValues ? 0 : losses.squareRoot()
    let growthAYear = bars > 0 ? pow(tally.growth, barsPerYear / bars) : .nan

    trades = Double(tally.trades(convention))
    winRate = Performance.ratio(Double(isPerTrade ? tally.winningBars : tally.tradesWon), trades)
    totalReturn = isPerTrade ? tally.sum : tally.growth - 1
    sharpeRatio = Performance.ratio(moments.mean, deviation) * annual
    maximumDrawdown = tally.maximumDrawdown
    cagr = growthAYear - 1
    volatility = deviation * annual
    sortinoRatio = Performance.ratio(moments.mean, downside) * annual
    calmarRatio = Performance.ratio(growthAYear - 1, tally.maximumDrawdown)
    let profit = isPerTrade ? tally.sum - tally.sumOfLosses : tally.grossProfit
    let loss = isPerTrade ? -tally.sumOfLosses : tally.grossLoss
    profitFactor = Performance.ratio(profit, loss)
    expectancy = Performance.ratio(profit - loss, trades)
    exposure = Performance.ratio(inMarket, bars)
    turnover = Performance.ratio(tally.turnover * barsPerYear, bars)
    skewness = moments.skewness
    kurtosis = moments.kurtosis
  }

  /// A quotient that is undefined where its divisor is zero.
  private static func ratio(_ dividend: Double, _ divisor: Double) -> Double {
    divisor == 0 ? .nan : dividend / divisor
  }
}

extension Performance {
  /// The value of `metric`.
  public subscript(metric: Metric) -> Double {
    switch metric {
    case .winRate: winRate
    case .totalReturn: totalReturn
    case .sharpeRatio: sharpeRatio
    case .maximumDrawdown: maximumDrawdown
    case .trades: trades
    case .cagr: cagr
    case .volatility: volatility
    case .sortinoRatio: sortinoRatio
    case .calmarRatio: calmarRatio
    case .profitFactor: profitFactor
    case .expectancy: expectancy
    case .exposure: exposure
    case .turnover: turnover
    case .skewness: skewness
    case .kurtosis: kurtosis
    }
  }
}
