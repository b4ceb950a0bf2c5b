import Backtesting
import Kernels

/// A few strategies of one family, small enough to be followed bar by bar.
public enum StrategySample: String, CaseIterable, Sendable {
  case coinFlips, signals
  case randomWeights, givenWeights
  case smaCross, emaCross, macd, momentum, rsi, bollinger, donchian, stochastic

  /// The samples whose strategies are a grid's.
  public static let grids: [StrategySample] = [
    .smaCross, .emaCross, .macd, .momentum, .rsi, .bollinger, .donchian, .stochastic,
  ]

  public var family: Family {
    switch self {
    case .coinFlips: .coinflip
    case .signals: .signals
    case .randomWeights, .givenWeights: .linear
    case .smaCross: .smaCross
    case .emaCross: .emaCross
    case .macd: .macd
    case .momentum: .momentum
    case .rsi: .rsi
    case .bollinger: .bollinger
    case .donchian: .donchian
    case .stochastic: .stochastic
    }
  }

  /// The values of a grid's axes; periods short enough for a market of 200 bars.
  public var axisValues: [[Double]] {
    switch self {
    case .smaCross, .emaCross: [[2, 5, 9], [4, 20, 50]]
    case .macd: [[4, 12], [9, 26], [3, 9]]
    case .momentum: [[1, 10, 60], [0, 0.02], [-0.01, 0]]
    case .rsi: [[2, 14], [30, 40], [50, 70]]
    case .bollinger: [[5, 20], [1, 2], [-0.5, 0.5]]
    case .donchian: [[5, 20, 55], [-1, 0, 1]]
    case .stochastic: [[5, 14], [1, 3], [20, 40], [60]]
    case .coinFlips, .signals, .randomWeights, .givenWeights: []
    }
  }

  /// The strategies, all with a stop-loss, a take-profit and a longest holding, or without any.
  ///
  /// - Parameter signalCount: bars that given signals are made for.
  public func strategies(
    direction: Direction, hasStops: Bool, signalCount: Int
  ) throws(StrategyError) -> StrategySet {
    let stops =
      hasStops ? StopAxes(stopLoss: [0.05], takeProfit: [0.08], maximumHolding: [7]) : StopAxes.none
    return StrategySet(
      family: family, columns: try columns(direction, stops, signalCount), direction: direction, stops: stops)
  }

  private func columns(
    _ direction: Direction, _ stops: StopAxes, _ signalCount: Int
  ) throws(StrategyError) -> StrategySet.Columns {
    let common = Threshold(entry: 0.5, exit: 0.125)
    switch self {
    case .coinFlips: return .coinFlips(seed: 11, probability: 0.3, count: 9)
    case .signals:
      var random = RandomStream(seed: 12, purpose: .trial)
      let signals = (0..<7).map { _ in (0..<signalCount).map { _ in Int8(random.integer(below: 3) - 1) } }
      return .signals(SignalColumns(signals))
    case .randomWeights:
      return .linear(
        LinearColumns(features: Feature.linearDefaults, weights: .random(seed: 13, count: 9)), common)
    case .givenWeights:
      let features: [Feature] = [
        .momentum(period: 3), .bollinger(period: 20), .relativeStrength(period: 14), .momentum(period: 60),
      ]
      // Zeros leave a feature out, its warm-up included; the last strategy never has a position.
      let weights = [[0, 1, 0, 0], [20, 0, 0.5, 0], [0.25, -1, 1, 4], [0, 0, -1, 0], [0, 0, 0, 0.0]]
      let thresholds = [(1, 0), (0.25, 0.25), (0.7, 0.1), (0.3, 0), (0.5, 0.5)]
      return .linear(
        LinearColumns(
          features: features, weights: .given(weights),
          thresholds: thresholds.map { Threshold(entry: $0.0, exit: $0.1) }), common)
    default:
      guard let rule = RuleFamily(family) else { preconditionFailure("\(rawValue) is a grid") }
      return .grid(
        try RuleGrid(family: rule, axisValues: axisValues, direction: direction, stops: stops))
    }
  }
}
