import Glibc
import Statistics
import Testing

@Suite struct CoinLuckTests {
  /// Published: as many digits as the source prints (STATISTICS.md, W).
  @Test(arguments: [
    (strategies: 100, trades: 20, expected: 0.7732),
    (100, 50, 0.6756),
    (100, 100, 0.6248),
    (100, 1000, 0.5396),
    (10_000, 1000, 0.5608),
  ])
  func agreesWithPublishedFigures(strategies: Int, trades: Int, expected: Double) {
    let luck = CoinLuck(strategies: strategies, trades: trades)
    #expect(abs(luck.expectedBestWinRate() - expected) < 0.5e-4)
  }

  /// Rounding: SciPy's own tails are good to about 10⁻¹², the sum over rates adds less.
  @Test(arguments: LuckFigures.independent.indices)
  func agreesWithSciPyWhenTradesAreIndependent(index: Int) {
    let figure = LuckFigures.independent[index]
    let luck = CoinLuck(
      groups: figure.groups.map { .init(trades: $0.trades, strategies: $0.strategies) },
      wins: .independent(probability: figure.probability))
    #expect(relativeError(luck.expectedBestWinRate(), figure.expected) < 5e-12)
  }

  @Test(arguments: LuckFigures.drawn.indices)
  func agreesWithSciPyWhenTradesAreDrawnFromOneMarket(index: Int) {
    let figure = LuckFigures.drawn[index]
    let luck = CoinLuck(
      groups: figure.groups.map { .init(trades: $0.trades, strategies: $0.strategies) },
      wins: .drawn(bars: figure.bars, rising: figure.rising))
    #expect(relativeError(luck.expectedBestWinRate(), figure.expected) < 5e-12)
  }

  static let spreads: [[CoinLuck.Group]] = [
    (470...530).map { CoinLuck.Group(trades: $0, strategies: 1 + $0 % 4) },
    [7, 33, 60, 61, 62, 600].map { CoinLuck.Group(trades: $0, strategies: 1_000 / $0) },
    (1...40).map { CoinLuck.Group(trades: $0, strategies: 3) },
  ]

  /// Rounding: thousands of rates, each with a few roundings of what is added up, against all of them in plain order.
  @Test(arguments: spreads.indices, [0.0004, 0.04, 0.52, 0.97])
  func windowsAgreeWithAllRatesInOrder(index: Int, share: Double) {
    let groups = Self.spreads[index]
    let rising = Int(share * 1_250)
    let independent = CoinLuck(groups: groups, wins: .independent(probability: share)).expectedBestWinRate()
    let drawn = CoinLuck(groups: groups, wins: .drawn(bars: 1_250, rising: rising)).expectedBestWinRate()
    let plain = expectedBest(groups) { BinomialDistribution(trials: $0, probability: share) }
    let plainDrawn = expectedBest(groups) {
      HypergeometricDistribution(population: 1_250, marked: rising, draws: $0)
    }
    #expect(relativeError(independent, plain) < 1e-12)
    #expect(relativeError(drawn, plainDrawn) < 1e-12)
  }

  /// From the tails of every group at every number of wins, sorted.
  private func expectedBest(
    _ groups: [CoinLuck.Group], _ distribution: (Int) -> any CountDistribution
  ) -> Double {
    var steps: [(rate: Double, change: Double)] = []
    for group in groups {
      let distribution = distribution(group.trades)
      var (above, passed) = (0.0, 0.0)
      for wins in (0...group.trades).reversed() {
        above = min(above + distribution.mass(wins), 1)
        let logBelow = Double(group.strategies) * log1p(-above)
        // What is impossible already stays so.
        steps.append((Double(wins) / Double(group.trades), logBelow == passed ? 0 : logBelow - passed))
        passed = logBelow
      }
    }
    steps.sort { $0.rate > $1.rate }
    var (expected, logBelow) = (0.0, 0.0)
    for (step, lower) in zip(steps, steps.dropFirst().map(\.rate) + [0]) {
      logBelow += step.change
      expected += (step.rate - lower) * -expm1(logBelow)
    }
    return expected
  }

  @Test(arguments: [0, 1e-12, 0.01, 0.3, 0.5, 0.999, 1], [1, 2, 13, 1000])
  func oneStrategyExpectsItsProbability(probability: Double, trades: Int) {
    let luck = CoinLuck(strategies: 1, trades: trades, probability: probability)
    #expect(relativeError(luck.expectedBestWinRate(), probability) < 1e-13)
  }

  /// Of so small a probability no two wins count, and one is as likely as all trades of all strategies say.
  @Test(arguments: [1e-40, 1e-160, 1e-290])
  func leastProbabilitiesAreNotLost(probability: Double) {
    let luck = CoinLuck(strategies: 500, trades: 2_000, probability: probability)
    #expect(relativeError(luck.expectedBestWinRate(), 500 * probability) < 1e-12)
  }

