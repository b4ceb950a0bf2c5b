/// The specification of a backtest: scalar, in `Double`, one strategy, one bar at a time.
///
/// Every fast path is tested against it, and where prose disagrees with it, this wins. It also recomputes the
/// strategies that are reported by name, because it alone gives their path.
public enum ReferenceKernel {
  /// One strategy's whole path through a timeline.
  public struct Path: Equatable, Sendable {
    /// `positions[t]`, decided on bar t: -1, 0 or +1; 0 outside of segments.
    public var positions: [Int]
    /// `netReturns[t]`, earned on bar t; 0 outside of segments.
    public var netReturns: [Double]
    /// `observed[t]`, what bar t counts as in the squares, losses and wins of the tallies; 0 where it does not.
    public var observed: [Double]
    /// One tally for each stretch of the timeline.
    public var tallies: [Tally]
    /// The net results of the trades that each stretch closes, in the order of time: what its tally sums up.
    public var trades: [[Double]] = []
  }

  /// Scores of one strategy: `Σ weight · feature` in the order of `terms`, undefined where a feature is.
  ///
  /// - Parameter terms: the features' columns over all bars, NaN where undefined, with their weights.
  public static func scores(terms: [(feature: [Double], weight: Double)], bars: Int) -> [Double] {
    (0..<bars).map { bar in
      terms.reduce(0) { $1.weight == 0 ? $0 : $0 + $1.weight * $1.feature[bar] }
    }
  }

  /// Scores of coin flip strategy `strategy`: +1 where draw (seed, strategy, bar) is below `probability`, else -1.
  public static func coinFlips(seed: UInt64, strategy: Int, probability: Double, bars: Int) -> [Double] {
    let threshold = CoinFlips.threshold(probability: probability)
    return (0..<bars).map { CoinFlips.draw(seed: seed, strategy: strategy, bar: $0) < threshold ? 1 : -1 }
  }

  /// Runs one strategy through the timeline.
  ///
  /// - Parameters:
  ///   - scores: one a bar of the market, NaN where undefined.
  ///   - cost: of changing the position by one, as a fraction of equity.
  ///   - costBar: the bar whose observation bears it.
  public static func run(
    scores: [Double], rule: PositionRule, returns: BarReturns, cost: Double,
    costBar: CostBar = .following, timeline: Timeline
  ) -> Path {
    let nothing = Array(repeating: 0.0, count: returns.count)
    var path = Path(
      positions: Array(repeating: 0, count: returns.count), netReturns: nothing, observed: nothing,
      tallies: [])
    var account = Account()
    for stretch in timeline.stretches {
      if stretch.opens { account = Account() }
      account.tally = Tally(bars: stretch.bars.count)
      account.closed = []
      for bar in stretch.decisions {
        let isLast = stretch.closes && bar == stretch.decisions.upperBound - 1
        let position = account.decide(score: scores[bar], rule: rule, bar: bar, returns: returns)
        let before = account.position
        let earned = Double(position) * returns.earned[bar + 1]
        path.positions[bar] = position
        path.netReturns[bar + 1] = account.earn(position, earned, cost: cost, isLast: isLast)
        switch costBar {
        case .following:
          path.observed[bar + 1] = account.observe(path.netReturns[bar + 1])
        case .held:
          path.observed[bar] = account.leave(before, for: position, cost: cost)
          path.observed[bar + 1] = account.hold(position, after: before, earned, cost: cost, isLast: isLast)
        }
      }
      path.tallies.append(account.tally)
      path.trades.append(account.closed)
    }
    return path
  }
}

/// What a strategy's account carries from bar to bar.
private struct Account {
  var tally = Tally()
  /// The results of the trades that the tally counts as closed.
  var closed: [Double] = []
  /// The position held, -1, 0 or +1.
  var position = 0
  /// Net growth of the open trade, 1 when flat.
  var tradeGrowth = 1.0
  /// Growth of the open trade before costs and without the last bar's return.
  var grossGrowth = 1.0
  /// Bars that the open trade has earned.
  var held = 0
  /// The side that was stopped and whose entry condition has held ever since.
  var latch = 0
  /// What the last bar counted as.
  var observed = 0.0

