import Backtesting
import Kernels

extension BacktestCase {
  /// Bars of a case unless said: the built-in daily market has as many.
  public static let standardBars = 2_694
  /// Strategies of a case unless said.
  public static let standardStrategies = 10_000

  /// A seeded random walk, without a pattern that a branch could learn.
  ///
  /// - Precondition: `bars` is in the range of synthetic markets.
  public static func market(bars: Int) -> Market {
    // The drift makes up for what the volatility takes from the logarithm, so that a long walk stays among numbers.
    let model = SyntheticModel.randomWalk(volatility: 0.02, drift: 0.0002)
    do {
      return try SyntheticMarket(model: model, count: bars, seed: 7).market()
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// Every family with about `strategies` strategies, `linear` with 4 to 64 features; none is made before its turn.
  public static func families(strategies count: Int, market: Market) -> [BenchmarkCase] {
    let grids = Family.allCases.filter { RuleFamily($0) != nil }
    return [BenchmarkCase(name: "coinflip") { try coinFlips(count, market).records(in: $0) }]
      + [4, 8, 16, 32, 64].map { features in
        BenchmarkCase(name: "linear-\(features)") {
          try linear(features: features, count, market).records(in: $0)
        }
      }
      + grids.map { family in
        BenchmarkCase(name: family.rawValue) { try grid(family, count, market).records(in: $0) }
      }
      + [BenchmarkCase(name: "signals") { try signals(count, market).records(in: $0) }]
  }

  /// Coin flips.
  public static func coinFlips(_ count: Int, _ market: Market) -> BacktestCase {
    BacktestCase(
      name: "coinflip",
      strategies: StrategySet(
        family: .coinflip, columns: .coinFlips(seed: 1, probability: 0.5, count: count), direction: .long,
        stops: .none),
      market: market)
  }

  /// Random weights over `features` features: the default ones, and beyond 32 further horizons of the same kind.
  public static func linear(
    features: Int, _ count: Int, _ market: Market, direction: Direction = .long, stops: StopAxes = .none
  ) -> BacktestCase {
    let further = (3...).lazy.map { Feature.scaledMomentum(period: $0, volatility: 30) }
    let chosen = Feature.linearDefaults.prefix(features) + further.prefix(max(0, features - 32))
    let columns = LinearColumns(features: Array(chosen), weights: .random(seed: 1, count: count))
    return BacktestCase(
      name: "linear-\(features)",
      strategies: StrategySet(
        family: .linear, columns: .linear(columns, Threshold(entry: 0.5, exit: 0)), direction: direction,
        stops: stops),
      market: market)
  }

  /// A grid of about `count` strategies.
  ///
  /// - Precondition: `family` is a rule grid.
  public static func grid(_ family: Family, _ count: Int, _ market: Market) -> BacktestCase {
    guard let rule = RuleFamily(family) else { preconditionFailure("a rule grid") }
    do {
      let grid = try RuleGrid(
        family: rule, axisValues: axes(family, count), direction: .long, stops: .none)
      return BacktestCase(
        name: family.rawValue,
        strategies: StrategySet(family: family, columns: .grid(grid), direction: .long, stops: .none),
        market: market)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// Signals given bar by bar.
  public static func signals(_ count: Int, _ market: Market) -> BacktestCase {
    let signals = (0..<count).map { strategy in
      var random = RandomStream(seed: 1, purpose: .noise, index: UInt64(strategy))
      var bits: UInt64 = 0
      return (0..<market.count).map { bar -> Int8 in
        if bar % 64 == 0 { bits = random.next() }
        return Int8(bits >> UInt64(bar % 64) & 1)
      }
    }
    return BacktestCase(
      name: "signals",
      strategies: StrategySet(
        family: .signals, columns: .signals(SignalColumns(signals)), direction: .long, stops: .none),
      market: market)
  }

  /// Values whose product has about `count` strategies: thresholds are fixed, periods are as many as it takes.
  private static func axes(_ family: Family, _ count: Int) -> [[Double]] {
    func steps(_ first: Double, _ count: Int, by step: Double = 1) -> [Double] {
      (0..<max(count, 1)).map { first + Double($0) * step }
    }
    switch family {
    case .smaCross, .emaCross:
      // Whole patches of 8 × 8, and no fast average as slow as a slow one.
      let fast = 8 * max(1, Int((Double(count) / 64).squareRoot().rounded()))
      let slow = 8 * max(1, Int((Double(count) / Double(8 * fast)).rounded()))
      return [steps(2, fast), steps(Double(2 + fast), slow)]
    case .macd:
      let slow = 8 * max(1, Int((Double(count) / Double(16 * 8 * 4)).rounded()))
      return [steps(4, 16), steps(20, slow), steps(5, 4, by: 3)]
    case .momentum: return [steps(2, count / 25), steps(0, 25, by: 0.01), [0]]
    case .rsi: return [steps(2, count / 100), steps(10, 10, by: 2), steps(45, 10, by: 2)]
    case .bollinger: return [steps(5, count / 40), steps(1, 10, by: 0.2), steps(-1, 4, by: 0.5)]
    case .donchian: return [steps(5, count / 16), steps(-1, 16, by: 0.125)]
    case .stochastic:
      return [steps(5, count / 100), [1, 3], steps(10, 5, by: 5), steps(40, 10, by: 5)]
    case .coinflip, .linear, .signals: preconditionFailure("a rule grid")
    }
  }
}
