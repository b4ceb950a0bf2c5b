import Kernels
import Statistics
import TestSupport
import Testing

/// Few strategies, or long ones, have tiles without room for others, and the figures that they have with it.
@Suite struct NarrowTileTests {
  /// A matrix whose tiles have all columns.
  private struct Wide: ReturnSource {
    let matrix: ReturnMatrix
    var bars: Int { matrix.bars }
    var strategies: Int { matrix.strategies }

    func forEachTile<State: ~Copyable>(
      _ chosen: [Int]?, threads: Int, makeState: @Sendable () -> State,
      body: @Sendable (inout State, ReturnTile) -> Void
    ) {
      matrix.forEachTile(chosen, threads: threads, makeState: makeState) { state, tile in
        var wide = ReturnTile(bars: bars)
        (wide.number, wide.count) = (tile.number, tile.count)
        TileRows.copy(
          tile.values, columns: tile.columns, from: 0, count: tile.count, to: &wide.values,
          width: ReturnTile.width)
        body(&state, wide)
      }
    }
  }

  /// Bytes of a tile: never more than 64 MiB beyond the returns themselves.
  @Test(arguments: [
    (strategies: 1, bars: 2_000_000, columns: 1), (5, 2_000_000, 5), (1, 10, 1), (16, 10, 16), (17, 10, 64),
    (17, 131_072, 64), (17, 131_073, 17), (63, 200_000, 63), (64, 200_000, 64), (1_000, 200_000, 64),
    (0, 10, 1),
  ])
  func tilesTakeNoMoreThanTheyNeed(strategies: Int, bars: Int, columns: Int) {
    #expect(ReturnTile.columns(strategies: strategies, bars: bars) == columns)
    let bytes = bars * columns * MemoryLayout<Double>.stride
    #expect(columns == ReturnTile.width || columns <= max(strategies, 1))
    #expect(columns <= strategies || bytes <= 64 << 20)
  }

  @Test(arguments: [1, 2, 5, 16], [1.0, 8]) func figuresAreTheSame(strategies: Int, meanBlockLength: Double)
    throws
  {
    let matrix = try DataSnoopingTests.noise(bars: 60, strategies: strategies, shift: 0.1)
    let wide = Wide(matrix: matrix)
    #expect(matrix.tileWidth == strategies && wide.tileWidth == ReturnTile.width)
    let resamples = try Resamples(
      .stationary(meanBlockLength: meanBlockLength), bars: 60, count: 250, seed: 3)
    let benchmark = (0..<60).map { Double($0 % 5) / 50 }
    for benchmark in [nil, benchmark] {
      let found = try DataSnooping(matrix, benchmark: benchmark, resamples: resamples, threads: 2)
      let expected = try DataSnooping(wide, benchmark: benchmark, resamples: resamples)
      #expect(found.means == expected.means && found.maxima == expected.maxima)
      #expect(try found.stepwise(level: 0.2) == expected.stepwise(level: 0.2))
    }
    #expect(
      BlockLength.ofSweep(matrix, benchmark: benchmark) == BlockLength.ofSweep(wide, benchmark: benchmark))
    #expect(CorrelationMatrix(matrix, threads: 1) == CorrelationMatrix(wide, threads: 1))
    guard strategies > 1 else { return }
    for statistic in ModelConfidenceSet.Statistic.allCases {
      #expect(
        try ModelConfidenceSet(matrix, statistic, resamples: resamples, threads: 2)
          == ModelConfidenceSet(wide, statistic, resamples: resamples))
    }
    let quantities: [BlockQuantity] = [.sum, .sumOfSquares, .sumOfSquaredLosses, .growth, .winningBars]
    #expect(
      try BlockSums(matrix, blocks: 6, quantities: quantities).values
        == BlockSums(wide, blocks: 6, quantities: quantities).values)
  }

  /// Of returns that are whole numbers all sums are exact, in whichever order they are made.
  @Test(arguments: [2, 20]) func longOnesAreSummedOneByOne(strategies: Int) throws {
    var generator = SeededGenerator(seed: 9)
    let bars = 131_100
    let values = (0..<bars * strategies).map { _ in Double(Int.random(in: -3...3, using: &generator)) }
    let matrix = try ReturnMatrix(bars: bars, strategies: strategies, values: values)
    let wide = Wide(matrix: matrix)
    #expect(matrix.tileWidth == strategies)
    let resamples = try Resamples(.stationary(meanBlockLength: 9), bars: bars, count: 14, seed: 3)
    #expect(
      try ModelConfidenceSet(matrix, .maximum, resamples: resamples, threads: 2)
        == ModelConfidenceSet(wide, .maximum, resamples: resamples))
    #expect(
      try DataSnooping(matrix, resamples: resamples, threads: 2).maxima
        == DataSnooping(wide, resamples: resamples, threads: 2).maxima)
  }
}
