import Glibc

/// What luck alone gives the best of many strategies that know nothing, exactly.
///
/// The win rate of a strategy is its wins over its trades. The best is the largest win rate of all strategies that
/// have a trade; strategies may differ in their number of trades.
///
/// Formula: P(best ≤ x) = Π_j F_j(⌊x·n_j⌋)^{N_j}, where N_j strategies have n_j trades each and F_j is the distribution
/// function of the wins of one of them; E[best] = ∫₀¹ (1 - P(best ≤ x)) dx, a sum over the rates k/n_j that can be.
///
/// Null hypothesis: no strategy has skill, and the strategies' trades are independent of each other; see `Wins` for
/// the two ways to say what chance means. A best win rate above what is expected here speaks against it, as far
/// as `probability(ofBestAtLeast:)` is small.
///
/// Edge cases: strategies without a trade have no win rate and are left out; without any other strategy every
/// figure is NaN.
///
/// Reference: order statistics of a discrete distribution, David & Nagaraja 2003, "Order statistics", section 3.
public struct CoinLuck: Sendable, Equatable {
  /// Strategies that have the same number of trades.
  public struct Group: Sendable, Equatable {
    /// Trades of each of them.
    public let trades: Int
    /// How many strategies.
    public let strategies: Int

    /// - Precondition: neither is negative.
    public init(trades: Int, strategies: Int) {
      precondition(trades >= 0 && strategies >= 0, "counts are not negative")
      self.trades = trades
      self.strategies = strategies
    }
  }

  /// How chance distributes the wins of a strategy that has n trades.
  public enum Wins: Sendable, Equatable {
    /// Each trade is won with this probability, whatever the others do: Binomial(n, p).
    ///
    /// This looks ahead to other markets: both the market and the strategy are chance.
    case independent(probability: Double)
    /// The n bars in the market are any n of `bars` bars, of which `rising` win: hypergeometric.
    ///
    /// This is the chance within one given market, that of coin flips which buy on some of its bars. With a buy
    /// probability b its variance is smaller than the binomial one by the factor 1 - b, so strategies that hold
    /// half of the bars lie closer together than the binomial distribution says.
    case drawn(bars: Int, rising: Int)
  }

  /// Ascending in trades, each with at least one trade and one strategy.
  public let groups: [Group]
  /// How chance distributes wins.
  public let wins: Wins

  /// The luck of several groups; those with equal trades are taken together.
  ///
  /// - Precondition: a probability is in [0, 1]; no strategy has more trades than there are bars to draw from.
  public init(groups: [Group], wins: Wins) {
    switch wins {
    case .independent(let probability):
      precondition(probability >= 0 && probability <= 1, "a probability is in [0, 1]")
    case .drawn(let bars, let rising):
      precondition(rising >= 0 && rising <= bars, "the rising bars are some of the bars")
      precondition(groups.allSatisfy { $0.trades <= bars }, "no strategy trades on more bars than there are")
    }
    var strategies: [Int: Int] = [:]
    for group in groups where group.trades > 0 && group.strategies > 0 {
      strategies[group.trades, default: 0] += group.strategies
    }
    self.groups = strategies.sorted { $0.key < $1.key }.map { Group(trades: $0.key, strategies: $0.value) }
    self.wins = wins
  }

  /// The luck of `strategies` strategies with `trades` trades each, each won with probability `probability`.
  public init(strategies: Int, trades: Int, probability: Double = 0.5) {
    self.init(
      groups: [Group(trades: trades, strategies: strategies)], wins: .independent(probability: probability))
  }

  /// The expected best win rate, within 10⁻¹² relative.
  public func expectedBestWinRate() -> Double {
    guard !groups.isEmpty else { return .nan }
    var expected = 0.0
    var above: (rate: Double, reached: Double)?
    descend { rate, logBelow in
      if let above { expected += (above.rate - rate) * above.reached }
      let reached = -expm1(logBelow)
      // From here down to a rate of 0 the best is certain to reach every rate.
      if reached == 1 {
        expected += rate
        return false
      }
      above = (rate, reached)
      return true
    }
    return expected
  }

  /// The smallest rate that the best does not exceed with at least the given probability, which lies in (0, 1).
  public func quantileOfBestWinRate(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile's probability is in (0, 1)")
    guard !groups.isEmpty else { return .nan }
    var quantile = 0.0
    descend { rate, logBelow in
      guard exp(logBelow) < probability else { return true }
      quantile = rate
      return false
    }
    return quantile
  }

  /// The probability that luck alone gives the best a win rate of at least `rate`; small means more than luck.
  ///
  /// A `rate` that is a quotient of wins and trades, rounded to the nearest `Double`, counts as reached by
  /// just these wins.
  public func probability(ofBestAtLeast rate: Double) -> Double {
    guard !groups.isEmpty, !rate.isNaN else { return .nan }
    guard rate > 0 else { return 1 }
    guard rate <= 1 else { return 0 }
    var logBelow = 0.0
    for group in groups {
      let trades = Double(group.trades)
      var fewest = Int(rate * trades)
      while fewest > 0, Double(fewest - 1) / trades >= rate { fewest -= 1 }
      while Double(fewest) / trades < rate { fewest += 1 }
      let reached = distribution(of: group).survival(fewest - 1)
      logBelow += Double(group.strategies) * log1p(-reached)
    }
    return -expm1(logBelow)
  }

  /// Goes down the rates that the best can have, each with log P(best < rate), for as long as `body` says.
  private func descend(while body: (_ rate: Double, _ logBelow: Double) -> Bool) {
    switch wins {
    case .independent(let probability):
      var descent = BestRateDescent(groups) { BinomialDistribution(trials: $0, probability: probability) }
      descent.descend(while: body)
    case .drawn(let bars, let rising):
      var descent = BestRateDescent(groups) {
        HypergeometricDistribution(population: bars, marked: rising, draws: $0)
      }
      descent.descend(while: body)
    }
  }

  /// The distribution of the wins of one strategy of `group`.
  private func distribution(of group: Group) -> any CountDistribution {
    switch wins {
    case .independent(let probability):
      BinomialDistribution(trials: group.trades, probability: probability)
    case .drawn(let bars, let rising):
      HypergeometricDistribution(population: bars, marked: rising, draws: group.trades)
    }
  }
}
