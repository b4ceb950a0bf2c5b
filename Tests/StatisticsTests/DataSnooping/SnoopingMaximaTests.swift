import Statistics
import TestSupport
import Testing

@Suite struct SnoopingMaximaTests {
  /// Shards of a sweep on the grid of tiles, and whether any grouping of them merges to the whole.
  @Test func partsMergeToTheWhole() throws {
    let whole = try DataSnoopingTests.noise(bars: 30, strategies: 192)
    let resamples = try Resamples(.stationary(meanBlockLength: 3), bars: 30, count: 60, seed: 5)
    let expected = try DataSnooping(whole, resamples: resamples).maxima
    let parts = try [0..<64, 64..<128, 128..<192].map { range in
      let part = try ReturnMatrix(
        bars: 30, strategies: range.count,
        values: (0..<30).flatMap { bar in range.map { whole.values[bar * 192 + $0] } })
      return try DataSnooping(part, resamples: resamples, firstStrategy: range.lowerBound).maxima
    }
    let left = try parts[0].merged(with: parts[1]).merged(with: parts[2])
    let right = try parts[0].merged(with: parts[1].merged(with: parts[2]))
    let reversed = try parts[2].merged(with: parts[1]).merged(with: parts[0])
    #expect(left == expected && right == expected && reversed == expected)
    #expect(
      RealityCheck(left) == RealityCheck(expected) && SuperiorAbility(left) == SuperiorAbility(expected))
  }

  @Test func nothingIsTheIdentity() throws {
    let returns = try DataSnoopingTests.noise(bars: 20, strategies: 5)
    let resamples = try Resamples(.circular(blockLength: 3), bars: 20, count: 9, seed: 5)
    let some = try DataSnooping(returns, resamples: resamples).maxima
    let none = try DataSnooping(ReturnMatrix(bars: 20, strategies: 0, values: []), resamples: resamples)
      .maxima
    #expect(try some.merged(with: none) == some && none.merged(with: some) == some)
  }

  /// Of strategies that are equally good the first is the best, in whatever order parts are merged.
  @Test func tiesGoToTheFirst() throws {
    let returns = try ReturnMatrix(bars: 3, strategies: 2, values: [1, 1, 2, 2, 4, 4])
    let resamples = try Resamples(.circular(blockLength: 1), bars: 3, count: 9, seed: 5)
    let parts = try [40, 7].map { try DataSnooping(returns, resamples: resamples, firstStrategy: $0).maxima }
    for merged in [try parts[0].merged(with: parts[1]), try parts[1].merged(with: parts[0])] {
      #expect(merged.bestMean?.strategy == 7 && merged.bestStudentised?.strategy == 7)
    }
  }

  @Test func otherResamplesDoNotMerge() throws {
    let returns = try DataSnoopingTests.noise(bars: 20, strategies: 5)
    let maxima = try [1, 2].map { seed in
      try DataSnooping(
        returns, resamples: Resamples(.circular(blockLength: 3), bars: 20, count: 9, seed: seed)
      ).maxima
    }
    #expect(throws: StatisticsError.differentResamples) { try maxima[0].merged(with: maxima[1]) }
  }
}
