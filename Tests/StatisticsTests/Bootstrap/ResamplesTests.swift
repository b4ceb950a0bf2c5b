import Statistics
import TestSupport
import Testing

@Suite struct ResamplesTests {
  static let schemes: [BlockScheme] = [
    .stationary(meanBlockLength: 1), .stationary(meanBlockLength: 7.5), .circular(blockLength: 1),
    .circular(blockLength: 6), .movingBlocks(blockLength: 6), .movingBlocks(blockLength: 40),
  ]

  @Test(arguments: schemes)
  func drawsAsManyBarsAsThereAre(scheme: BlockScheme) throws {
    let resamples = try Resamples(scheme, bars: 40, count: 50, seed: 1)
    for number in 0..<50 {
      let indices = resamples.indices(of: number)
      let times = resamples.multiplicities(of: number)
      #expect(indices.count == 40 && indices.allSatisfy { (0..<40).contains($0) })
      #expect(times == (0..<40).map { bar in indices.count { $0 == bar } })
    }
  }

  /// A resample is a function of the seed and its number, whatever else is drawn.
  @Test(arguments: schemes)
  func dependsOnSeedAndNumberAlone(scheme: BlockScheme) throws {
    let few = try Resamples(scheme, bars: 40, count: 3, seed: 1)
    let many = try Resamples(scheme, bars: 40, count: 500, seed: 1)
    let other = try Resamples(scheme, bars: 40, count: 3, seed: 2)
    #expect(few.indices(of: 2) == many.indices(of: 2))
    guard scheme != .movingBlocks(blockLength: 40) else { return }
    #expect(few.indices(of: 2) != few.indices(of: 1))
    #expect(few.indices(of: 2) != other.indices(of: 2))
  }

  @Test func blocksOfOneLength() throws {
    for scheme in [BlockScheme.circular(blockLength: 7), .movingBlocks(blockLength: 7)] {
      let resamples = try Resamples(scheme, bars: 40, count: 200, seed: 1)
      for number in 0..<200 {
        let indices = resamples.indices(of: number)
        for place in indices.indices where place % 7 != 0 {
          let next = indices[place - 1] + 1
          #expect(indices[place] == (scheme == .circular(blockLength: 7) ? next % 40 : next))
        }
      }
    }
  }

  /// Statistical: 400 · 100 bars begin a block with the probability 1/5 or go on with the next bar; four standard
  /// errors of the share are 0.008. A block that begins where the last one would have gone on is not seen.
  @Test func stationaryBlocksAreGeometric() throws {
    let resamples = try Resamples(.stationary(meanBlockLength: 5), bars: 100, count: 400, seed: 1)
    var breaks = 0
    var drawn = Array(repeating: 0, count: 100)
    for number in 0..<400 {
      let indices = resamples.indices(of: number)
      breaks += zip(indices, indices.dropFirst()).count { ($0 + 1) % 100 != $1 }
      for index in indices { drawn[index] += 1 }
    }
    #expect(
      Tolerance.statistical(absolute: 0.008).accepts(Double(breaks) / (400 * 99), 0.2 * 0.99))
    // Every bar is as likely: 400 times each, with a deviation near √(400 · 9).
    #expect(drawn.allSatisfy { abs($0 - 400) < 300 })
  }

  @Test func listsAreTakenAsTheyAre() throws {
    let resamples = try Resamples(lists: [[2, 2, 0], [0, 1, 2]], meanBlockLength: 1)
    #expect(resamples.bars == 3 && resamples.count == 2)
    #expect(resamples.indices(of: 0) == [2, 2, 0] && resamples.multiplicities(of: 0) == [1, 0, 2])
  }

  @Test func refusesWhatCannotBeDrawn() {
    #expect(throws: StatisticsError.resamples(0)) {
      try Resamples(.circular(blockLength: 1), bars: 9, count: 0, seed: 1)
    }
    #expect(throws: StatisticsError.resamples(100_001)) {
      try Resamples(.circular(blockLength: 1), bars: 9, count: 100_001, seed: 1)
    }
    for length in [0.5, 9.5, .infinity] {
      #expect(throws: StatisticsError.blockLength(length, bars: 9)) {
        try Resamples(.stationary(meanBlockLength: length), bars: 9, count: 1, seed: 1)
      }
    }
    #expect(throws: StatisticsError.self) {
      try Resamples(.stationary(meanBlockLength: .nan), bars: 9, count: 1, seed: 1)
    }
    #expect(throws: StatisticsError.blockLength(0, bars: 9)) {
      try Resamples(.movingBlocks(blockLength: 0), bars: 9, count: 1, seed: 1)
    }
    #expect(throws: StatisticsError.resampleList(number: 1, bars: 2)) {
      try Resamples(lists: [[0, 1], [0]], meanBlockLength: 1)
    }
    #expect(throws: StatisticsError.resampleList(number: 0, bars: 2)) {
      try Resamples(lists: [[0, 2]], meanBlockLength: 1)
    }
    // As often as 16 bits count, and once more.
    let bars = 32_768
    let often = [Array(repeating: 3, count: bars - 1) + [4], Array(repeating: 3, count: bars)]
    #expect(throws: StatisticsError.drawnTooOften(number: 1, times: bars)) {
      try Resamples(lists: often, meanBlockLength: 1)
    }
    #expect(throws: Never.self) { try Resamples(lists: [often[0]], meanBlockLength: 1) }
  }
}
