import Statistics
import TestSupport
import Testing

@Suite struct DataSnoopingTests {
  /// Published: STATISTICS.md, R, over all 216 circular resamples of block length 2. Returns are whole numbers,
  /// so ties are exact.
  @Test func everyResampleOfSixBars() throws {
    let returns = try ReturnMatrix(
      bars: 6, strategies: 3, values: [2, -1, -4, 1, 3, -2, -1, 2, -3, 3, -2, -3, 0, 1, -5, 1, 0, -1])
    let starts = 0..<6
    let lists = starts.flatMap { a in
      starts.flatMap { b in starts.map { c in [a, b, c].flatMap { [$0, ($0 + 1) % 6] } } }
    }
    let found = try DataSnooping(returns, resamples: Resamples(lists: lists, meanBlockLength: 2))
    let check = found.realityCheck
    let plain = found.maxima.maxima(.plain)
    #expect(plain.count == 216 && check.best == 0)
    #expect(plain.count { $0 > check.statistic } == 10)
    #expect(plain.count { $0 >= check.statistic } == 19)
    #expect(check.pValue == 20.0 / 217)
    let ability = found.superiorAbility
    #expect(Tolerance.published(decimals: 4).accepts(ability.statistic, 2.6667))
    #expect(found.maxima.maxima(.upper).count { $0 >= ability.statistic } == 1)
    #expect(ability.upper == 2.0 / 217)
  }

