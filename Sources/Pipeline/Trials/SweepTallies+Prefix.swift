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
    let blocks = blocks.flatMap { found -> Result<Evidence.CrossValidated, Absence> in
      guard count > 1 else { return .failure(Self.nothingToRank) }
      do throws(StatisticsError) {
        return .success(
          Evidence.CrossValidated(
            sums: try found.sums.prefix(count), metric: found.metric, metricName: found.metricName,
            remark: found.remark, droppedBars: found.droppedBars))
      } catch {
        return .failure(Absence("\(error)"))
      }
    }
    return SweepTallies(table: few, blocks: blocks)
  }
}
