import Glibc

/// Walks down all win rates that the best of a `CoinLuck` can have, from the highest that matters.
///
/// Going down, the probability that the best lies below a rate is a sum of logarithms that starts near 0 and grows
/// in magnitude, so that rounding always stays small beside it; and the walk can stop as soon as nothing is left
/// below. Memory is one entry a group, time a logarithm of the groups for each rate.
struct BestRateDescent {
  /// The walk of one group down the number of its wins.
  private struct Tail {
    let distribution: any CountDistribution
    let trades: Double
    let strategies: Double
    /// The number of wins that comes next, its probability, and that of all larger ones.
    var wins: Int
    var mass: Double
    var above: Double
    /// Σ log P(wins below) over the group's strategies, for the wins that were passed.
    var logBelow: Double

    var rate: Double { Double(wins) / trades }
  }

  /// A binary heap: no tail comes before its parent, the one at index 0 has the highest next rate.
  private var tails: [Tail]
  private var logBelow: Double

  init(_ luck: CoinLuck) {
    let strategies = luck.groups.reduce(0.0) { $0 + Double($1.strategies) }
    tails = luck.groups.map { group in
      let distribution = luck.distribution(of: group)
      let wins = Self.start(distribution, trades: group.trades, strategies: strategies)
      let above = distribution.survival(wins)
      return Tail(
        distribution: distribution, trades: Double(group.trades), strategies: Double(group.strategies),
        wins: wins, mass: distribution.mass(wins), above: above,
        logBelow: Double(group.strategies) * log1p(-above))
    }
    logBelow = tails.reduce(0) { $0 + $1.logBelow }
    for index in stride(from: tails.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  /// The next lower rate and log P(best < rate); nil when all are passed.
  mutating func next() -> (rate: Double, logBelow: Double)? {
    guard let rate = tails.first?.rate else { return nil }
    // Equal quotients of integers round to equal numbers, so ties between groups are exact.
    while let first = tails.first, first.rate == rate {
      passFirst()
    }
    return (rate, logBelow)
  }

  private mutating func passFirst() {
    tails[0].above = min(tails[0].above + tails[0].mass, 1)
    let passed = tails[0].strategies * log1p(-tails[0].above)
    logBelow += passed - tails[0].logBelow
    tails[0].logBelow = passed
    if tails[0].wins == 0 {
      let last = tails.removeLast()
      if tails.isEmpty { return }
      tails[0] = last
    } else {
      tails[0].mass *= tails[0].distribution.ratioBelow(tails[0].wins)
      tails[0].wins -= 1
    }
    sink(0)
  }

  private mutating func sink(_ index: Int) {
    var index = index
    while true {
      var highest = index
      for child in [2 * index + 1, 2 * index + 2] where child < tails.count {
        if tails[child].rate > tails[highest].rate { highest = child }
      }
      if highest == index { return }
      tails.swapAt(index, highest)
      index = highest
    }
  }

  /// The wins to start from: what lies above changes no result by more than 10⁻¹⁸ of itself.
  ///
  /// The expected best is at least p, a tail at most the trades times its first term, and the best at most the sum
  /// of all strategies' tails.
  private static func start(_ distribution: any CountDistribution, trades: Int, strategies: Double) -> Int {
    let rate = distribution.mean / Double(trades)
    guard rate > 0 else { return 0 }
    let bound = log(1e-18) + log(rate) - log(Double(trades)) - log(strategies)
    var low = min(Int(distribution.mean), distribution.largest)
    var high = distribution.largest
    while low < high {
      let middle = (low + high) / 2
      if distribution.logMass(middle) < bound { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
