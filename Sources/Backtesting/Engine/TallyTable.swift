import Kernels

/// Tallies of many strategies over the stretches of one timeline.
public struct TallyTable: Sendable {
  /// What the tallies run over.
  public let timeline: Timeline
  /// The number of strategies.
  public let count: Int
  /// `tallies[stretch * count + strategy]`.
  public let tallies: [Tally]

  /// - Precondition: one tally for each stretch and strategy.
  public init(timeline: Timeline, count: Int, tallies: [Tally]) {
    precondition(tallies.count == timeline.stretches.count * count, "a tally for each stretch and strategy")
    self.timeline = timeline
    self.count = count
    self.tallies = tallies
  }

  /// The tally of one strategy over one block.
  public func tally(of strategy: Int, stretch: Int) -> Tally {
    tallies[stretch * count + strategy]
  }

  /// The tally of one strategy over one segment: the merge of its blocks.
  public func tally(of strategy: Int, segment: Int) -> Tally {
    let stretches = timeline.stretchesOfSegment[segment]
    var tally = tallies[stretches.lowerBound * count + strategy]
    for stretch in stretches.dropFirst() { tally = tally.merging(tallies[stretch * count + strategy]) }
    return tally
  }
}
