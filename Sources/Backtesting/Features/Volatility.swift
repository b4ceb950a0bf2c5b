import Kernels

extension Indicators {
  /// The change from the value `period` bars before, relative to it: `x[t] / x[t - period] - 1`; TA-Lib's
  /// `ROCP`. The first value stands at bar `period`. A change from zero, or beyond all numbers, is undefined.
  ///
  /// - Precondition: `period >= 1`.
  public static func rateOfChange(_ column: [Double], period: Int) -> [Double] {
    RuleFormulas.relativeChanges(of: column, over: period)
  }

  /// The population standard deviation (divisor `period`) of the `period` values that end at each bar. The
  /// first value stands at bar `period - 1`; a window of equal values gives exactly 0.
  ///
  /// TA-Lib's `STDDEV` subtracts the squared mean from the mean square and loses the digits that the two have
  /// in common, which `WindowDeviations` does not.
  ///
  /// - Precondition: `period >= 1`.
  public static func populationStandardDeviation(_ column: [Double], period: Int) -> [Double] {
    WindowDeviations.deviations(of: column, period: period)
  }

  /// The true range of each bar: how far the price went since the last close. The first bar has none.
  ///
  /// Reference: Wilder 1978.
  ///
  /// - Precondition: columns of one length.
  public static func trueRange(high: [Double], low: [Double], close: [Double]) -> [Double] {
    precondition(
      high.count == close.count && low.count == close.count, "columns of one market have one length")
    return close.indices.map { bar in
      bar == 0 ? .nan : max(high[bar], close[bar - 1]) - min(low[bar], close[bar - 1])
    }
  }

  /// Wilder's average of the true range, in price units; TA-Lib's `ATR`. The first value stands at bar
  /// `period`.
  ///
  /// - Precondition: `period >= 1`, columns of one length.
  public static func averageTrueRange(
    high: [Double], low: [Double], close: [Double], period: Int
  ) -> [Double] {
    wilderAverage(trueRange(high: high, low: low, close: close), period: period)
  }
}
