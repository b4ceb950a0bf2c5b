import Testing

@testable import Backtesting

@Suite struct LinearDefaultsTests {
  @Test func thereAre32DifferentOnes() {
    #expect(Feature.linearDefaults.count == 32)
    #expect(Set(Feature.linearDefaults).count == 32)
    #expect(Feature.linearDefaults.allSatisfy { $0.warmUp <= 200 })
  }

  /// On real bars and on a random walk. The constants are round numbers, so the bounds are wide.
  @Test(arguments: Feature.linearDefaults)
  func centredAndOfOrderOne(feature: Feature) throws {
    for market in [try Fixture.bars(), .randomWalk(seed: 12, count: 3_000)] {
      let values = feature.values(in: market).dropFirst(feature.warmUp)
      #expect(values.allSatisfy { $0.isFinite })
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(values.count)).squareRoot()
      #expect(mean.magnitude < 0.75)
      #expect((0.3...3).contains(deviation))
    }
  }
}
