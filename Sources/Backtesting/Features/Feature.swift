/// A column over bars that strategies weigh: unit-free, and at every bar a function of that bar and earlier ones.
///
/// A feature is undefined (NaN) in its warm-up and where its formula has no answer. Periods are in bars and
/// come from users, so `check()` them before `values(in:)`, which traps on what `check()` refuses.
///
/// Below, c, h, l, o are close, high, low and open of the bar, c[n] is the close n bars before, σ(m) the
/// population standard deviation of the last m close-to-close returns, and contrast(a, b) is (a - b)/(a + b):
/// half the logarithm of a/b while the two are near, but bounded by ±1, defined when one of them is zero, and
/// the same bits on every machine.
public enum Feature: Hashable, Sendable {
  // The features of the rule grids: a rule's score is a sum of these with fixed weights.

  /// SMA(n)/c - 1. Equal averages give equal bits, so a tie of two averages is a tie of scores.
  case simpleMovingAverage(period: Int)
  /// EMA(n)/c - 1.
  case exponentialMovingAverage(period: Int)
  /// c/c[n] - 1.
  case momentum(period: Int)
  /// (50 - RSI(n))/50: high when oversold. Undefined while there was neither a gain nor a loss.
  case relativeStrength(period: Int)
  /// -(c - SMA(n))/s, where s is the population standard deviation of the n closes: high when cheap. Undefined
  /// when s is zero.
  case bollinger(period: Int)
  /// ((c - H) + (c - L))/(H - L), where H and L are the highest high and the lowest low of the n bars before
  /// this one: exactly 1 at H, exactly -1 at L, beyond them a breakout. Undefined when H = L.
  case donchian(period: Int)
  /// (EMA(n) - EMA(g) of EMA(n))/c. The difference of the gaps of two periods is the histogram of MACD over c.
  ///
  /// Here each average is seeded from its own first n closes; TA-Lib's `MACD` seeds the fast average at the
  /// slow one's first bar, so that the two differ after the warm-up by a term that dies out exponentially.
  case macdGap(period: Int, signal: Int)
  /// (50 - slow %K(n, m))/50: high when oversold. Undefined when one of the averaged ranges is flat.
  case stochastic(period: Int, smoothing: Int)

  // The further features of `linearDefaults`, scaled by constants so that their deviation is of order 1.

  /// (c/c[n] - 1)/(σ(m)·√n).
  case scaledMomentum(period: Int, volatility: Int)
  /// (1 - SMA(n)/c)/(σ(m)·√(n/3)); √(n/3) is the deviation for a random walk of unit steps, to first order.
  case scaledSimpleMovingAverage(period: Int, volatility: Int)
  /// (1 - EMA(n)/c)/(σ(m)·(n - 1)/(2√n)), the last factor being the deviation for a random walk of unit steps.
  case scaledExponentialMovingAverage(period: Int, volatility: Int)
  /// `relativeStrength` times √(2n - 1)·√(2/π), which undoes the averaging of Gaussian changes.
  case scaledRelativeStrength(period: Int)
  /// 3 times the histogram of MACD(fast, slow, signal), as TA-Lib seeds it, over c·σ(m). The 3 is for 12/26/9.
  case scaledMACD(fast: Int, slow: Int, signal: Int, volatility: Int)
  /// CCI(n)/100.
  case commodityChannel(period: Int)
  /// (ADX(n) - 25)/10.
  case trendStrength(period: Int)
  /// 2·(p - q)/(p + q), where p and q are the plus and minus directional indicators over n bars. Undefined while no bar has made a new high or low.
  case directionalBalance(period: Int)
  /// Aroon oscillator(n)/100.
  case aroon(period: Int)
  /// (50 - MFI(n))/20: high when oversold. Undefined when no money moved in the n bars.
  case moneyFlow(period: Int)
  /// 8·contrast(ATR(fast)/SMA(fast), ATR(slow)/SMA(slow)).
  case rangeRatio(fast: Int, slow: Int)
  /// 4·contrast(σ(fast), σ(slow)).
  case volatilityRatio(fast: Int, slow: Int)
  /// 4·contrast(a, b) of the mean volumes of the last `fast` and `slow` bars. Undefined when both are zero.
  case volumeRatio(fast: Int, slow: Int)
  /// (c - o)/ATR(n): the body of the candle.
  case body(period: Int)
  /// (2c - h - l)/ATR(n): where in its candle the bar closed.
  case closeLocation(period: Int)
}
