import Kernels

/// What bars in the market count as where they bear the costs of their positions, found by looking back and ahead.
public enum TradeObservations {
  /// The observations of the decisions of one segment, in the order of time.
  ///
  /// - Parameters:
  ///   - positions: one a bar of the market.
  ///   - known: how many of the segment's decisions there are as yet: what comes after them is not known.
  public static func of(
    segment: Int, positions: [Int], earned: [Double], cost: Double, timeline: Timeline, known: Int = .max
  ) -> [Double] {
    let decisions = timeline.stretchesOfSegment[segment].flatMap { Array(timeline.stretches[$0].decisions) }
    return decisions.indices.prefix(known).compactMap { place in
      let position = positions[decisions[place]]
      if position == 0 { return nil }
      let before = place == 0 ? 0 : positions[decisions[place - 1]]
      let isLast = place + 1 == decisions.count
      let leaves = isLast || (place + 1 < known && positions[decisions[place + 1]] != position)
      return Double(position) * earned[decisions[place] + 1] - (before == position ? 0 : cost)
        - (leaves ? cost : 0)
    }
  }
}

extension ReferenceKernel.Path {
  /// For each stretch the number, the squares and the fourth powers of what its sums add and take back, for
  /// ``TallyAgreement``.
  public func terms(returns: BarReturns, cost: Double, timeline: Timeline) -> [Tally] {
    timeline.stretches.map { stretch in
      var terms = Tally(bars: 0)
      func add(_ magnitude: Double) {
        let square = magnitude * magnitude
        terms.bars += 1
        terms.sumOfSquares += square
        terms.sumOfFourths += square * square
      }
      for bar in stretch.decisions {
        let isFirst = bar == timeline.segments[stretch.segment].bars.lowerBound
        let before = isFirst ? 0 : positions[bar - 1]
        // The net return and the observation; then the last observation in its two versions.
        let now = abs(Double(positions[bar]) * returns.earned[bar + 1]) + 2 * cost
        for _ in 0..<2 { add(now) }
        if before != 0, before != positions[bar] {
          for _ in 0..<2 { add(abs(returns.earned[bar]) + 2 * cost) }
        }
      }
      return terms
    }
  }
}
