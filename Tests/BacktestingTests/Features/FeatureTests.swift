import Kernels
import Testing

@testable import Backtesting

/// What holds for every feature, and what the rules need of theirs.
@Suite struct FeatureTests {
  @Test func samplesCoverEveryCase() {
    #expect(Set(Feature.samples.map(\.stem)) == Set(Feature.Stem.allCases))
  }

  @Test(arguments: Feature.samples)
  func noLookAhead(feature: Feature) {
    let market = Market.randomWalk(seed: 1, count: 420)
    let past = feature.values(in: market)
    for bar in [1, 2, feature.warmUp, feature.warmUp + 1, 203, 300, 419] {
      var stream = RandomStream(seed: 2, purpose: .permutation, index: UInt64(bar))
      let altered = market.changed(from: bar) { $0 * (0.2 + 3 * stream.uniform()) }
      let values = feature.values(in: altered)
      #expect(bits(values[..<bar]) == bits(past[..<bar]))
      // The referee must be able to see a change.
      if bar >= feature.warmUp && bar <= 300 && feature != .simpleMovingAverage(period: 1)
        && feature != .exponentialMovingAverage(period: 1)
      {
        #expect(bits(values[bar...]) != bits(past[bar...]))
      }
    }
  }

  @Test(arguments: Feature.samples)
  func warmUpIsExact(feature: Feature) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let values = feature.values(in: .randomWalk(seed: seed, count: 400))
      #expect(values.count == 400)
      #expect(values[..<feature.warmUp].allSatisfy { $0.isNaN })
      #expect(values[feature.warmUp...].allSatisfy { $0.isFinite })
    }
  }

  @Test(arguments: Feature.samples)
  func shortMarketsAreAllWarmUp(feature: Feature) {
    for count in Set([0, 1, 2, max(feature.warmUp - 1, 0), feature.warmUp, feature.warmUp + 1]) {
      let values = feature.values(in: .randomWalk(seed: 1, count: count))
      #expect(values.map(\.isNaN) == (0..<count).map { $0 < feature.warmUp })
    }
  }

  /// A volume that is unknown leaves undefined what is made of it, as long as a window holds it, and nothing else.
  @Test(arguments: Feature.samples)
  func unknownVolumesAreUndefined(feature: Feature) {
    let market = Market.randomWalk(seed: 5, count: 400)
    var volume = market.volume
    let unknown = 250..<253
    for bar in unknown { volume[bar] = .nan }
    let values = feature.values(
      in: Market(
        name: market.name, timestamps: market.timestamps, open: market.open, high: market.high,
        low: market.low,
        close: market.close, volume: volume))
    let known = feature.values(in: market)
    guard feature.usesVolume else {
      #expect(bits(values) == bits(known))
      return
    }
    #expect(values[unknown].allSatisfy { $0.isNaN })
    #expect(bits(values[..<unknown.lowerBound]) == bits(known[..<unknown.lowerBound]))
    let after = unknown.upperBound + feature.warmUp
    #expect(bits(values[after...]) == bits(known[after...]))
    #expect(known[unknown.lowerBound...].allSatisfy { $0.isFinite })
  }

  /// Powers of two change no significand, so nothing may depend on the unit of price or volume.
  @Test(arguments: Feature.samples)
  func unitsDoNotMatter(feature: Feature) {
    let market = Market.randomWalk(seed: 4, count: 400)
    for factor in [2, 0x1p-10] {
      let scaled = market.changed(from: 0) { $0 * factor }
      #expect(bits(feature.values(in: scaled)) == bits(feature.values(in: market)))
    }
  }

  /// A feature of a window does not know what came before the window, to the bit.
  @Test(arguments: [
    Feature.simpleMovingAverage(period: 50), .momentum(period: 20), .donchian(period: 55),
    .stochastic(period: 14, smoothing: 3), .commodityChannel(period: 20), .aroon(period: 25),
    .moneyFlow(period: 14), .volumeRatio(fast: 1, slow: 20),
  ])
  func windowsForgetTheBarsBefore(feature: Feature) throws {
    let market = try Fixture.bars()
    let whole = feature.values(in: market)
    for start in [1, 100, 777] {
      let part = feature.values(in: market[start..<market.count])
      #expect(bits(part[feature.warmUp...]) == bits(whole[(start + feature.warmUp)...]))
    }
  }

  @Test func sharedColumnsHaveTheSameBits() {
    let market = Market.randomWalk(seed: 6, count: 300)
    let features = Feature.samples + Feature.rules
    let columns = FeatureColumns.compute(features, in: market)
    #expect(columns.count == features.count)
    for (feature, column) in zip(features, columns) {
      #expect(bits(column) == bits(feature.values(in: market)))
    }
    #expect(FeatureColumns.compute([], in: market).isEmpty)
  }

  /// In a market that never moves, a distance is zero and a quotient of zeros is undefined, never infinite.
  @Test func restingMarket() {
    let market = Market.still(price: 0.1, count: 400)
    for feature in Feature.samples {
      let values = feature.values(in: market)[feature.warmUp...]
      switch feature {
      case .simpleMovingAverage, .exponentialMovingAverage, .momentum, .macdGap, .volumeRatio:
        #expect(values.allSatisfy { $0 == 0 }, "\(feature)")
      case .aroon(let period):
        // Highest and lowest of equals are both the latest bar.
        #expect(values.allSatisfy { $0 == 0 }, "\(period)")
      default:
        #expect(values.allSatisfy { $0.isNaN }, "\(feature)")
      }
    }
  }

  /// A price of zero divides, and so does the channel of a market that rested before it moved.
  @Test func nothingIsInfinite() {
    let walk = Market.randomWalk(seed: 4, count: 300)
    let zeros: Set = [100, 101, 150, 296, 299]
    let close = walk.close.enumerated().map { zeros.contains($0) ? 0 : $1 }
    let worthless = Market(
      name: "worthless", timestamps: walk.timestamps, open: walk.open, high: walk.high, low: walk.low,
      close: close, volume: walk.volume)
    let woken = Market.still(price: 7, count: 300).changed(from: 250) { _ in 8 }
    for feature in Feature.samples {
      let values = feature.values(in: worthless)
      #expect(values.allSatisfy { $0.isFinite || $0.isNaN }, "\(feature)")
      switch feature {
      case .simpleMovingAverage, .exponentialMovingAverage, .macdGap:
        #expect(zeros.allSatisfy { $0 < feature.warmUp || values[$0].isNaN }, "\(feature)")
      case .momentum(let period):
        #expect(zeros.allSatisfy { $0 + period >= 300 || values[$0 + period].isNaN }, "\(feature)")
      default: break
      }
      #expect(feature.values(in: woken).allSatisfy { $0.isFinite || $0.isNaN }, "\(feature)")
    }
    #expect(Feature.donchian(period: 20).values(in: woken)[250].isNaN)
  }

  @Test func marketsWithoutVolumeLackOnlyItsFeatures() {
    let traded = Market.randomWalk(seed: 8, count: 300)
    let market = Market(
      name: "quotes", timestamps: traded.timestamps, open: traded.open, high: traded.high, low: traded.low,
      close: traded.close, volume: [Double](repeating: 0, count: 300))
    for feature in Feature.samples {
      #expect(feature.values(in: market).allSatisfy { $0.isNaN } == feature.usesVolume, "\(feature)")
    }
  }

  /// A close on the channel's edge is exactly 1 or -1, so that "above 1" is a breakout and a touch is not.
  @Test(arguments: [1, 20, 55])
  func donchianEdgesAreExact(period: Int) throws {
    let market = try Fixture.bars()
    let (upper, lower) = Indicators.donchianChannel(high: market.high, low: market.low, period: period)
    for (edge, expected) in [(upper, 1.0), (lower, -1)] {
      let touching = Market(
        name: "edge", timestamps: market.timestamps, open: market.open, high: market.high, low: market.low,
        close: edge, volume: market.volume)
      let values = Feature.donchian(period: period).values(in: touching)
      #expect(values.dropFirst(period).allSatisfy { $0 == expected })
    }
  }

  @Test func signsOfTheRules() {
    let rising = Market.still(price: 1, count: 300)
    let prices = (0..<300).map { 100 + Double($0) }
    let market = Market(
      name: "rising", timestamps: rising.timestamps, open: prices, high: prices.map { $0 + 1 },
      low: prices.map { $0 - 1 }, close: prices, volume: prices)
    func last(_ feature: Feature) -> Double { feature.values(in: market).last! }
    #expect(last(.simpleMovingAverage(period: 10)) > last(.simpleMovingAverage(period: 50)))
    #expect(last(.exponentialMovingAverage(period: 10)) > last(.exponentialMovingAverage(period: 50)))
    #expect(last(.momentum(period: 1)) == 1.0 / 398)
    #expect(last(.relativeStrength(period: 14)) == -1)
    #expect(last(.bollinger(period: 20)) < -1)
    #expect(last(.donchian(period: 20)) == 1)
    #expect(last(.macdGap(period: 12, signal: 9)) > 0)
    #expect(last(.stochastic(period: 14, smoothing: 3)) < -0.8)
  }
}