  /// Exact: both use the same resamples, and counts do not round. arch counts strictly above and out of B; a
  /// resample that is exactly as large does not occur here.
  @Test(arguments: BootstrapFigures.matrices)
  func agreesWithArch(name: String) throws {
    let returns = try BootstrapFigures.matrix(name)
    let found = try DataSnooping(
      returns, resamples: BootstrapFigures.resamples(bars: returns.bars), threads: 2)
    let near = 64 * Double(returns.bars) * UnitRoundoff.double
    #expect(
      relativeError(found.realityCheck.statistic, try BootstrapFigures.values("check", name, "statistic")[0])
        < near)
    #expect(
      found.realityCheck.pValue
        == BootstrapFigures.pValue(above: try BootstrapFigures.integers("check", name, "above")[0]))
    let ability = found.superiorAbility
    #expect(
      relativeError(ability.statistic, try BootstrapFigures.values("spa", name, "statistic")[0]) < near)
    #expect(
      [ability.lower, ability.consistent, ability.upper]
        == (try BootstrapFigures.integers("spa", name, "above")).map(BootstrapFigures.pValue))
  }

  /// Exact: a sum has one order, and a maximum none. Blocks of either length are summed in their own way.
  @Test(arguments: [(threads: 1, limit: 1), (2, 1), (3, 64 << 20), (2, 1_500_000)], [3.0, 8])
  func sameBitsForAnyThreadsAndBatches(_ work: (threads: Int, limit: Int), meanBlockLength: Double) throws {
    let (threads, limit) = work
    let returns = try Self.noise(bars: 60, strategies: 200)
    let resamples = try Resamples(
      .stationary(meanBlockLength: meanBlockLength), bars: 60, count: 700, seed: 5)
    let expected = try DataSnooping(returns, resamples: resamples)
    let found = try DataSnooping(returns, resamples: resamples, threads: threads, drawLimit: limit)
    #expect(found.maxima == expected.maxima && found.means == expected.means)
    let steps = try expected.stepwise(level: 0.5)
    #expect(steps == (try found.stepwise(level: 0.5)) && steps.steps.count > 1)
  }

  /// Which of the two ways sums are made depends on the length of blocks, and what comes out does not.
  @Test func bothWaysOfSummingGiveTheSameBits() throws {
    let returns = try Self.noise(bars: 60, strategies: 100)
    let drawn = try Resamples(.stationary(meanBlockLength: 4), bars: 60, count: 200, seed: 5)
    let lists = (0..<drawn.count).map { drawn.indices(of: $0) }
    let (byProducts, byChanges) = try (
      DataSnooping(returns, resamples: Resamples(lists: lists, meanBlockLength: 1)),
      DataSnooping(returns, resamples: Resamples(lists: lists, meanBlockLength: 8))
    )
    #expect(byProducts.maxima.maxima(.plain) == byChanges.maxima.maxima(.plain))
  }

  /// A copy changes no maximum, in the same tile or another, also where the first of the two takes no part.
  @Test func copiesChangeNoMaximum() throws {
    let returns = try Self.noise(bars: 40, strategies: 50)
    let columns = (0..<50).map(returns.column)
    let copied = try Self.matrix(columns + columns.reversed())
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 40, count: 150, seed: 5)
    let (one, two) = try (
      DataSnooping(returns, resamples: resamples), DataSnooping(copied, resamples: resamples)
    )
    for statistic in NullStatistic.allCases {
      #expect(one.maxima.maxima(statistic) == two.maxima.maxima(statistic))
      let ofLast = DataSnooping.maxima(
        statistic, of: copied, resamples: resamples, means: two.means, isIncluded: { $0 >= 50 })
      #expect(ofLast == one.maxima.maxima(statistic))
    }
  }

  /// Squares of such returns leave the range of Double: there is a mean, and nothing to divide it by.
  @Test(arguments: [1e155, 1e160, 1e300])
  func varianceBeyondDouble(size: Double) throws {
    let small = try Self.noise(bars: 60, strategies: 3)
    let columns = (0..<3).map { strategy in small.column(strategy).map { strategy == 1 ? $0 * size : $0 } }
    let resamples = try Resamples(.stationary(meanBlockLength: 1), bars: 60, count: 100, seed: 5)
    let found = try DataSnooping(Self.matrix(columns), resamples: resamples)
    #expect(found.means[1].isDefined && !found.means[1].hasVariance && found.means[1].statistic.isNaN)
    let without = try DataSnooping(Self.matrix([columns[0], columns[2]]), resamples: resamples)
    for statistic in NullStatistic.allCases where statistic != .plain {
      #expect(found.maxima.maxima(statistic) == without.maxima.maxima(statistic))
    }
    #expect(found.maxima.maxima(.plain).allSatisfy { $0.isFinite })
  }

  /// Fewer resamples are the first ones of more.
  @Test func resamplesDoNotDependOnTheirNumber() throws {
    let returns = try Self.noise(bars: 30, strategies: 70)
    let many = try DataSnooping(
      returns, resamples: Resamples(.circular(blockLength: 2), bars: 30, count: 300, seed: 5))
    let few = try DataSnooping(
      returns, resamples: Resamples(.circular(blockLength: 2), bars: 30, count: 7, seed: 5))
    for statistic in NullStatistic.allCases {
      #expect(few.maxima.maxima(statistic) == Array(many.maxima.maxima(statistic).prefix(7)))
    }
  }

  /// Rounding: a resampled sum of T returns below 1 in magnitude, in two orders, over ω above 0.2.
  @Test func maximaAreThoseOfTheDefinition() throws {
    let returns = try Self.noise(bars: 50, strategies: 66)
    let benchmark = (0..<50).map { Double($0 % 3) / 32 }
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 50, count: 20, seed: 5)
    let found = try DataSnooping(returns, benchmark: benchmark, resamples: resamples)
    let threshold = -1.6517  // -√(2·log log 50)
    for number in 0..<20 {
      let indices = resamples.indices(of: number)
      var expected = [NullStatistic: Double]()
      for (strategy, mean) in found.means.enumerated() {
        let column = zip(returns.column(strategy), benchmark).map { $0 - $1 }
        let resampled = indices.reduce(0) { $0 + column[$1] } / 50
        let centers: [NullStatistic: Double] = [
          .plain: mean.mean, .upper: mean.mean, .lower: max(mean.mean, 0),
          .consistent: mean.statistic >= threshold ? mean.mean : 0,
        ]
        for (statistic, center) in centers {
          let scale = statistic == .plain ? 1 : mean.longRunDeviation
          let value = 50.0.squareRoot() * (resampled - center) / scale
          expected[statistic] = max(expected[statistic] ?? -.infinity, value)
        }
      }
      for statistic in NullStatistic.allCases {
        let value = try #require(expected[statistic])
        #expect(
          Tolerance.rounding(absolute: 64 * 50 * 5 * UnitRoundoff.double)
            .accepts(found.maxima.maxima(statistic)[number], value))
      }
    }
  }

  @Test func pValuesAreOrdered() throws {
    for shift in [-0.1, -0.02, 0, 0.02] {
      let returns = try Self.noise(bars: 50, strategies: 40, shift: shift)
      let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 50, count: 99, seed: 5)
      let ability = try DataSnooping(returns, resamples: resamples).superiorAbility
      #expect(ability.lower <= ability.consistent && ability.consistent <= ability.upper)
      #expect(ability.lower >= 0.01 && ability.upper <= 1)
    }
  }

  /// Strategies that all lose leave nothing to explain, though their bootstrap maxima may be below zero.
  @Test func losersAlone() throws {
    let returns = try ReturnMatrix(bars: 6, strategies: 1, values: [-1, -2, -1, -3, -2, -1])
    let resamples = try Resamples(.circular(blockLength: 1), bars: 6, count: 99, seed: 5)
    let ability = try DataSnooping(returns, resamples: resamples).superiorAbility
    #expect(ability.statistic == 0 && ability.lower == 1 && ability.consistent == 1 && ability.upper == 1)
  }

  @Test(arguments: [0, 3])
  func nothingToTest(strategies: Int) throws {
    let returns = try ReturnMatrix(
      bars: 5, strategies: strategies, values: Array(repeating: .nan, count: 5 * strategies))
    let resamples = try Resamples(.circular(blockLength: 1), bars: 5, count: 9, seed: 5)
    let found = try DataSnooping(returns, resamples: resamples)
    #expect(found.realityCheck.pValue.isNaN && found.realityCheck.best == nil)
    #expect(found.superiorAbility.consistent.isNaN && found.superiorAbility.statistic.isNaN)
    #expect(found.maxima.undefined == strategies)
    #expect(try found.stepwise(level: 0.05).rejected == [])
  }

  /// The other strategies do not notice one that is left out.
  @Test func undefinedStrategiesChangeNothing() throws {
    let clean = try Self.noise(bars: 40, strategies: 70)
    let resamples = try Resamples(.stationary(meanBlockLength: 2), bars: 40, count: 99, seed: 5)
    var values: [Double] = []
    for bar in 0..<40 {
      values += clean.values[bar * 70..<bar * 70 + 70]
      values.append(bar == 17 ? .nan : 1)
    }
    let with = try ReturnMatrix(bars: 40, strategies: 71, values: values)
    let (one, other) = try (
      DataSnooping(clean, resamples: resamples), DataSnooping(with, resamples: resamples)
    )
    #expect(one.realityCheck == other.realityCheck && one.superiorAbility == other.superiorAbility)
    #expect(other.maxima.undefined == 1)
  }

  @Test func refusesWhatDoesNotFit() throws {
    let returns = try Self.noise(bars: 20, strategies: 3)
    let resamples = try Resamples(.circular(blockLength: 1), bars: 20, count: 9, seed: 5)
    let longer = try Resamples(.circular(blockLength: 1), bars: 21, count: 9, seed: 5)
    #expect(throws: StatisticsError.otherBars("resamples", found: 21, needed: 20)) {
      try DataSnooping(returns, resamples: longer)
    }
    #expect(throws: StatisticsError.otherBars("benchmark", found: 19, needed: 20)) {
      try DataSnooping(returns, benchmark: Array(repeating: 0, count: 19), resamples: resamples)
    }
    #expect(throws: StatisticsError.undefinedBenchmark(bar: 3)) {
      try DataSnooping(
        returns, benchmark: [0, 0, 0, .nan] + Array(repeating: 0, count: 16), resamples: resamples)
    }
    let two = try ReturnMatrix(bars: 2, strategies: 1, values: [1, 2])
    #expect(throws: StatisticsError.fewBars(found: 2, needed: 3)) {
      try DataSnooping(two, resamples: Resamples(.circular(blockLength: 1), bars: 2, count: 9, seed: 5))
    }
  }

  /// Returns of strategies without skill, below 1 in magnitude.
  static func matrix(_ columns: [[Double]]) throws -> ReturnMatrix {
    try ReturnMatrix(
      bars: columns[0].count, strategies: columns.count,
      values: columns[0].indices.flatMap { bar in columns.map { $0[bar] } })
  }

  static func noise(bars: Int, strategies: Int, shift: Double = 0, seed: UInt64 = 1) throws -> ReturnMatrix {
    var generator = SeededGenerator(seed: seed)
    return try ReturnMatrix(
      bars: bars, strategies: strategies,
      values: (0..<bars * strategies).map { _ in generator.uniform() - generator.uniform() + shift })
  }
}
