import Kernels
import Testing

@testable import Pipeline

@Suite struct CrossValidationCutTests {
  private static let cases: [(bars: Range<Int>, count: Int)] = [
    (0..<16, 16), (0..<100, 4), (0..<103, 10), (0..<1_885, 16), (5..<50, 6), (0..<3, 2), (7..<8, 1),
  ]

  @Test(arguments: cases) func blocksAreEqualAndAdjacentAndEndWithTheBars(bars: Range<Int>, count: Int) {
    let cut = CrossValidationCut(bars, count: count)
    #expect(cut.blocks.count == count)
    #expect(Set(cut.blocks.map(\.count)).count == 1)
    #expect(zip(cut.blocks, cut.blocks.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    #expect(cut.blocks.last?.upperBound == bars.upperBound)
    // The oldest bars are left over, too few of them for one more bar a block.
    #expect(cut.dropped.lowerBound == bars.lowerBound)
    #expect(cut.dropped.upperBound == cut.blocks.first?.lowerBound)
    #expect(cut.dropped.count < count)
  }

  @Test(arguments: [(0..<7, 8), (0..<5, 0), (3..<3, 2), (0..<0, 0)])
  func tooFewBarsAreNotCut(bars: Range<Int>, count: Int) {
    let cut = CrossValidationCut(bars, count: count)
    #expect(cut.blocks.isEmpty)
    #expect(cut.dropped == bars)
  }

  /// Bars that are cut, and those of training out of 100 or 101.
  private static let segments: [(cut: Range<Int>, count: Int, all: Int, training: Int)] = [
    (0..<70, 16, 100, 70), (0..<70, 7, 100, 70), (0..<100, 16, 100, 70), (0..<101, 10, 101, 70),
    (0..<101, 10, 101, 11), (0..<100, 4, 100, 50), (0..<100, 2, 100, 3), (0..<70, 0, 100, 70),
    (0..<100, 100, 100, 97), (0..<5, 8, 100, 5), (0..<100, 6, 100, 100),
  ]

  @Test(arguments: segments)
  func everyStretchLiesInOneBlockOrInNone(bars: Range<Int>, count: Int, all: Int, training: Int) {
    let cut = CrossValidationCut(bars, count: count)
    var segments = [cut.segment("training", 0..<training)]
    if training < all { segments.append(cut.segment("validation", training..<all)) }
    #expect(segments.map(\.bars) == (training < all ? [0..<training, training..<all] : [0..<all]))
    for unfilled in [1, 2] {
      let timeline = Timeline(segments: segments, unfilledDecisions: unfilled)
      let blocks = cut.blockOfStretch(timeline)
      #expect(blocks.count == timeline.stretches.count)
      for (stretch, block) in zip(timeline.stretches, blocks) {
        let touched = cut.blocks.indices.filter { cut.blocks[$0].overlaps(stretch.bars) }
        #expect(touched == (block.map { [$0] } ?? []))
      }
      // And every block is whole: its stretches are adjacent and have all of its bars.
      for (index, block) in cut.blocks.enumerated() {
        let own = zip(timeline.stretches, blocks).filter { $0.1 == index }.map(\.0.bars)
        #expect(own.flatMap { Array($0) } == Array(block))
        #expect(own.count == (block.contains(training) && block.lowerBound < training ? 2 : 1))
      }
    }
  }
}
