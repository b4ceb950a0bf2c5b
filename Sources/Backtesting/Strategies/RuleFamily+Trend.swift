/// Rules that follow a trend.
extension RuleFamily {
  /// SMA(fast) above SMA(slow): entered when above, left when below, kept when equal.
  static let smaCross = RuleFamily(
    family: .smaCross, summary: "long while a fast simple moving average is above a slow one",
    axes: [
      .bars("fast", "2:60", "length of the fast average"),
      .bars("slow", "10:250:2", from: 2, "length of the slow average"),
    ],
    isPatched: true, condition: "a fast average that is shorter than the slow one",
    isStrategy: { $0[0] < $0[1] },
    added: .by(0) { .simpleMovingAverage(period: Int($0[0])) },
    subtracted: .by(1) { .simpleMovingAverage(period: Int($0[0])) },
    thresholds: { _ in (0, 0) })

  /// EMA(fast) above EMA(slow): entered when above, left when below, kept when equal.
  static let emaCross = RuleFamily(
    family: .emaCross, summary: "long while a fast exponential moving average is above a slow one",
    axes: [
      .bars("fast", "2:60", "length of the fast average"),
      .bars("slow", "10:250:2", from: 2, "length of the slow average"),
    ],
    isPatched: true, condition: "a fast average that is shorter than the slow one",
    isStrategy: { $0[0] < $0[1] },
    added: .by(0) { .exponentialMovingAverage(period: Int($0[0])) },
    subtracted: .by(1) { .exponentialMovingAverage(period: Int($0[0])) },
    thresholds: { _ in (0, 0) })

  /// The MACD histogram of (fast, slow, signal): entered when above 0, left when below.
  ///
  /// By linearity the histogram is the difference of two gaps, one of each average; see the feature.
  static let macd = RuleFamily(
    family: .macd, summary: "long while the MACD line is above its signal line",
    axes: [
      .bars("fast", "4:24", "length of the fast average"),
      .bars("slow", "16:64:2", from: 2, "length of the slow average"),
      .bars("signal", "5:17:2", from: 2, "length of the signal line"),
    ],
    isPatched: true, condition: "a fast average that is shorter than the slow one",
    isStrategy: { $0[0] < $0[1] },
    added: .by(0, 2) { .macdGap(period: Int($0[0]), signal: Int($0[1])) },
    subtracted: .by(1, 2) { .macdGap(period: Int($0[0]), signal: Int($0[1])) },
    thresholds: { _ in (0, 0) })

  /// The change of price over `lookback` bars: entered above `threshold`, left below `exit`.
  static let momentum = RuleFamily(
    family: .momentum, summary: "long after a rise over some bars",
    axes: [
      .bars("lookback", "2:250", "time over which the change of price is taken"),
      .fraction("threshold", "0:0.2:0.02", in: 0...10, "opens above this change of price, a fraction"),
      .fraction("exit", "0", in: -1...10, "closes below this change of price, a fraction"),
    ],
    isPatched: false, condition: "an exit at or below the threshold", isStrategy: { $0[2] <= $0[1] },
    added: .by(0) { .momentum(period: Int($0[0])) }, subtracted: nil, thresholds: { ($0[1], $0[2]) })

  /// The place of the close in the range of the `period` bars before: entered above its top, left when the place,
  /// from -1 at the bottom to 1 at the top, falls below `exit`.
  static let donchian = RuleFamily(
    family: .donchian,
    summary: "long above the highest high of earlier bars, until the price falls back into their range",
    axes: [
      .bars("period", "5:250", "length of the window"),
      .real(
        "exit", "-1:0.5:0.25", in: -10...1,
        "closes below this position in the channel, from -1 at the bottom to 1 at the top"),
    ],
    isPatched: false, condition: "an exit of at most 1", isStrategy: { $0[1] <= 1 },
    added: .by(0) { .donchian(period: Int($0[0])) }, subtracted: nil, thresholds: { (1, $0[1]) })
}
