import Glibc

/// Walks down all win rates that the best of a `CoinLuck` can have, from the highest that matters.
///
/// Going down, the probability that the best lies below a rate is a sum of logarithms that starts near 0 and grows
/// in magnitude, so that rounding always stays small beside it; and the walk can stop as soon as nothing is left
/// below. The rates come in windows of about as many rates each, which bounds memory, and are put in order within them by
/// counting: groups that hold about as many trades share none of their hundreds of rates.
struct BestRateDescent<Distribution: CountDistribution> {
  /// A rate that strategies of a group may have, and what it adds to log P(best < rate).
  private struct Step {
    let rate: Double
    let change: Double
  }

  /// The walk of one group down the number of its wins.
  private struct Tail {
    let distribution: Distribution
    let trades: Double
    let strategies: Double
    /// The number of wins that comes next, its probability, and that of all larger ones; -1 after the last.
    var wins: Int
    var mass: Double
    var above = 0.0
    /// Σ log P(wins below) over the group's strategies, for the wins that were passed.
    var logBelow = 0.0

    var rate: Double { Double(wins) / trades }

    /// Passes all wins of a rate above `bottom`.
    mutating func pass(above bottom: Double, into steps: inout [Step]) {
      while rate > bottom {
        above = min(above + mass, 1)
        let passed = strategies * logOfRest(above)
        steps.append(Step(rate: rate, change: passed - logBelow))
        logBelow = passed
        mass *= distribution.ratioBelow(wins)
        wins -= 1
      }
    }

    /// log(1 - x), for small x by the series, which is the faster by far; its next term would be below 2⁻⁵⁹ of it.
    private func logOfRest(_ x: Double) -> Double {
      guard x < 0x1p-8 else { return log1p(-x) }
      return -x * (1 + x * (1 / 2.0 + x * (1 / 3.0 + x * (1 / 4.0 + x * (1 / 5.0 + x * (1 / 6.0 + x / 7))))))
    }
  }

  /// What the wins above the first that are looked at may change of any result, as a part of it.
  private static var leftOut: Double { 1e-16 }
  /// Rates in a window, and compartments to sort them by.
  private static var window: Int { 1_024 }

  private var tails: [Tail]
  /// How far a window reaches down.
  private let width: Double
  private var logBelow = 0.0
  /// The rates of the window, descending after `sort`.
  private var steps: [Step] = []
  private var unsorted: [Step] = []
  /// Where the steps of each compartment begin.
  private var starts = Array(repeating: 0, count: window)

  /// - Parameter distribution: of the wins of strategies with so many trades.
  init(_ groups: [CoinLuck.Group], distribution: (_ trades: Int) -> Distribution) {
    let strategies = groups.reduce(0.0) { $0 + Double($1.strategies) }
    tails = groups.map { group in
      let distribution = distribution(group.trades)
      let start = Self.start(distribution, trades: Double(group.trades), strategies: strategies)
      return Tail(
        distribution: distribution, trades: Double(group.trades), strategies: Double(group.strategies),
        wins: start.wins, mass: start.mass)
    }
    // A group has a rate at every 1/trades.
    width = Double(Self.window) / groups.reduce(0.0) { $0 + Double($1.trades) }
  }

  /// Goes down the rates, each with log P(best < rate), for as long as `body` says.
  mutating func descend(while body: (_ rate: Double, _ logBelow: Double) -> Bool) {
    while let top = tails.map(\.rate).max(), top >= 0 {
      // No rate is below 0, and -1 wins are none.
      let bottom = top - width < 0 ? -.leastNonzeroMagnitude : top - width
      unsorted.removeAll(keepingCapacity: true)
      for index in tails.indices { tails[index].pass(above: bottom, into: &unsorted) }
      sort(from: top)
      var next = 0
      while next < steps.count {
        let rate = steps[next].rate
        // Equal quotients of integers round to equal numbers, so ties between groups are exact.
        while next < steps.count, steps[next].rate == rate {
          logBelow += steps[next].change
          next += 1
        }
        if !body(rate, logBelow) { return }
      }
    }
  }

  /// Puts the rates from `top` down in order: into compartments of equal width first, most of which get one or two.
  private mutating func sort(from top: Double) {
    let scale = Double(Self.window) / width
    func compartment(_ step: Step) -> Int { min(Int((top - step.rate) * scale), Self.window - 1) }
    for index in starts.indices { starts[index] = 0 }
    for step in unsorted { starts[compartment(step)] += 1 }
    var end = 0
    for index in starts.indices { (starts[index], end) = (end, end + starts[index]) }
    steps = unsorted
    for step in unsorted {
      let index = compartment(step)
      steps[starts[index]] = step
      starts[index] += 1
    }
    for index in steps.indices.dropFirst() {
      let step = steps[index]
      var place = index
      while place > 0, steps[place - 1].rate < step.rate {
        steps[place] = steps[place - 1]
        place -= 1
      }
      steps[place] = step
    }
  }

  /// The wins to start from, and their probability: all those above, of which none is counted, change no result by more
  /// than ``leftOut``.
  ///
  /// The expected best is at least p; the best exceeds a rate at most as often as all strategies' tails say together; and
  /// the probability falls ever faster, so that a tail is at most its first term over 1 less the ratio of the next.
  private static func start(
    _ distribution: Distribution, trades: Double, strategies: Double
  ) -> (wins: Int, mass: Double) {
    let rate = distribution.mean / trades
    guard rate > 0 else { return (0, distribution.mass(0)) }
    let lowest = min(Int(distribution.mean), distribution.largest)
    // About where the search ends, unless it is so far out that the probability is below any number.
    var wins = min(lowest + 8 + Int(8 * distribution.variance.squareRoot()), distribution.largest)
    while wins > lowest, distribution.logMass(wins) < -600 { wins = (wins + lowest) / 2 }
    var mass = distribution.mass(wins)
    func isLeftOut() -> Bool {
      strategies * mass <= leftOut * rate * (1 - 1 / distribution.ratioBelow(wins + 1))
    }
    // From a probability of 0 there would be no way back.
    func isNextNormal() -> Bool { mass > .leastNormalMagnitude * distribution.ratioBelow(wins + 1) }
    while wins < distribution.largest, !isLeftOut(), isNextNormal() {
      wins += 1
      mass /= distribution.ratioBelow(wins)
    }
    while isLeftOut() {
      mass *= distribution.ratioBelow(wins)
      wins -= 1
    }
    return (wins, mass)
  }
}
