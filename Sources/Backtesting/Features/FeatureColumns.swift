import Kernels

/// Computes the columns of many features of one market.
public enum FeatureColumns {
  /// One column a feature, in their order, each with one value a bar; undefined is NaN.
  ///
  /// The bits are those of `Feature.values(in:)`. Running sums and volatilities are computed once for all
  /// features, recursive averages side by side, and a repeated feature is one column, shared.
  ///
  /// - Precondition: every feature passes `check()`.
  public static func compute(_ features: [Feature], in market: Market) -> [[Double]] {
    compute(features, from: MarketSums(market))
  }

  /// The same, from running sums that others, too, start from.
  public static func compute(_ features: [Feature], from sums: MarketSums) -> [[Double]] {
    var shared = SharedColumns(sums, for: features)
    var columns: [Feature: [Double]] = [:]
    return features.map { feature in
      if let column = columns[feature] { return column }
      let column = feature.values(from: &shared)
      columns[feature] = column
      return column
    }
  }
}

/// What several features of one market start from, computed when first asked for.
struct SharedColumns {
  private let sums: MarketSums
  private let features: [Feature]
  /// Running sums for the simple averages of all periods.
  private(set) lazy var closeSums = sums.close
  private(set) lazy var volumeSums = sums.volume
  private var highest: WindowExtremes?
  private var lowest: WindowExtremes?
  private var rangePlaces: (period: Int, column: [Double])?
  private lazy var returns = Indicators.rateOfChange(market.close, period: 1)
  private var volatilities: [Int: [Double]] = [:]

  // By period, for all features at once: several recursive averages are made in the time of one, and windows share sums.
  private lazy var exponentialAverages = Self.columns(of: features.compactMap(\.averagePeriod)) { periods in
    Indicators.exponentialMovingAverages(of: market.close, periods: periods)
  }
  private lazy var relativeStrengths = Self.columns(of: features.compactMap(\.strengthPeriod)) { periods in
    Indicators.relativeStrengthIndices(market.close, periods: periods)
  }
  private lazy var meanDistances = Self.columns(of: features.compactMap(\.windowPeriod)) { periods in
    WindowDeviations.distances(of: market.close, periods: periods)
  }
  private lazy var averageGaps = Self.columns(of: features.compactMap(\.averageGap)) { gaps in
    Indicators.averageGaps(of: market.close, periods: gaps.map { ($0.period, $0.signal) })
  }

  /// - Parameter features: those that are going to be made.
  init(_ sums: MarketSums, for features: [Feature]) {
    self.sums = sums
    self.features = features
  }

  var market: Market { sums.market }

  /// The exponential average of the close that a feature starts from.
  mutating func exponentialAverage(period: Int) -> [Double] { Self.foreseen(exponentialAverages[period]) }

  /// The relative strength index of the close that a feature starts from.
  mutating func relativeStrength(period: Int) -> [Double] { Self.foreseen(relativeStrengths[period]) }

  /// How far above the close its mean over some bars stands, in their standard deviations.
  mutating func meanDistance(period: Int) -> [Double] { Self.foreseen(meanDistances[period]) }

  /// How far an exponential average of the close stands above its signal, relative to the close.
  mutating func averageGap(period: Int, signal: Int) -> [Double] {
    Self.foreseen(averageGaps[Feature.AverageGap(period: period, signal: signal)])
  }

  private static func columns<Key: Hashable>(
    of keys: [Key], _ columns: ([Key]) -> [[Double]]
  ) -> [Key: [Double]] {
    var seen: Set<Key> = []
    let different = keys.filter { seen.insert($0).inserted }
    return Dictionary(uniqueKeysWithValues: zip(different, columns(different)))
  }

  private static func foreseen(_ column: [Double]?) -> [Double] {
    guard let column else { preconditionFailure("of a feature that was not said to be made") }
    return column
  }

  /// The highest highs and the lowest lows of all windows of `period` bars. A little longer than those asked for last
  /// they cost least.
  mutating func extremes(period: Int) -> (highest: WindowExtremes, lowest: WindowExtremes) {
    if highest.map({ period < $0.period }) ?? true {
      highest = WindowExtremes(.highest, of: market.high)
      lowest = WindowExtremes(.lowest, of: market.low)
    }
    // In place: a lazy property would be copied.
    highest?.lengthen(to: period)
    lowest?.lengthen(to: period)
    guard let highest, let lowest else { preconditionFailure("made above") }
    return (highest, lowest)
  }

  /// The fast stochastic %K: where each close stands in the range of `period` bars, in per cent. Those asked for last
  /// are kept, for features that smooth the same in several ways.
  mutating func rangePlaces(period: Int) -> [Double] {
    if let rangePlaces, rangePlaces.period == period { return rangePlaces.column }
    let (highest, lowest) = extremes(period: period)
    let column = RuleFormulas.rangePlaces(
      of: market.close, from: period - 1, highest: highest, lowest: lowest)
    rangePlaces = (period, column)
    return column
  }

  /// σ: the population standard deviation of the last `period` close-to-close returns.
  mutating func volatility(period: Int) -> [Double] {
    if let column = volatilities[period] { return column }
    let column = Indicators.populationStandardDeviation(returns, period: period)
    volatilities[period] = column
    return column
  }

  /// Wilder's average true range in price units.
  func averageTrueRange(period: Int) -> [Double] {
    Indicators.averageTrueRange(high: market.high, low: market.low, close: market.close, period: period)
  }
}

extension Feature {
  /// The periods of an exponential average of the close and of its signal.
  fileprivate struct AverageGap: Hashable {
    let period: Int
    let signal: Int
  }

  /// The period of the exponential average of the close that the feature starts from.
  fileprivate var averagePeriod: Int? {
    switch self {
    case .exponentialMovingAverage(let period), .scaledExponentialMovingAverage(let period, _): period
    default: nil
    }
  }

  /// The period of the window in whose deviations the feature measures.
  fileprivate var windowPeriod: Int? {
    switch self {
    case .bollinger(let period): period
    default: nil
    }
  }

  /// The gap that the feature is.
  fileprivate var averageGap: AverageGap? {
    switch self {
    case .macdGap(let period, let signal): AverageGap(period: period, signal: signal)
    default: nil
    }
  }

  /// The period of the relative strength index that the feature starts from.
  fileprivate var strengthPeriod: Int? {
    switch self {
    case .relativeStrength(let period), .scaledRelativeStrength(let period): period
    default: nil
    }
  }
}