  /// The position decided on `bar`.
  mutating func decide(score: Double, rule: PositionRule, bar: Int, returns: BarReturns) -> Int {
    // Rule 1: thresholds with hysteresis. An undefined score fails every comparison and gives 0.
    let signal =
      score > rule.entry ? 1 : (rule.direction == .longShort && score < -rule.entry ? -1 : 0)
    let stays = rule.direction == .longShort ? abs(score) >= rule.exit : score >= rule.exit
    var next = signal != 0 ? signal : (stays ? position : 0)

    // Rule 2a: a side that was stopped opens again only after its entry condition has failed once.
    if latch != 0 && signal != latch { latch = 0 }
    if latch != 0 && next == latch { next = 0 }

    // Rule 2b: a position that would be kept is closed when a stop is hit, on what is known at this bar.
    if next == position && position != 0 && rule.hasStops {
      let growth = grossGrowth * (1 + Double(position) * returns.known[bar])
      let isStopped =
        rule.stopLoss.map { growth <= 1 - $0 } ?? false
        || rule.takeProfit.map { growth >= 1 + $0 } ?? false
        || rule.maximumHolding.map { held >= $0 } ?? false
      if isStopped {
        latch = signal
        next = 0
      }
    }
    if rule.hasStops {
      grossGrowth = next == position ? grossGrowth * (1 + Double(position) * returns.earned[bar]) : 1
      held = next == 0 ? 0 : (next == position ? held + 1 : 1)
    }
    return next
  }

  /// Takes `next` from one bar to the following, where it earns `earned`, and returns the net return of that bar.
  mutating func earn(_ next: Int, _ earned: Double, cost: Double, isLast: Bool) -> Double {
    // Rule 3: the net return. Costs are charged on the bar that follows the change; the last position of a
    // segment is closed, and charged, at the end of its last bar.
    let size = Double(abs(next))
    let changed = Double(abs(next - position))
    let net = earned - cost * changed - (isLast ? cost * size : 0)
    tally.turnover += changed + (isLast ? size : 0)

    // Rule 4: the trade, a stretch of one unchanged position that is not 0. Its own costs are those of opening
    // and of closing it.
    if next != position {
      if position != 0 { closeTrade(cost: cost) }
      tradeGrowth = max(1 + (earned - cost * size), 0)
    } else {
      tradeGrowth *= max(1 + earned, 0)
    }
    position = next
    if isLast && position != 0 {
      closeTrade(cost: cost)
      position = 0
    }

    // Rule 5: the sum and the path. An account that has lost everything stays at nothing.
    tally.barsInMarket += abs(next)
    tally.sum += net
    tally.growth *= max(1 + net, 0)
    tally.highest = max(tally.highest, tally.growth)
    tally.lowest = min(tally.lowest, tally.growth)
    tally.maximumDrawdown = max(tally.maximumDrawdown, 1 - tally.growth / tally.highest)
    return net
  }

  // Rule 6: observations, of which squares, losses and wins are taken. Where the following bar bears costs, each bar
  // is one, with its net return.

  /// Counts `x` as an observation and returns it.
  mutating func observe(_ x: Double) -> Double {
    count(x, 1)
    observed = x
    return x
  }

  // Rule 6a: where the held bar bears costs, each bar in the market is one and no other bar is. The first bar of a
  // position bears the cost of entering it, the last one that of leaving it; a reversal leaves one position and enters
  // another.

  /// Counts the bar that `next` is held through, which comes after `before`, and returns its observation.
  mutating func hold(_ next: Int, after before: Int, _ earned: Double, cost: Double, isLast: Bool) -> Double {
    guard next != 0 else { return 0 }
    return observe(earned - (next != before ? cost : 0) - (isLast ? cost : 0))
  }

  // Rule 6b: that a bar was the last one of its position is known one decision later. Then its observation is taken
  // back and counted anew, in the stretch at hand. So the sums of a stretch that begins with leaving hold the
  // difference, and those of a segment are the sums over its observations.

  /// What the last bar counts as after the position changed from `before` to `next`.
  mutating func leave(_ before: Int, for next: Int, cost: Double) -> Double {
    guard before != 0 else { return 0 }
    guard next != before else { return observed }
    count(observed, -1)
    return observe(observed - cost)
  }

  private mutating func count(_ x: Double, _ times: Double) {
    let loss = min(x, 0)
    tally.winningBars += x > 0 ? Int(times) : 0
    tally.sumOfSquares += times * (x * x)
    tally.sumOfCubes += times * (x * x * x)
    tally.sumOfFourths += times * ((x * x) * (x * x))
    tally.sumOfLosses += times * loss
    tally.sumOfSquaredLosses += times * (loss * loss)
  }

  private mutating func closeTrade(cost: Double) {
    let result = tradeGrowth * (1 - cost) - 1
    closed.append(result)
    tally.tradesClosed += 1
    tally.tradesWon += result > 0 ? 1 : 0
    tally.grossProfit += max(result, 0)
    tally.grossLoss -= min(result, 0)
    tradeGrowth = 1
  }
}
