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
    /// Strategies that differ from each other by less than a step, some by nothing.
    case alike
    /// Zeros, and columns that no mean is made of.
    case empty

    func value(bar: Int, lane: Int, _ generator: inout SeededGenerator) -> Double {
      let noise = generator.normal()
      return switch self {
      case .noise: noise
      case .outlier: bar == 0 ? 1e6 * noise : noise
      case .tiny: 1e-308 * noise
      case .alike: Double(bar % 7) - 3 + (lane % 3 == 0 ? 0 : 1e-9 * noise)
      case .empty: lane == 1 ? .nan : lane == 2 ? .infinity : lane == 3 ? noise : 0
      }
    }
  }

  /// Bars that each resample draws: as many as there are, some of them all in one place.
  private static func draws(bars: Int, count: Int) -> [[Int]] {
    var generator = SeededGenerator(seed: 3)
    return (0..<count).map { number in
      var drawn: [Int] = []
      while drawn.count < bars {
        let start = Int(generator.uniform() * Double(bars))
        let length = number % 5 == 4 ? 1 : min(1 + Int(generator.uniform() * 9), bars - drawn.count)
        drawn += (start..<start + length).map { number % 5 == 4 ? bars / 2 : $0 % bars }
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
  @Test(arguments: Returns.allCases, [1, 2, 31, 33, 100, 4_097].flatMap { [($0, 1.0), ($0, 1e3)] })
  func maximaAreThoseOfAllSums(returns: Returns, shape: (bars: Int, meanRun: Double)) {
    let bars = shape.bars
    var generator = SeededGenerator(seed: 4)
    let width = ScreenedTile.width
    let values = (0..<bars * width).map {
      returns.value(bar: $0 / width, lane: $0 % width, &generator)
    }
    let columns = (0..<width).map { lane in (0..<bars).map { values[$0 * width + lane] } }
    let count = bars > 1_000 ? 7 : 103
    let lists = Self.draws(bars: bars, count: count)
    let draws = ResampleDraws(bars: bars, count: count, meanRun: shape.meanRun, threads: 2) { number, body in
      for bar in lists[number] { body(bar..<bar + 1) }
    }
    // Two statistics; every seventh strategy has no part in the second.
    func terms(_ lane: Int) -> [ResampleTerm?] {
      let sum = columns[lane].reduce(0, +)
      guard sum.isFinite else { return [nil, nil] }
      return [
        ResampleTerm(center: sum, scale: 0.25), lane % 7 == 0 ? nil : ResampleTerm(center: 0, scale: 3),
      ]
    }
    var tile = ScreenedTile(draws, statistics: 2)
    tile.load(values)
    for lane in 0..<width {
      for (statistic, term) in terms(lane).enumerated() where term != nil { tile.set(term!, statistic, lane) }
    }
    // What another tile has reached: nothing, something, or more than can be reached.
    let before = (0..<2 * count).map { [-Double.infinity, 0, 1e300][$0 % 3] }
    var maxima = before
    tile.raise(&maxima)
    for (number, list) in lists.enumerated() {
      var times = Array(repeating: 0, count: bars)
      for bar in list { times[bar] += 1 }
      let sums = columns.map { Self.sum(times, $0) }
      for statistic in 0..<2 {
        let expected = (0..<width).reduce(before[statistic * count + number]) { largest, lane in
          guard let term = terms(lane)[statistic] else { return largest }
          return max(largest, (sums[lane] - term.center) * term.scale)
        }
        #expect(maxima[statistic * count + number] == expected, "statistic \(statistic), resample \(number)")
      }
    }
  }

  /// Memory that was used for another tile gives the same bits, and strategies have no part until they are given one.
  @Test func startsAfresh() {
    var generator = SeededGenerator(seed: 4)
    let (bars, width) = (40, ScreenedTile.width)
    let tiles = (0..<2).map { tile in
      (0..<bars * width).map { _ in generator.normal() * (tile == 0 ? 100 : 1) }
    }
    let draws = ResampleDraws(bars: bars, count: 9, meanRun: 1, threads: 1) { number, body in
      body(number..<bars)
      body(0..<number)
    }
    func maxima(_ tiles: [[Double]], part: Range<Int>) -> [Double] {
      var tile = ScreenedTile(draws, statistics: 1)
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

  @Test func tellsEqualStrategies() {
    let (bars, width) = (3, ScreenedTile.width)
    var values = Array(repeating: 0.5, count: bars * width)
    values[2 * width + 9] = 0.25
    let draws = ResampleDraws(bars: bars, count: 1, meanRun: 1, threads: 1) { _, body in body(0..<bars) }
    var tile = ScreenedTile(draws, statistics: 1)
    tile.load(values)
    #expect(tile.areEqual(0, 63) && tile.areEqual(9, 9) && !tile.areEqual(8, 9))
  }
}
