extension Indicators {
  /// Wilder's directional indicators, 0 to 100: `plus` is the share of the true range that went to new highs,
  /// `minus` the share that went to new lows; TA-Lib's `PLUS_DI` and `MINUS_DI`. The first values stand at bar
  /// `period`.
  ///
  /// As in TA-Lib the smoothed sums begin with the first `period - 1` moves, and the next one already decays
  /// them; Wilder begins with the plain sum of `period` moves. The difference dies out exponentially. Undefined
  /// while the true range is zero.
  ///
  /// Reference: Wilder 1978.
  ///
  /// - Precondition: `period >= 2`, columns of one length.
  public static func directionalIndicators(
    high: [Double], low: [Double], close: [Double], period: Int
  ) -> (plus: [Double], minus: [Double]) {
    precondition(period >= 2, "directional movement needs a period of at least two bars")
    let ranges = trueRange(high: high, low: low, close: close)
    var plus = [Double](repeating: .nan, count: close.count)
    var minus = plus
    var rises = 0.0
    var falls = 0.0
    var range = 0.0
    let decay = 1 / Double(period)
    for bar in close.indices.dropFirst() {
      if bar >= period {
        rises -= rises * decay
        falls -= falls * decay
        range -= range * decay
      }
      let rise = high[bar] - high[bar - 1]
      let fall = low[bar - 1] - low[bar]
      if rise > 0 && rise > fall { rises += rise }
      if fall > 0 && fall > rise { falls += fall }
      range += ranges[bar]
      guard bar >= period else { continue }
      plus[bar] = 100 * (rises / range)
      minus[bar] = 100 * (falls / range)
    }
    return (plus, minus)
  }

  /// Wilder's average directional index, 0 to 100, the strength of a trend in either direction: his average of
  /// `100 * abs(plus - minus) / (plus + minus)`; TA-Lib's `ADX`. The first value stands at bar `2 * period - 1`.
  ///
  /// Undefined while no bar has made a new high or low; TA-Lib leaves such bars out of the average.
  ///
  /// Reference: Wilder 1978.
  ///
  /// - Precondition: `period >= 2`, columns of one length.
  public static func averageDirectionalIndex(
    high: [Double], low: [Double], close: [Double], period: Int
  ) -> [Double] {
    let (plus, minus) = directionalIndicators(high: high, low: low, close: close, period: period)
    let strength = pairwise(plus, minus) { 100 * (($0 - $1).magnitude / ($0 + $1)) }
    return wilderAverage(strength, period: period)
  }
}
