import Backtesting
import Kernels

/// How bars are cut into the equal blocks of cross-validation; the oldest bars that are left over belong to none.
struct CrossValidationCut: Equatable, Sendable {
  /// In the order of time; none where nothing is cross-validated.
  let blocks: [Range<Int>]
  /// The bars that are left over.
  let dropped: Range<Int>

  /// `bars` in `count` blocks; none where there are fewer bars than blocks.
  init(_ bars: Range<Int>, count: Int) {
    let length = count > 0 ? bars.count / count : 0
    guard length > 0 else {
      blocks = []
      dropped = bars
      return
    }
    let first = bars.upperBound - count * length
    blocks = (0..<count).map { first + $0 * length..<first + ($0 + 1) * length }
    dropped = bars.lowerBound..<first
  }

  /// `bars` as a segment that is cut wherever a block begins or ends, so that each of its stretches lies in one block
  /// or in none.
  func segment(_ name: String, _ bars: Range<Int>) -> Segment {
    let cuts = blocks.flatMap { [$0.lowerBound, $0.upperBound] } + [bars.lowerBound, bars.upperBound]
    let inside = Set(cuts.filter { $0 >= bars.lowerBound && $0 <= bars.upperBound }).sorted()
    return Segment(name: name, blocks: zip(inside, inside.dropFirst()).map { $0..<$1 })
  }

  /// For each stretch of `timeline` the block that holds it, or `nil`.
  func blockOfStretch(_ timeline: Timeline) -> [Int?] {
    timeline.stretches.map { stretch in
      blocks.firstIndex {
        $0.lowerBound <= stretch.bars.lowerBound && stretch.bars.upperBound <= $0.upperBound
      }
    }
  }
}
