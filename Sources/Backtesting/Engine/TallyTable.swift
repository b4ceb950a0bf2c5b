import Kernels

/// Tallies of many strategies over the segments of one timeline.
public struct TallyTable: Sendable {
  /// What the tallies run over.
  public let timeline: Timeline
  /// The number of strategies.
  public let count: Int
  /// `tallies[segment * count + strategy]`.
  public let tallies: [Tally]

  /// - Precondition: one tally for each segment and strategy.
  public init(timeline: Timeline, count: Int, tallies: [Tally]) {
    precondition(tallies.count == timeline.segments.count * count, "a tally for each segment and strategy")
    self.timeline = timeline
    self.count = count
    self.tallies = tallies
  }

  /// The tally of one strategy over one segment: the merge of its blocks.
  public func tally(of strategy: Int, segment: Int) -> Tally {
    tallies[segment * count + strategy]
  }
}
