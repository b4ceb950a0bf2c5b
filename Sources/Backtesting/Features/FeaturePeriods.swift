/// A feature whose periods make no sense.
public enum FeatureError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A period is too short for the formula or longer than any sensible one.
  case periodOutOfRange(feature: String, period: Int, allowed: ClosedRange<Int>)
  /// The period that should be the shorter one is not.
  case periodsNotAscending(feature: String, fast: Int, slow: Int)

  public var description: String {
    switch self {
    case .periodOutOfRange(let feature, let period, let allowed):
      "feature \(feature): period is \(period), expected \(allowed.lowerBound) to \(allowed.upperBound) bars; "
        + "choose a period in that range"
    case .periodsNotAscending(let feature, let fast, let slow):
      "feature \(feature): fast period is \(fast), expected less than the slow period \(slow); "
        + "choose a shorter fast or a longer slow period"
    }
  }
}

extension Feature {
  /// The longest period of any feature: a year of 5-minute bars.
  public static let longestPeriod = 105_120

  /// Makes sure that the periods are possible: long enough for the formula, none above `longestPeriod`, and
  /// the fast one below the slow one.
  public func check() throws(FeatureError) {
    if let problem { throw problem }
  }

  /// What `check()` throws.
  var problem: FeatureError? {
    let longest =
      stem == .cci ? Indicators.longestMeanDeviationPeriod : Feature.longestPeriod
    for (period, shortest) in zip(periods, shortestPeriods) where period < shortest || period > longest {
      return .periodOutOfRange(feature: name, period: period, allowed: shortest...longest)
    }
    switch self {
    case .scaledMACD(let fast, let slow, _, _), .rangeRatio(let fast, let slow),
      .volatilityRatio(let fast, let slow), .volumeRatio(let fast, let slow):
      return fast < slow ? nil : .periodsNotAscending(feature: name, fast: fast, slow: slow)
    default:
      return nil
    }
  }

  /// The shortest allowed value of each of `periods`. Two where one bar would leave zero over zero, or a
  /// deviation of one value.
  private var shortestPeriods: [Int] {
    switch self {
    case .simpleMovingAverage, .exponentialMovingAverage, .momentum, .donchian, .aroon, .moneyFlow, .body,
      .closeLocation:
      [1]
    case .relativeStrength, .bollinger, .scaledRelativeStrength, .commodityChannel, .trendStrength,
      .directionalBalance:
      [2]
    case .macdGap: [1, 2]
    case .stochastic, .rangeRatio, .volumeRatio: [1, 1]
    case .scaledMomentum: [1, 2]
    case .scaledSimpleMovingAverage, .scaledExponentialMovingAverage, .volatilityRatio: [2, 2]
    case .scaledMACD: [1, 2, 2, 2]
    }
  }

  /// The number of leading bars at which the feature is undefined on every market. After them it is defined
  /// wherever its formula has an answer.
  public var warmUp: Int {
    switch self {
    case .simpleMovingAverage(let period), .exponentialMovingAverage(let period), .bollinger(let period),
      .commodityChannel(let period):
      period - 1
    case .momentum(let period), .relativeStrength(let period), .donchian(let period),
      .scaledRelativeStrength(let period), .directionalBalance(let period), .aroon(let period),
      .moneyFlow(let period), .body(let period), .closeLocation(let period):
      period
    case .macdGap(let period, let signal): period + signal - 2
    case .stochastic(let period, let smoothing): period + smoothing - 2
    case .scaledMomentum(let period, let volatility): max(period, volatility)
    case .scaledSimpleMovingAverage(let period, let volatility),
      .scaledExponentialMovingAverage(let period, let volatility):
      max(period - 1, volatility)
    case .scaledMACD(_, let slow, let signal, let volatility): max(slow + signal - 2, volatility)
    case .trendStrength(let period): 2 * period - 1
    case .rangeRatio(_, let slow), .volatilityRatio(_, let slow): slow
    case .volumeRatio(_, let slow): slow - 1
    }
  }

  /// Whether the feature needs traded volume; in a market without any it is undefined everywhere.
  public var usesVolume: Bool {
    switch self {
    case .moneyFlow, .volumeRatio: true
    default: false
    }
  }
}
