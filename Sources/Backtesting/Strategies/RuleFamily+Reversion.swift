/// Rules that expect a return to the middle. With a short side, a position is left when the score's magnitude falls
/// below the exit, so an exit beyond the middle holds a position until the opposite entry.
extension RuleFamily {
  /// Entered when RSI(period) is below `entry`, left when it is above `exit`.
  static let rsi = RuleFamily(
    family: .rsi, summary: "long when the relative strength index is low, until it is high",
    axes: [
      .bars("period", "2:30", from: 2, "length of the window"),
      .real("entry", "10:40:5", in: 0...100, "opens below this level, 0 to 100"),
      .real("exit", "40:80:5", in: 0...100, "closes above this level, 0 to 100"),
    ],
    isPatched: false, condition: "an entry at or below the exit, as it buys weakness and sells strength",
    isStrategy: { $0[1] <= $0[2] },
    added: .by(0) { .relativeStrength(period: Int($0[0])) }, subtracted: nil,
    thresholds: { ((50 - $0[1]) / 50, (50 - $0[2]) / 50) })

  /// Entered when slow %K(period, smoothing) is below `entry`, left when it is above `exit`.
  static let stochastic = RuleFamily(
    family: .stochastic, summary: "long when the stochastic oscillator is low, until it is high",
    axes: [
      .bars("period", "5:60", from: 2, "length of the window"),
      .bars("smoothing", "1,3", "length of the average of %K"),
      .real("entry", "10:40:5", in: 0...100, "opens below this level, 0 to 100"),
      .real("exit", "40:90:10", in: 0...100, "closes above this level, 0 to 100"),
    ],
    isPatched: false, condition: "an entry at or below the exit, as it buys weakness and sells strength",
    isStrategy: { $0[2] <= $0[3] },
    added: .by(0, 1) { .stochastic(period: Int($0[0]), smoothing: Int($0[1])) }, subtracted: nil,
    thresholds: { ((50 - $0[2]) / 50, (50 - $0[3]) / 50) })

  /// Entered when the close is more than `width` deviations below SMA(period), left when it is less than `exit`
  /// deviations below.
  static let bollinger = RuleFamily(
    family: .bollinger, summary: "long below the lower Bollinger band, until the price is back",
    axes: [
      .bars("period", "5:100", from: 2, "length of the window"),
      .real("width", "1:3:0.25", in: 0...20, "opens this many standard deviations below the average"),
      .real(
        "exit", "-1:0.5:0.5", in: -20...20,
        "closes this many standard deviations below the average, or above it if negative"),
    ],
    isPatched: false, condition: "an exit at or below the width", isStrategy: { $0[2] <= $0[1] },
    added: .by(0) { .bollinger(period: Int($0[0])) }, subtracted: nil, thresholds: { ($0[1], $0[2]) })
}
