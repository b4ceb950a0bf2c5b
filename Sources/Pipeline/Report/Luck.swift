import Backtesting
import Kernels
import Statistics

/// What luck alone gives the best win rate of this experiment's training.
public struct Luck: Sendable {
  /// The probability that a trade of a strategy that knows nothing is won.
  public let probability: Double
  /// Where that probability comes from.
  public let basis: String
  /// The win rate that the best of all strategies is expected to reach, each trade an independent coin.
  public let expectedBest: Double
  /// The same for coins that choose among the bars of this very market, without replacement; NaN where the win rate
  /// depends on more than the choice of bars: on costs, stops or the short side.
  public let expectedBestInThisMarket: Double
  /// Strategies that have trades, and enough of them to be chosen.
  public let strategies: Int
  /// The median of their trades.
  public let medianTrades: Int
  /// Whether the winner was chosen by its win rate; what luck gives the best win rate says nothing of any other.
  let isCompared: Bool

  /// The coins whose best ``best`` is.
  private let coins: CoinLuck?

  /// Beyond this many different numbers of trades they are put together in steps of 1 %, which moves the figure in its
  /// fifth digit at most and keeps it a matter of milliseconds.
  private static let mostGroups = 400

  /// What the best by luck is compared with: the figure of this very market where it is known.
  public var best: Double { expectedBestInThisMarket.isNaN ? expectedBest : expectedBestInThisMarket }

  /// The probability that the best by luck wins at least this share; NaN where luck is not known.
  public func probability(ofBestAtLeast rate: Double) -> Double {
    coins?.probability(ofBestAtLeast: rate) ?? .nan
  }

  /// The luck of strategies with these numbers of trades in training.
  init(_ experiment: Experiment, trades: [Double]) {
    let fewest = StandingStrategies.fewestTrades(experiment)
    let counts = trades.map { Int($0) }.filter { $0 >= fewest }.sorted()
    self.strategies = counts.count
    isCompared = experiment.configuration.selectionMetric == .winRate
    medianTrades = counts.isEmpty ? 0 : counts[counts.count / 2]
    let groups = Luck.groups(counts)
    let earned = experiment.backtest.timeline.stretches
      .filter { $0.segment == 0 }
      .flatMap { stretch in stretch.decisions.map { experiment.backtest.returns.earned[$0 + 1] } }
    let rising = earned.count { $0 > 0 }
    let isPerTrade = experiment.configuration.convention == .perTrade
    if isPerTrade && experiment.strategies.direction == .long {
      probability = earned.isEmpty ? .nan : Double(rising) / Double(earned.count)
      basis = "the share of rising bars"
    } else {
      probability = 0.5
      basis = "a fair coin"
    }
    guard probability >= 0 else {
      expectedBest = .nan
      expectedBestInThisMarket = .nan
      coins = nil
      return
    }
    let independent = CoinLuck(groups: groups, wins: .independent(probability: probability))
    expectedBest = independent.expectedBestWinRate()
    let strategies = experiment.strategies
    let isFree = experiment.backtest.cost == 0 && !strategies.hasStops
    let fits = (counts.last ?? 0) <= earned.count
    let drawn =
      experiment.configuration.isClassic && isFree && fits && strategies.direction == .long
      ? CoinLuck(groups: groups, wins: .drawn(bars: earned.count, rising: rising)) : nil
    expectedBestInThisMarket = drawn?.expectedBestWinRate() ?? .nan
    coins = expectedBestInThisMarket.isNaN ? independent : drawn
  }

  private static func groups(_ counts: [Int]) -> [CoinLuck.Group] {
    var strategies: [Int: Int] = [:]
    for count in counts { strategies[count, default: 0] += 1 }
    if strategies.count > mostGroups {
      let exact = strategies
      strategies = [:]
      for (trades, number) in exact {
        let step = max(1, trades / 100)
        strategies[trades / step * step, default: 0] += number
      }
    }
    return strategies.map { CoinLuck.Group(trades: $0.key, strategies: $0.value) }
  }
}
