import Backtesting
import Statistics

extension SweepTallies {
  /// What the pass would have left of the first `count` strategies alone.
  ///
  /// - Precondition: there are as many.
  func prefix(_ count: Int) -> SweepTallies {
    let tallies = table.timeline.segments.indices.flatMap { segment in
      table.tallies[segment * table.count..<segment * table.count + count]
    }
    let few = TallyTable(timeline: table.timeline, count: count, tallies: tallies)
    let ranked = ranked.prefix { $0 < count }
    return SweepTallies(
      table: few, sums: sums?.prefix(ranked.count), ranked: Array(ranked), plan: plan)
  }
}
