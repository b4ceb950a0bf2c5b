extension Feature {
  /// The 32 features of the `linear` family unless others are named: trend, reversal, breakout, range, volume
  /// and candle, over horizons from one bar to 200. What each computes stands at its case.
  ///
  /// Each is centred near 0 with a deviation of order 1, so that random weights of one size give all of them a
  /// say. The scales are constants or trailing volatility and see no later bar. Mean and deviation here are
  /// those of all daily bars of BTC/USDT from 2017-08-17 to 2024-12-31, a rising market. The round factors 2, 3,
  /// 4 and 8 of `directional-balance`, `scaled-macd` and the ratios were chosen in sight of these deviations; the
  /// others follow from a random walk or from custom. Periods are named as if bars were sessions. `mfi` and
  /// `volume-ratio` need volume (`usesVolume`).
  ///
  /// | feature | what it sees | warm-up | mean | deviation |
  /// |---|---|---|---|---|
  /// | `scaled-momentum(1/60)` | the last return | 60 | 0.06 | 1.02 |
  /// | `scaled-momentum(2/60)` | the last two returns | 60 | 0.08 | 1.02 |
  /// | `scaled-momentum(5/60)` | a week of sessions | 60 | 0.14 | 1.05 |
  /// | `scaled-momentum(10/60)` | two weeks | 60 | 0.20 | 1.10 |
  /// | `scaled-momentum(20/60)` | a month | 60 | 0.29 | 1.19 |
  /// | `scaled-momentum(60/60)` | a quarter | 60 | 0.53 | 1.37 |
  /// | `scaled-momentum(120/60)` | half a year | 120 | 0.67 | 1.58 |
  /// | `scaled-sma(10/60)` | distance from a short average | 60 | 0.06 | 0.99 |
  /// | `scaled-sma(50/60)` | from a medium one | 60 | 0.12 | 1.12 |
  /// | `scaled-sma(200/60)` | from a long one | 199 | 0.05 | 1.11 |
  /// | `scaled-ema(8/60)` | distance from a short exponential average | 60 | 0.07 | 1.08 |
  /// | `scaled-ema(21/60)` | from a medium one | 60 | 0.10 | 1.12 |
  /// | `scaled-ema(100/60)` | from a long one | 99 | 0.11 | 1.13 |
  /// | `scaled-rsi(2)` | very short relative strength, high when oversold | 2 | -0.07 | 0.86 |
  /// | `scaled-rsi(7)` | short relative strength | 7 | -0.16 | 1.05 |
  /// | `scaled-rsi(14)` | Wilder's relative strength | 14 | -0.22 | 1.16 |
  /// | `bollinger(20)` | deviations below the average | 19 | -0.17 | 1.35 |
  /// | `donchian(20)` | place in the channel of a month | 20 | 0.11 | 0.69 |
  /// | `donchian(55)` | place in the channel of a quarter | 55 | 0.10 | 0.64 |
  /// | `stochastic(5/1)` | place in the range of a week, high when low | 4 | -0.09 | 0.56 |
  /// | `stochastic(14/3)` | smoothed place in the range, high when low | 15 | -0.09 | 0.54 |
  /// | `scaled-macd(12/26/9/60)` | turn of the trend | 60 | 0.02 | 1.06 |
  /// | `cci(20)` | typical price against its mean | 19 | 0.14 | 1.16 |
  /// | `adx(14)` | strength of a trend, either way | 27 | 0.47 | 1.13 |
  /// | `directional-balance(14)` | direction of the trend | 14 | 0.05 | 0.72 |
  /// | `aroon(25)` | which extreme is younger | 25 | 0.13 | 0.61 |
  /// | `mfi(14)` | money flow, high when oversold | 14 | -0.10 | 0.88 |
  /// | `range-ratio(7/28)` | ranges widen or narrow | 28 | -0.14 | 0.84 |
  /// | `volatility-ratio(10/60)` | volatility rises or falls | 60 | -0.35 | 0.73 |
  /// | `volume-ratio(1/20)` | volume against its mean | 19 | -0.13 | 0.83 |
  /// | `body(14)` | body of the candle | 14 | 0.04 | 0.67 |
  /// | `close-location(14)` | close within its candle | 14 | 0.09 | 0.65 |
  public static let linearDefaults: [Feature] = [
    .scaledMomentum(period: 1, volatility: 60),
    .scaledMomentum(period: 2, volatility: 60),
    .scaledMomentum(period: 5, volatility: 60),
    .scaledMomentum(period: 10, volatility: 60),
    .scaledMomentum(period: 20, volatility: 60),
    .scaledMomentum(period: 60, volatility: 60),
    .scaledMomentum(period: 120, volatility: 60),
    .scaledSimpleMovingAverage(period: 10, volatility: 60),
    .scaledSimpleMovingAverage(period: 50, volatility: 60),
    .scaledSimpleMovingAverage(period: 200, volatility: 60),
    .scaledExponentialMovingAverage(period: 8, volatility: 60),
    .scaledExponentialMovingAverage(period: 21, volatility: 60),
    .scaledExponentialMovingAverage(period: 100, volatility: 60),
    .scaledRelativeStrength(period: 2),
    .scaledRelativeStrength(period: 7),
    .scaledRelativeStrength(period: 14),
    .bollinger(period: 20),
    .donchian(period: 20),
    .donchian(period: 55),
    .stochastic(period: 5, smoothing: 1),
    .stochastic(period: 14, smoothing: 3),
    .scaledMACD(fast: 12, slow: 26, signal: 9, volatility: 60),
    .commodityChannel(period: 20),
    .trendStrength(period: 14),
    .directionalBalance(period: 14),
    .aroon(period: 25),
    .moneyFlow(period: 14),
    .rangeRatio(fast: 7, slow: 28),
    .volatilityRatio(fast: 10, slow: 60),
    .volumeRatio(fast: 1, slow: 20),
    .body(period: 14),
    .closeLocation(period: 14),
  ]
}
