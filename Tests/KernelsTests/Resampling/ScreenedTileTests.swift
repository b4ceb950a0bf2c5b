import Kernels
import TestSupport
import Testing

@Suite struct ScreenedTileTests {
  /// Returns that are hard to screen or to sum.
  enum Returns: CaseIterable {
    /// Of one size.
    case noise
    /// One bar is a million times the others, so that those are less than a step.
    case outlier
    /// Near the smallest numbers that there are.
    case tiny
    /// Near the largest, so that some sums are not finite.
    case huge
    /// Strategies that differ from each other by less than a step, some by nothing.
    case alike
    /// Every bar but the first is rounded by nearly half a step, up in one strategy and down in the next.
    case halves
    /// Zeros, and columns that no mean is made of.
    case empty

    /// How much less than half a step ``halves`` are off.
    private static let lessThanHalf = 0x1p-9

    func value(_ shape: Shape, bar: Int, lane: Int, _ generator: inout SeededGenerator) -> Double {
      let noise = generator.normal()
      let off = lane % 2 == 0 ? -Self.lessThanHalf : Self.lessThanHalf
      return switch self {
      case .noise: noise
      case .outlier: bar == 0 ? 1e6 * noise : noise
      case .tiny: 1e-308 * noise
      case .huge: 3e306 * noise
      case .alike: Double(bar % 7) - 3 + (lane % 3 == 0 ? 0 : 1e-9 * noise)
      case .halves: bar == 0 ? Double(shape.steps) : Double(bar % 50) + 0.5 + off
      case .empty: lane == 1 ? .nan : lane == 2 ? .infinity : lane == 3 ? noise : 0
      }
    }

    /// The centers of two statistics; `nil` where a strategy has no part.
    func centers(_ shape: Shape, lane: Int, sum: Double) -> [Double?] {
      guard sum.isFinite else { return [nil, nil] }
      // Those that are rounded down are larger by a little, and seem smaller by a step a bar.
      let moved = lane % 2 == 0 ? 0 : 3 * Self.lessThanHalf * Double(shape.bars)
      return [self == .halves ? moved : sum, lane % 7 == 0 ? nil : 0]
    }
  }

  struct Shape: CustomTestStringConvertible, Sendable {
    let bars: Int
    /// Decides whether sums are products or made of running sums.
    let meanRun: Double
    /// Strategies of the tile; all sums of fewer than 64 are made in `Double`.
    let width: Int

    /// The steps of the largest return.
    var steps: Int { meanRun == 1 ? Int(Int16.max) : Int(Int32.max) / bars }
    var testDescription: String { "\(bars) bars in runs of \(meanRun), \(width) strategies" }

    static let all = [1, 2, 3, 31, 33, 100, 4_097].flatMap { bars in
      [1, 1e3].flatMap { meanRun in
        [1, 5, 40, ScreenedTile.width].map { Shape(bars: bars, meanRun: meanRun, width: $0) }
      }
    }
  }

  /// Bars that each resample draws, as many as there are: runs that go on over the end, one of all bars, and one bar
  /// alone.
  private static func draws(bars: Int, count: Int) -> [[Int]] {
    var generator = SeededGenerator(seed: 3)
    return (0..<count).map { number in
      var drawn: [Int] = []
      while drawn.count < bars {
        let start = Int(generator.uniform() * Double(bars))
        let left = bars - drawn.count
        let more =
          switch number % 5 {
          case 3: (start..<start + left).map { $0 % bars }
          case 4: Array(repeating: bars / 2, count: left)
          default: (start..<start + min(1 + Int(generator.uniform() * 9), left)).map { $0 % bars }
          }
        drawn += more
      }
      return drawn
    }
  }

  /// Σ w[t]·x[t] as the kernel's specification has it: in 32 partial sums by position, each product rounded.
  private static func sum(_ times: [Int], _ column: [Double]) -> Double {
    var parts = Array(repeating: 0.0, count: 32)
    for bar in column.indices { parts[bar % 32] += Double(times[bar]) * column[bar] }
    let lanes: [Double] = (0..<8).map { lane in
      let first: Double = parts[lane] + parts[lane + 8]
      let last: Double = parts[lane + 16] + parts[lane + 24]
      return first + last
    }
    let quarters: [Double] = (0..<4).map { lanes[2 * $0] + lanes[2 * $0 + 1] }
    return (quarters[0] + quarters[1]) + (quarters[2] + quarters[3])
  }

