import Backtesting
import TestSupport
import Testing

@Suite struct BarPermutationTests {
  /// Bars that open off the close before, so that gaps are gaps.
  static func market(count: Int) throws -> Market {
    let source = try SyntheticMarket(model: SyntheticModel("garch"), count: 400, seed: 3).market()
    var random = SeededGenerator(seed: 4)
    var columns: [[Double]] = [[], [], [], []]
    for bar in 0..<count {
      // All prices of a bar move by the same factor, hence no bar loses its bounds.
      let factor = 1 + 0.02 * random.uniform(-1...1)
      for (column, prices) in [source.open, source.high, source.low, source.close].enumerated() {
        columns[column].append(prices[bar] * factor)
      }
    }
    return Market(
      name: "gapped", timestamps: Array(source.timestamps[..<count]), open: columns[0], high: columns[1],
      low: columns[2], close: columns[3], volume: Array(source.volume[..<count]))
  }

  /// The four roundings of every bar that moves, on both sides of a comparison.
  static func bound(_ bars: Int) -> Double { 8 * Double(bars) * UnitRoundoff.double }

  @Test(arguments: [
    (2, 0..<2), (3, 0..<3), (60, 0..<60), (400, 0..<400), (400, 0..<300), (400, 200..<400), (97, 40..<61),
  ])
  func keepsWhatItShould(count: Int, bars: Range<Int>) throws {
    let market = try Self.market(count: count)
    let permuted = market.permuted(seed: 5, number: 1, bars: bars)
    #expect(permuted.timestamps == market.timestamps && permuted.name == market.name)
    for bar in 0..<count where !bars.contains(bar) || bar == bars.lowerBound {
      #expect(permuted[bar..<bar + 1] == market[bar..<bar + 1])
    }
    let ends = bars.upperBound - 1
    #expect(abs(permuted.close[ends] / market.close[ends] - 1) <= Self.bound(bars.count))
    for bar in bars {
      #expect(permuted.low[bar] <= min(permuted.open[bar], permuted.close[bar]))
      #expect(permuted.high[bar] >= max(permuted.open[bar], permuted.close[bar]))
    }
    // Volumes are all different, so they tell which bar's shape stands where.
    let places = Dictionary(uniqueKeysWithValues: market.volume.enumerated().map { ($1, $0) })
    let order = try permuted.volume.map { try #require(places[$0]) }
    #expect(order.sorted() == Array(0..<count))
    let rounding = Tolerance.rounding(absolute: 8 * UnitRoundoff.double)
    for bar in bars {
      for (prices, originals) in [
        (permuted.high, market.high), (permuted.low, market.low), (permuted.close, market.close),
      ] {
        let original = originals[order[bar]] / market.open[order[bar]]
        #expect(rounding.accepts(prices[bar] / permuted.open[bar] / original, 1))
      }
    }
    let gaps = [market, permuted].map { market in
      bars.dropFirst().map { market.open[$0] / market.close[$0 - 1] }.sorted()
    }
    #expect(zip(gaps[0], gaps[1]).allSatisfy { rounding.accepts($0 / $1, 1) })
  }

  /// The mean of the logarithmic returns from close to close is that of their ends, which are kept.
  @Test func movesBarsAndGapsApart() throws {
    let market = try Self.market(count: 400)
    let permuted = market.permuted(seed: 5, number: 0)
    let places = Dictionary(uniqueKeysWithValues: market.volume.enumerated().map { ($1, $0) })
    let shapes = permuted.volume.map { places[$0]! }
    let gaps = (1..<400).map { bar in
      let gap = permuted.open[bar] / permuted.close[bar - 1]
      return (1..<400).min { first, second in
        let distances = [first, second].map { abs(market.open[$0] / market.close[$0 - 1] - gap) }
        return distances[0] < distances[1]
      }!
    }
    #expect(Set(gaps).count == 399)
    // One in 399 stays in its place or beside its gap by chance: more than eight of such a count are rarer than 10⁻⁵.
    #expect((1..<400).count { shapes[$0] == $0 } <= 8)
    #expect((1..<400).count { gaps[$0 - 1] == $0 } <= 8)
    #expect((1..<400).count { gaps[$0 - 1] == shapes[$0] } <= 8)
  }

  @Test func seedAndNumberDecide() throws {
    let market = try Self.market(count: 50)
    let numbers = (0..<20).map { market.permuted(seed: 1, number: $0).close }
    #expect((0..<20).map { market.permuted(seed: 1, number: $0).close } == numbers)
    #expect(Set(numbers).count == 20 && !numbers.contains(market.close))
    #expect(market.permuted(seed: 2, number: 0).close != numbers[0])
  }

  @Test(arguments: [0..<0, 0..<1, 7..<8, 3..<5])
  func fewBarsStay(bars: Range<Int>) throws {
    let market = try Self.market(count: 10)
    let permuted = market.permuted(seed: 1, number: 0, bars: bars)
    #expect(permuted.volume == market.volume)
    for (price, original) in zip(permuted.close, market.close) {
      #expect(abs(price / original - 1) <= Self.bound(1))
    }
  }

  /// Statistical: every order of three bars equally often; five standard errors of 1,200 draws.
  @Test func everyOrderIsAsLikely() throws {
    let market = try Self.market(count: 4)
    var counts: [[Double]: Int] = [:]
    for number in 0..<1_200 { counts[market.permuted(seed: 6, number: number).volume, default: 0] += 1 }
    #expect(counts.count == 6)
    let deviation = (1_200.0 / 6 * 5 / 6).squareRoot()
    #expect(counts.values.allSatisfy { abs(Double($0) - 200) < 5 * deviation })
  }
}
