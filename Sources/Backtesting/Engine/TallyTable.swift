import Kernels

/// Tallies of many strategies that stand side by side over the segments of one timeline.
public struct TallyTable: Sendable {
  /// What the tallies run over.
  public let timeline: Timeline
  /// The number of the first strategy in the sweep.
  public let firstStrategy: Int
  /// How many strategies there are.
  public let count: Int
  /// `tallies[segment * count + strategy - firstStrategy]`.
  public let tallies: [Tally]

  /// The strategies that have tallies.
  public var strategies: Range<Int> { firstStrategy..<firstStrategy + count }

  /// - Precondition: one tally for each segment and strategy.
  public init(timeline: Timeline, firstStrategy: Int = 0, count: Int, tallies: [Tally]) {
    precondition(tallies.count == timeline.segments.count * count, "a tally for each segment and strategy")
    self.timeline = timeline
    self.firstStrategy = firstStrategy
    self.count = count
    self.tallies = tallies
  }

  /// The tally of one strategy over one segment: the merge of its blocks.
  public func tally(of strategy: Int, segment: Int) -> Tally {
    tallies[segment * count + strategy - firstStrategy]
  }
}
