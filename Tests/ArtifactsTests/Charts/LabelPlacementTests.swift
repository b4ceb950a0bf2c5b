import TestSupport
import Testing

@testable import Artifacts

struct LabelPlacementTests {
  @Test func labelsNeverOverlapNorLeaveTheirRange() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<600 {
      let count = Int.random(in: 1...7, using: &generator)
      let widths = (0..<count).map { _ in generator.uniform(5...120) }
      let gap = generator.uniform(0...20)
      let total = widths.reduce(gap * Double(count - 1), +)
      let range = 10...(10 + total + generator.uniform(0...300))
      // Some centers outside of the range, many close together.
      let cluster = generator.uniform((range.lowerBound - 50)...(range.upperBound + 50))
      let centers = (0..<count).map { _ in cluster + generator.uniform(-40...40) }
      let starts = LabelPlacement.starts(centers: centers, widths: widths, in: range, gap: gap)

      let order = centers.indices.sorted { centers[$0] < centers[$1] }
      #expect(starts.count == count)
      #expect(starts[order[0]] >= range.lowerBound - 1e-9)
      #expect(starts[order[count - 1]] + widths[order[count - 1]] <= range.upperBound + 1e-9)
      for (label, next) in zip(order, order.dropFirst()) {
        #expect(starts[label] + widths[label] + gap <= starts[next] + 1e-9)
      }
    }
  }

  @Test func labelsWithRoomStayWhereTheyBelong() {
    let starts = LabelPlacement.starts(centers: [300, 50], widths: [40, 60], in: 0...400, gap: 10)
    #expect(starts == [280, 20])
  }

  @Test func crowdedLabelsShareTheMove() {
    let starts = LabelPlacement.starts(centers: [100, 100], widths: [40, 40], in: 0...400, gap: 10)
    #expect(starts == [55, 105])
  }

  @Test func noLabelsNeedNoPlace() {
    #expect(LabelPlacement.starts(centers: [], widths: [], in: 0...1, gap: 5).isEmpty)
  }
}
