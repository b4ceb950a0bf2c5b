import Backtesting
import Kernels

/// The tallies of every stretch of a run, before they are merged to those of segments.
public struct StretchTallies: Sendable {
  private let count: Int
  /// By stretch, then by strategy.
  public let tallies: [Tally]

  /// Runs `strategies` under `backtest` and keeps every tally.
  public init(of strategies: StrategySet, under backtest: Backtest) {
    let count = strategies.count
    let stretches = backtest.timeline.stretches.count
    self.count = count
    tallies = DisjointSlots.fill(count: stretches * count, repeating: Tally()) { slots in
      _ = backtest.run(strategies) { block in
        for stretch in 0..<stretches {
          for lane in 0..<block.count {
            slots.write(block[lane: lane, stretch: stretch], at: stretch * count + block.firstStrategy + lane)
          }
        }
      }
    }
  }

  /// The tally of one strategy over one stretch.
  public func tally(of strategy: Int, stretch: Int) -> Tally {
    tallies[stretch * count + strategy]
  }
}
