import Backtesting
import Kernels

/// What the fused kernel decided on every bar, read off blocks of a single bar each.
///
/// Such a block's sum is position times return, exactly, when there are no costs; and costs decide no position.
public struct FusedPositions: Sendable {
  /// The bars on which a position was decided, in order.
  public let decisions: [Int]
  private let table: StretchTallies
  /// For each of `decisions` the stretch that it earns, and what the bar of that stretch returned.
  private let stretches: [Int]
  private let returns: [Double]

  public init(of strategies: StrategySet, like backtest: Backtest) {
    let segments = backtest.timeline.segments.map {
      Segment(name: $0.name, bars: $0.bars, blockCount: $0.bars.count)
    }
    let single = Backtest(
      market: backtest.market, segments: segments, fill: backtest.fill,
      signalAlignment: backtest.signalAlignment, precision: backtest.precision, threads: backtest.threads)
    table = StretchTallies(of: strategies, under: single)
    var decisions: [Int] = []
    var stretches: [Int] = []
    for (index, stretch) in single.timeline.stretches.enumerated() {
      for bar in stretch.decisions {
        decisions.append(bar)
        stretches.append(index)
      }
    }
    self.decisions = decisions
    self.stretches = stretches
    let earned = single.returns.earned
    returns = decisions.map { single.precision == .single ? Double(Float(earned[$0 + 1])) : earned[$0 + 1] }
  }

  /// The first decision in which strategy `strategy` did not take the position that `expected` has on its bar.
  public func firstDifference(of strategy: Int, from expected: [Int]) -> Int? {
    for index in decisions.indices {
      let position = expected[decisions[index]]
      let tally = tally(of: strategy, decision: index)
      if tally.barsInMarket != abs(position) || tally.sum != Double(position) * returns[index] {
        return decisions[index]
      }
    }
    return nil
  }

  /// The tally of the one bar that decision number `decision` earned: equal tallies are equal positions.
  public func tally(of strategy: Int, decision: Int) -> Tally {
    table.tally(of: strategy, stretch: stretches[decision])
  }
}