  /// Exact: whatever is left out cannot be a maximum.
  @Test(arguments: Returns.allCases, Shape.all)
  func maximaAreThoseOfAllSums(returns: Returns, shape: Shape) {
    let bars = shape.bars
    var generator = SeededGenerator(seed: 4)
    let width = shape.width
    let values = (0..<bars * width).map {
      returns.value(shape, bar: $0 / width, lane: $0 % width, &generator)
    }
    let columns = (0..<width).map { lane in (0..<bars).map { values[$0 * width + lane] } }
    let count = bars > 1_000 ? 7 : 103
    let lists = Self.draws(bars: bars, count: count)
    let draws = ResampleDraws(bars: bars, count: count, meanRun: shape.meanRun, threads: 2) { number, body in
      for bar in lists[number] { body(bar..<bar + 1) }
    }
    let terms = columns.enumerated().map { lane, column in
      zip(returns.centers(shape, lane: lane, sum: column.reduce(0, +)), [0.25, 3]).map { center, scale in
        center.map { ResampleTerm(center: $0, scale: scale) }
      }
    }
    // The one in the middle has no strategy.
    var tile = ScreenedTile(draws, width: width, statistics: 3)
    tile.load(values)
    for (lane, ofLane) in terms.enumerated() {
      for (statistic, term) in ofLane.enumerated() where term != nil { tile.set(term!, 2 * statistic, lane) }
    }
    #expect(!tile.statisticsTaken.contains(1))
    var largest: [Double] = []
    let sums = lists.map { list in
      var times = Array(repeating: 0, count: bars)
      for bar in list { times[bar] += 1 }
      return columns.map { Self.sum(times, $0) }
    }
    for statistic in 0..<2 {
      for ofResample in sums {
        largest.append(
          zip(ofResample, terms).reduce(-Double.infinity) { largest, strategy in
            guard let term = strategy.1[statistic] else { return largest }
            return max(largest, (strategy.0 - term.center) * term.scale)
          })
      }
    }
    // What other tiles have reached: nothing, something, more than can be reached, and what is only just reached.
    let befores = [
      largest.indices.map { [-Double.infinity, 0, 1e300][$0 % 3] }, largest.map(\.nextDown), largest,
    ]
    for before in befores {
      let none = (0..<count).map(Double.init)
      var maxima = Array(before.prefix(count)) + none + Array(before.suffix(count))
      tile.raise(&maxima)
      let raised = zip(before, largest).map { max($0, $1) }
      #expect(maxima == Array(raised.prefix(count)) + none + Array(raised.suffix(count)))
    }
  }

  /// Memory that was used for another tile gives the same bits, and strategies have no part until they are given one.
  @Test(arguments: [20, ScreenedTile.width]) func startsAfresh(width: Int) {
    var generator = SeededGenerator(seed: 4)
    let bars = 40
    let tiles = (0..<2).map { tile in
      (0..<bars * width).map { _ in generator.normal() * (tile == 0 ? 100 : 1) }
    }
    let draws = ResampleDraws(bars: bars, count: 9, meanRun: 1, threads: 1) { number, body in
      body(number..<bars)
      body(0..<number)
    }
    func maxima(_ tiles: [[Double]], part: Range<Int>) -> [Double] {
      var tile = ScreenedTile(draws, width: width, statistics: 1)
      for values in tiles {
        tile.load(values)
        if values != tiles.last {
          for lane in 0..<width { tile.set(ResampleTerm(center: 0, scale: 1), 0, lane) }
        }
      }
      for lane in part { tile.set(ResampleTerm(center: 0, scale: 1), 0, lane) }
      var maxima = Array(repeating: -Double.infinity, count: 9)
      tile.raise(&maxima)
      return maxima
    }
    #expect(maxima(tiles, part: 3..<20) == maxima([tiles[1]], part: 3..<20))
    #expect(maxima(tiles, part: 0..<0).allSatisfy { $0 == -.infinity })
  }

  @Test(arguments: [12, ScreenedTile.width]) func tellsEqualStrategies(width: Int) {
    let bars = 3
    var values = Array(repeating: 0.5, count: bars * width)
    values[2 * width + 9] = 0.25
    let draws = ResampleDraws(bars: bars, count: 1, meanRun: 1, threads: 1) { _, body in body(0..<bars) }
    var tile = ScreenedTile(draws, width: width, statistics: 1)
    tile.load(values)
    #expect(tile.areEqual(0, width - 1) && tile.areEqual(9, 9) && !tile.areEqual(8, 9))
  }
}
