import Kernels
import Testing

@Suite("Timelines")
struct TimelineTests {
  @Test("decisions of a segment, fill at close and at next open")
  func decisions() {
    let segments = [Segment(name: "a", bars: 0..<10, blockCount: 3), Segment(name: "b", bars: 12..<15)]
    let close = Timeline(segments: segments, unfilledDecisions: 1)
    #expect(segments[0].blocks == [0..<4, 4..<7, 7..<10])
    #expect(close.stretches.map(\.decisions) == [0..<3, 3..<6, 6..<9, 12..<14])
    #expect(close.stretches.map(\.closes) == [false, false, true, true])
    #expect(close.stretches.map(\.opens) == [true, false, false, true])
    #expect(close.decisions == 0..<14)
    let open = Timeline(segments: segments, unfilledDecisions: 2)
    #expect(open.stretches.map(\.decisions) == [0..<3, 3..<6, 6..<8, 12..<13])
  }

  @Test("whatever the cut, blocks cover the bars and every decision stands once", arguments: 1...40)
  func blocksCover(bars: Int) {
    for blocks in 1...bars {
      for unfilled in 1...2 {
        let timeline = Timeline(
          segments: [Segment(name: "all", bars: 5..<(5 + bars), blockCount: blocks)],
          unfilledDecisions: unfilled)
        let stretches = timeline.stretches
        #expect(stretches.flatMap { Array($0.bars) } == Array(5..<(5 + bars)))
        #expect(stretches.flatMap { Array($0.decisions) } == Array(5..<max(5, 5 + bars - unfilled)))
        #expect(stretches.filter(\.closes).count == (bars > unfilled ? 1 : 0))
      }
    }
  }
}