  @Test(arguments: [0.0, 0.2, 0.5, 1])
  func growsWithTheStrategiesAndStaysWithinTheRates(probability: Double) {
    var previous = 0.0
    for strategies in [1, 2, 10, 1000, 1_000_000, 1_000_000_000] {
      let expected = CoinLuck(strategies: strategies, trades: 60, probability: probability)
        .expectedBestWinRate()
      #expect(expected >= previous && expected <= 1)
      previous = expected
    }
  }

  @Test func takesEqualTradesTogetherAndLeavesOutWhoHasNone() {
    let split = CoinLuck(
      groups: [
        .init(trades: 9, strategies: 4), .init(trades: 0, strategies: 99), .init(trades: 5, strategies: 0),
        .init(trades: 9, strategies: 3),
      ], wins: .independent(probability: 0.5))
    #expect(split == CoinLuck(strategies: 7, trades: 9))
  }

  @Test func isUndefinedWithoutATrade() {
    let luck = CoinLuck(strategies: 100, trades: 0)
    #expect(luck.expectedBestWinRate().isNaN)
    #expect(luck.quantileOfBestWinRate(0.5).isNaN)
    #expect(luck.probability(ofBestAtLeast: 0.5).isNaN)
  }

  /// Rates of 2/4 and 3/6 are one rate; brute force over all outcomes of three strategies.
  @Test func distributionAgreesWithAllOutcomesOfSmallGroups() {
    let luck = CoinLuck(
      groups: [.init(trades: 4, strategies: 2), .init(trades: 6, strategies: 1)],
      wins: .independent(probability: 0.25))
    let four = BinomialDistribution(trials: 4, probability: 0.25)
    let six = BinomialDistribution(trials: 6, probability: 0.25)
    var outcomes: [(best: Double, probability: Double)] = []
    for first in 0...4 {
      for second in 0...4 {
        for third in 0...6 {
          outcomes.append(
            (
              max(Double(first) / 4, Double(second) / 4, Double(third) / 6),
              four.mass(first) * four.mass(second) * six.mass(third)
            ))
        }
      }
    }
    let expected = outcomes.reduce(0) { $0 + $1.best * $1.probability }
    #expect(relativeError(luck.expectedBestWinRate(), expected) < 1e-13)
    for rate in [0, 1 / 6.0, 0.25, 0.3, 2 / 6.0, 0.5, 4 / 6.0, 0.75, 5 / 6.0, 1] {
      let reached = outcomes.reduce(0) { $0 + ($1.best >= rate ? $1.probability : 0) }
      #expect(relativeError(luck.probability(ofBestAtLeast: rate), reached) < 1e-12)
      let upTo = outcomes.reduce(0) { $0 + ($1.best <= rate ? $1.probability : 0) }
      #expect(luck.quantileOfBestWinRate(upTo * (1 - 1e-9)) == rate || rate == 0.3)
    }
  }

  /// The quantile at q is the least rate whose distribution function reaches q.
  @Test(arguments: [1, 50, 100_000], [0.001, 0.25, 0.5, 0.95, 0.999])
  func quantileInvertsTheDistribution(strategies: Int, probability: Double) {
    let luck = CoinLuck(
      groups: [.init(trades: 40, strategies: strategies), .init(trades: 37, strategies: 2)],
      wins: .independent(probability: 0.45))
    let rate = luck.quantileOfBestWinRate(probability)
    #expect(1 - luck.probability(ofBestAtLeast: rate.nextUp) >= probability)
    #expect(1 - luck.probability(ofBestAtLeast: rate) < probability)
  }

  @Test func everyQuotientOfCountsIsReachedByJustTheseWins() {
    for trades in [3, 7, 49, 97, 1000] {
      let luck = CoinLuck(strategies: 1, trades: trades)
      let distribution = BinomialDistribution(trials: trades, probability: 0.5)
      for wins in 0...trades {
        let reached = luck.probability(ofBestAtLeast: Double(wins) / Double(trades))
        #expect(relativeError(reached, distribution.survival(wins - 1)) < 1e-12)
      }
    }
  }

  @Test func staysSharpFarInTheTail() {
    // 40 wins of 40: 2⁻⁴⁰ for one strategy, a million times that for a million.
    let luck = CoinLuck(strategies: 1_000_000, trades: 40)
    #expect(relativeError(luck.probability(ofBestAtLeast: 1), 1e6 * 0x1p-40) < 1e-6)
    #expect(luck.probability(ofBestAtLeast: 1.01) == 0)
    #expect(luck.probability(ofBestAtLeast: 0) == 1)
    #expect(luck.probability(ofBestAtLeast: -1) == 1)
  }

  @Test func someTradeOnEveryBarLeavesNothingToChance() {
    let luck = CoinLuck(
      groups: [.init(trades: 20, strategies: 1000)], wins: .drawn(bars: 20, rising: 11))
    #expect(relativeError(luck.expectedBestWinRate(), 0.55) < 1e-13)
    #expect(luck.quantileOfBestWinRate(0.5) == 0.55)
    #expect(luck.probability(ofBestAtLeast: 0.55) == 1)
    #expect(luck.probability(ofBestAtLeast: 0.56) == 0)
  }
}
