extension Indicators {
  /// The change from the value `period` bars before, relative to it: `x[t] / x[t - period] - 1`; TA-Lib's
  /// `ROCP`. The first value stands at bar `period`. A change from zero is undefined.
  ///
  /// - Precondition: `period >= 1`.
  public static func rateOfChange(_ column: [Double], period: Int) -> [Double] {
    precondition(period >= 1, "a change spans at least one bar")
    var result = [Double](repeating: .nan, count: column.count)
    guard period < column.count else { return result }
    for bar in period..<column.count where column[bar - period] != 0 {
      result[bar] = (column[bar] - column[bar - period]) / column[bar - period]
    }
    return result
  }

  /// The population standard deviation (divisor `period`) of the `period` values that end at each bar. The
  /// first value stands at bar `period - 1`; a window of equal values gives exactly 0.
  ///
  /// TA-Lib's `STDDEV` subtracts the squared mean from the mean square and loses the digits that the two have
  /// in common. Here the sums are those of differences from one value of the window. No value is further than
  /// √period standard deviations from the mean of its window, so whatever the price level the variance loses
  /// at most a factor `period` of its precision.
  ///
  /// - Precondition: `period >= 1`.
  public static func populationStandardDeviation(_ column: [Double], period: Int) -> [Double] {
    precondition(period >= 1, "a window has at least one bar")
    var result = [Double](repeating: .nan, count: column.count)
    guard period <= column.count else { return result }
    let length = Double(period)
    // Every window holds exactly one multiple of the period, its anchor. Sums run from the anchor to both sides.
    var sumsBefore = [Double](repeating: 0, count: period)
    var squaresBefore = sumsBefore
    for anchor in stride(from: 0, to: column.count, by: period) {
      let reference = column[anchor]
      for distance in 1..<period where distance <= anchor {
        let difference = column[anchor - distance] - reference
        sumsBefore[distance] = sumsBefore[distance - 1] + difference
        squaresBefore[distance] = squaresBefore[distance - 1] + difference * difference
      }
      var sumAfter = 0.0
      var squareAfter = 0.0
      for bar in anchor..<min(anchor + period, column.count) {
        let difference = column[bar] - reference
        sumAfter += difference
        squareAfter += difference * difference
        guard bar >= period - 1 else { continue }
        let before = period - 1 - (bar - anchor)
        let sum = sumsBefore[before] + sumAfter
        let square = squaresBefore[before] + squareAfter
        let squaredDeviations = square - sum * sum / length
        // Rounding may leave a tiny negative number; a NaN passes.
        result[bar] = squaredDeviations < 0 ? 0 : (squaredDeviations / length).squareRoot()
      }
    }
    return result
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
