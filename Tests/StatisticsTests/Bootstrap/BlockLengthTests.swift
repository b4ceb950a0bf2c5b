import Statistics
import TestSupport
import Testing

@Suite struct BlockLengthTests {
  /// Published: STATISTICS.md, B. The first 100 of 10,100 values are dropped.
  @Test func autoregressiveSeriesOfArch() {
    var generator = MersenneTwister(seed: 0)
    var value = 0.0
    let series = (0..<10_100).map { _ in
      value = 0.3 * value + generator.normal()
      return value
    }
    // NumPy's first number under this seed.
    #expect(Tolerance.published(decimals: 8).accepts(series[0], 1.76405235))
    let found = BlockLength(Array(series.dropFirst(100)))
    #expect(Tolerance.published(decimals: 6).accepts(found.stationary, 13.635665))
    #expect(Tolerance.published(decimals: 5).accepts(found.circular, 15.60894))
  }

  /// Rounding: cube roots of ratios of sums of T terms that nearly cancel, by a factor of 10⁴ at most.
  @Test(arguments: BootstrapFigures.matrices)
  func agreesWithArch(name: String) throws {
    let returns = try BootstrapFigures.matrix(name)
    let stationary = try BootstrapFigures.values("length", name, "stationary")
    let circular = try BootstrapFigures.values("length", name, "circular")
    let bound = 1e4 * Double(returns.bars) * UnitRoundoff.double
    for strategy in 0..<returns.strategies {
      let found = BlockLength(returns.column(strategy))
      #expect(Tolerance.rounding(absolute: bound).accepts(found.stationary, stationary[strategy]))
      #expect(Tolerance.rounding(absolute: bound).accepts(found.circular, circular[strategy]))
    }
  }

  @Test(arguments: [1e-6, 3, 1e9], BootstrapFigures.matrices)
  func doesNotDependOnTheUnit(unit: Double, name: String) throws {
    let series = try BootstrapFigures.matrix(name).column(1)
    let found = BlockLength(series.map { $0 * unit })
    #expect(relativeError(found.stationary, BlockLength(series).stationary) < 1e-9)
  }

  @Test func growsWithPersistenceUpToTheCap() {
    var lengths: [Double] = []
    for persistence in [0.0, 0.5, 0.9, 0.999] {
      var generator = SeededGenerator(seed: 3)
      var value = 0.0
      lengths.append(
        BlockLength(
          (0..<900).map { _ in
            value = persistence * value + generator.normal()
            return value
          }
        ).stationary)
    }
    #expect(lengths == lengths.sorted() && lengths[0] < lengths[1])
    #expect(lengths[3] <= 90)
  }

  @Test(arguments: [
    [], Array(repeating: 1.0, count: 100), Array(repeating: 0, count: 9) + [.nan, 1, 2], [1, 2, 4],
  ])
  func undefinedSeries(series: [Double]) {
    let found = BlockLength(series)
    #expect(found.stationary.isNaN && found.circular.isNaN)
    #expect(found.stationaryMean == 1 && found.circularLength == 1)
  }

  @Test(arguments: 11...30)
  func shortSeriesHaveALength(bars: Int) {
    var generator = SeededGenerator(seed: 5)
    let found = BlockLength((0..<bars).map { _ in generator.normal() })
    #expect(found.stationary >= 0 && found.stationary <= (Double(bars) / 3).rounded(.up))
    #expect(found.circularLength >= 1 && found.circularLength <= bars)
  }

  /// The sample is everything where there are few strategies.
  @Test(arguments: BootstrapFigures.matrices, [1, 2])
  func sweepTakesTheMedian(name: String, threads: Int) throws {
    let returns = try BootstrapFigures.matrix(name)
    let found = BlockLength.ofSweep(returns, threads: threads)
    let lengths = (0..<returns.strategies).map { BlockLength(returns.column($0)) }
    let defined = lengths.filter { !$0.stationary.isNaN }
    #expect(defined.count == (name == "bitcoin" ? 21 : 30))
    #expect(defined.count { $0.stationary <= found.stationary } > defined.count / 2)
    #expect(defined.count { $0.stationary >= found.stationary } >= defined.count / 2)
    #expect(lengths.contains { $0.stationary == found.stationary })
    #expect(lengths.contains { $0.circular == found.circular })
  }

  @Test func sweepSubtractsTheBenchmark() throws {
    let returns = try BootstrapFigures.matrix("tailed")
    let benchmark = returns.column(4)
    let less = try ReturnMatrix(
      bars: returns.bars, strategies: returns.strategies,
      values: returns.values.enumerated().map { $1 - benchmark[$0 / returns.strategies] })
    #expect(BlockLength.ofSweep(returns, benchmark: benchmark) == BlockLength.ofSweep(less))
  }

  @Test func sweepWithoutStrategies() throws {
    let none = try ReturnMatrix(bars: 20, strategies: 0, values: [])
    #expect(BlockLength.ofSweep(none).stationary.isNaN)
  }
}
