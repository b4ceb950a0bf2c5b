/// A contiguous range of bars that is reported: it starts flat and ends flat.
public struct Segment: Equatable, Sendable {
  /// What the segment is for, such as `training`.
  public let name: String
  /// The bars' indices in the market.
  public let bars: Range<Int>
  /// Adjacent parts that cover `bars`, through which positions run on; at least one.
  public let blocks: [Range<Int>]

  /// A segment that is cut into `blockCount` blocks of equal length; where the length is not a multiple, the
  /// first block takes the bars that are left over.
  ///
  /// - Precondition: `1 <= blockCount <= bars.count`, and `bars` is not empty.
  public init(name: String, bars: Range<Int>, blockCount: Int = 1) {
    precondition(!bars.isEmpty && blockCount >= 1 && blockCount <= bars.count, "a block has at least one bar")
    self.name = name
    self.bars = bars
    let length = bars.count / blockCount
    self.blocks = (0..<blockCount).map { block in
      let start = block == 0 ? bars.lowerBound : bars.upperBound - (blockCount - block) * length
      return start..<(bars.upperBound - (blockCount - block - 1) * length)
    }
  }
}

extension Segment {
  /// A segment of the given blocks.
  ///
  /// - Precondition: they are adjacent and none is empty.
  public init(name: String, blocks: [Range<Int>]) {
    precondition(
      !blocks.isEmpty && blocks.allSatisfy { !$0.isEmpty }
        && zip(blocks, blocks.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound },
      "blocks are adjacent, and none is empty")
    self.name = name
    self.blocks = blocks
    bars = blocks[0].lowerBound..<blocks[blocks.count - 1].upperBound
  }
}

/// The segments of a run in the order of time, and the decisions that belong to each of their blocks.
///
/// Decision t is made on bar t and earns the return of bar t + 1. It belongs to the block that holds bar t + 1,
/// so that a block's tally has one net return a bar. The first bar of a segment has none (it starts flat): its
/// net return is zero. The last position of a segment is closed at the end of the last bar that can be earned.
public struct Timeline: Equatable, Sendable {
  /// One block, as the kernels walk through it.
  public struct Stretch: Equatable, Sendable {
    /// Index into ``Timeline/segments``.
    public let segment: Int
    /// The bars whose net returns it tallies.
    public let bars: Range<Int>
    /// The bars whose decisions earn them.
    public let decisions: Range<Int>
    /// Whether it is the first of its segment, where positions start flat.
    public let opens: Bool
    /// Whether its last decision is the segment's last one, after which the position is closed.
    public let closes: Bool
  }

  /// Disjoint, in the order of time.
  public let segments: [Segment]
  /// All blocks of all segments, in the order of time.
  public let stretches: [Stretch]
  /// The stretches of each segment.
  public let stretchesOfSegment: [Range<Int>]

  /// - Parameters:
  ///   - segments: disjoint, in the order of time.
  ///   - unfilledDecisions: the decisions at a segment's end that earn nothing in it: 1 where orders fill at the
  ///     close, 2 where they fill at the next open.
  public init(segments: [Segment], unfilledDecisions: Int = 1) {
    precondition(
      zip(segments, segments.dropFirst()).allSatisfy { $0.bars.upperBound <= $1.bars.lowerBound },
      "segments are disjoint and in the order of time")
    var stretches: [Stretch] = []
    var stretchesOfSegment: [Range<Int>] = []
    for (index, segment) in segments.enumerated() {
      let start = segment.bars.lowerBound
      let end = max(start, segment.bars.upperBound - unfilledDecisions)
      let first = stretches.count
      for block in segment.blocks {
        let opens = block.lowerBound == start
        let from = min(end, opens ? start : block.lowerBound - 1)
        let to = min(end, block.upperBound - 1)
        stretches.append(
          Stretch(
            segment: index, bars: block, decisions: from..<max(from, to), opens: opens,
            closes: to == end && from < to))
      }
      stretchesOfSegment.append(first..<stretches.count)
    }
    self.segments = segments
    self.stretches = stretches
    self.stretchesOfSegment = stretchesOfSegment
  }

  /// The bars on which decisions are made, from the first to the last; empty without any.
  public var decisions: Range<Int> {
    let used = stretches.filter { !$0.decisions.isEmpty }
    guard let first = used.first, let last = used.last else { return 0..<0 }
    return first.decisions.lowerBound..<last.decisions.upperBound
  }
}
