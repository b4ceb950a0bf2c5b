import Kernels

/// The tallies of the up to 64 strategies of one block over every stretch of a timeline.
public struct BlockTallies: Sendable {
  /// The number of the first strategy.
  public internal(set) var firstStrategy = 0
  /// Strategies in it.
  public internal(set) var count = 0
  /// `tallies[stretch * StrategyBlock.lanes + lane]`.
  var tallies: [Tally]

  init(stretches: Int) {
    tallies = Array(repeating: Tally(), count: stretches * StrategyBlock.lanes)
  }

  /// The tally of strategy `firstStrategy + lane` over one stretch.
  public internal(set) subscript(lane lane: Int, stretch stretch: Int) -> Tally {
    get { tallies[stretch * StrategyBlock.lanes + lane] }
    set { tallies[stretch * StrategyBlock.lanes + lane] = newValue }
  }

  /// The tallies of all strategies over one stretch, in their order.
  public func all(in stretch: Int) -> ArraySlice<Tally> {
    tallies[stretch * StrategyBlock.lanes..<stretch * StrategyBlock.lanes + count]
  }

  /// Writes the tallies of all strategies over adjacent stretches, strategy after strategy, to the slots from `first` on.
  func write(stretches: Range<Int>, to slots: DisjointSlots<Tally>, from first: Int) {
    if stretches.count == 1 { return slots.write(all(in: stretches.lowerBound), from: first) }
    for lane in 0..<count { slots.write(merged(lane: lane, stretches: stretches), at: first + lane) }
  }

  /// The tally of strategy `firstStrategy + lane` over adjacent stretches: their merge.
  public func merged(lane: Int, stretches: Range<Int>) -> Tally {
    guard let first = stretches.first else { return Tally() }
    // In place: tallies are large, and each would be copied several times.
    var merged = self[lane: lane, stretch: first]
    for stretch in stretches.dropFirst() { merged.merge(tallies[stretch * StrategyBlock.lanes + lane]) }
    return merged
  }
}
