import Kernels

extension Feature {
  /// The feature's column: one value a bar, NaN where it is undefined, always in the first `warmUp` bars.
  ///
  /// - Precondition: the feature passes `check()`.
  public func values(in market: Market) -> [Double] {
    var shared = SharedColumns(MarketSums(market), for: [self])
    return values(from: &shared)
  }

  /// The same, starting from what other features of the market have already computed.
  func values(from shared: inout SharedColumns) -> [Double] {
    precondition(problem == nil, problem.map(\.description) ?? "")
    switch self {
    case .simpleMovingAverage, .exponentialMovingAverage, .momentum, .relativeStrength, .bollinger, .donchian,
      .macdGap, .stochastic:
      return ruleFormula(&shared)
    case .scaledMomentum, .scaledSimpleMovingAverage, .scaledExponentialMovingAverage,
      .scaledRelativeStrength, .scaledMACD:
      return Self.defined(scaledFormula(&shared))
    case .commodityChannel, .trendStrength, .directionalBalance, .aroon, .moneyFlow, .rangeRatio,
      .volatilityRatio, .volumeRatio, .body, .closeLocation:
      return Self.defined(shapeFormula(&shared))
    }
  }

  /// The column without infinities.
  private static func defined(_ column: consuming [Double]) -> [Double] {
    RuleFormulas.undefineInfinities(&column)
    return column
  }

  /// The features of the rule grids, whose last steps leave no infinities.
  private func ruleFormula(_ shared: inout SharedColumns) -> [Double] {
    let market = shared.market
    let close = market.close
    switch self {
    case .simpleMovingAverage(let period):
      return shared.closeSums.distances(period: period, from: close)
    case .exponentialMovingAverage(let period):
      return relativeDistance(of: shared.exponentialAverage(period: period), from: close)
    case .momentum(let period):
      return RuleFormulas.relativeChanges(of: close, over: period)
    case .relativeStrength(let period):
      return RuleFormulas.belowMiddle(shared.relativeStrength(period: period))
    case .bollinger(let period):
      return shared.meanDistance(period: period)
    case .donchian(let period):
      // The window that starts n bars before this one ends before it.
      let (highest, lowest) = shared.extremes(period: period)
      return RuleFormulas.channelPlaces(of: close, from: period, highest: highest, lowest: lowest)
    case .macdGap(let period, let signal):
      return shared.averageGap(period: period, signal: signal)
    case .stochastic(let period, let smoothing):
      return RuleFormulas.belowMiddle(
        Indicators.simpleMovingAverage(shared.rangePlaces(period: period), period: smoothing))
    default: preconditionFailure("not the feature of a rule")
    }
  }

  /// The features that are divided by their deviation for a random walk.
  private func scaledFormula(_ shared: inout SharedColumns) -> [Double] {
    let close = shared.market.close
    switch self {
    case .scaledMomentum(let period, let volatility):
      return scaled(
        Indicators.rateOfChange(close, period: period), by: Double(period).squareRoot(),
        shared.volatility(period: volatility))
    case .scaledSimpleMovingAverage(let period, let volatility):
      let distances = shared.closeSums.distances(period: period, from: close)
      return scaled(distances, by: -(Double(period) / 3).squareRoot(), shared.volatility(period: volatility))
    case .scaledExponentialMovingAverage(let period, let volatility):
      return scaled(
        relativeDistance(of: shared.exponentialAverage(period: period), from: close),
        by: -Double(period - 1) / (2 * Double(period).squareRoot()), shared.volatility(period: volatility))
    case .scaledRelativeStrength(let period):
      let factor = (Double(2 * period - 1) * 2 / Double.pi).squareRoot()
      return shared.relativeStrength(period: period).map { factor * (50 - $0) / 50 }
    case .scaledMACD(let fast, let slow, let signal, let volatility):
      let (_, _, histogram) = Indicators.movingAverageConvergence(
        close, fast: fast, slow: slow, signal: signal)
      return scaled(
        Indicators.pairwise(histogram, close) { 3 * $0 / $1 }, by: 1, shared.volatility(period: volatility))
    default: preconditionFailure("not a feature that is scaled by volatility")
    }
  }

  /// The features of trend strength, flow, range and candle.
  private func shapeFormula(_ shared: inout SharedColumns) -> [Double] {
    let market = shared.market
    let (open, high, low, close) = (market.open, market.high, market.low, market.close)
    switch self {
    case .commodityChannel(let period):
      return Indicators.commodityChannelIndex(high: high, low: low, close: close, period: period)
        .map { $0 / 100 }
    case .trendStrength(let period):
      return Indicators.averageDirectionalIndex(high: high, low: low, close: close, period: period)
        .map { ($0 - 25) / 10 }
    case .directionalBalance(let period):
      let (plus, minus) = Indicators.directionalIndicators(high: high, low: low, close: close, period: period)
      return Indicators.pairwise(plus, minus) { 2 * contrast($0, $1) }
    case .aroon(let period):
      return Indicators.aroonOscillator(high: high, low: low, period: period).map { $0 / 100 }
    case .moneyFlow(let period):
      return Indicators.moneyFlowIndex(
        high: high, low: low, close: close, volume: market.volume, period: period
      ).map { (50 - $0) / 20 }
    case .rangeRatio(let fast, let slow):
      let ratios = [fast, slow].map { period in
        Indicators.pairwise(
          shared.averageTrueRange(period: period), shared.closeSums.means(period: period), /)
      }
      return Indicators.pairwise(ratios[0], ratios[1]) { 8 * contrast($0, $1) }
    case .volatilityRatio(let fast, let slow):
      return Indicators.pairwise(
        shared.volatility(period: fast), shared.volatility(period: slow)
      ) { 4 * contrast($0, $1) }
    case .volumeRatio(let fast, let slow):
      return Indicators.pairwise(
        shared.volumeSums.means(period: fast), shared.volumeSums.means(period: slow)
      ) { 4 * contrast($0, $1) }
    case .body(let period):
      let ranges = shared.averageTrueRange(period: period)
      return close.indices.map { (close[$0] - open[$0]) / ranges[$0] }
    case .closeLocation(let period):
      let ranges = shared.averageTrueRange(period: period)
      return close.indices.map { ((close[$0] - high[$0]) + (close[$0] - low[$0])) / ranges[$0] }
    default: preconditionFailure("not a feature of trend strength, flow, range or candle")
    }
  }
}

/// How far above the price another price stands, relative to it.
private func relativeDistance(of averages: [Double], from prices: [Double]) -> [Double] {
  RuleFormulas.relativeDifferences(averages, prices, to: prices)
}

/// Each value in units of `factor` times the volatility.
private func scaled(_ column: [Double], by factor: Double, _ volatility: [Double]) -> [Double] {
  Indicators.pairwise(column, volatility) { $0 / (factor * $1) }
}

/// The difference of two amounts that are not negative over their sum, which stands in for the logarithm of
/// their ratio.
private func contrast(_ first: Double, _ second: Double) -> Double {
  (first - second) / (first + second)
}
