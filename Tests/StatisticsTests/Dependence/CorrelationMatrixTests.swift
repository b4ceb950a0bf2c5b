import Statistics
import TestSupport
import Testing

@Suite struct CorrelationMatrixTests {
  /// Rounding: inner products of n terms, in either program; eigenvalues move by at most the norm of the errors.
  @Test(arguments: DependenceFigures.matrices)
  func agreesWithNumPy(name: String) throws {
    let returns = try DependenceFigures.matrix(name)
    let matrix = CorrelationMatrix(returns, threads: 2)
    let bound = 4 * Double(returns.bars + 8) * UnitRoundoff.double
    #expect(matrix.strategies == Array(0..<returns.strategies) && matrix.leftOut == 0)
    for (column, expected) in try DependenceFigures.values(name, "correlations of 7").enumerated() {
      let found = matrix.values[7 * matrix.count + column]
      #expect(Tolerance.rounding(absolute: bound).accepts(found, expected), "7 and \(column)")
    }
    let tolerance = Tolerance.rounding(absolute: bound * Double(matrix.count))
    let expected = try DependenceFigures.values(name, "eigenvalues")
    #expect(zip(matrix.eigenvalues(), expected).allSatisfy { tolerance.accepts($0, $1) })
    #expect(matrix.eigenvalues().count == expected.count)
  }

  @Test(arguments: DependenceFigures.matrices)
  func isACorrelationMatrix(name: String) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let count = matrix.count
    for row in 0..<count {
      #expect(matrix.values[row * count + row] == 1)
      for column in 0..<row {
        #expect(matrix.values[row * count + column] == matrix.values[column * count + row])
        #expect(matrix.values[row * count + column].magnitude <= 1)
      }
    }
    let eigenvalues = matrix.eigenvalues()
    let bound = Double(count * count) * UnitRoundoff.double * 16
    #expect(Tolerance.rounding(absolute: bound).accepts(eigenvalues.reduce(0, +), Double(count)))
    #expect(eigenvalues == eigenvalues.sorted(by: >) && eigenvalues.allSatisfy { $0 > -bound })
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let returns = try Self.noise(bars: 60, strategies: 300)
    let one = CorrelationMatrix(returns, threads: 1, maximumStrategies: 200)
    for threads in [2, 3, 7] {
      #expect(CorrelationMatrix(returns, threads: threads, maximumStrategies: 200) == one)
    }
  }

  @Test(arguments: DependenceFigures.matrices)
  func permutedColumnsPermuteIt(name: String) throws {
    let returns = try DependenceFigures.matrix(name)
    var generator = SeededGenerator(seed: 5)
    let order = Array(0..<returns.strategies).shuffled(using: &generator)
    let permuted = try DependenceFigures.matrix(columns: order.map(returns.column))
    let (before, after) = (CorrelationMatrix(returns, threads: 1), CorrelationMatrix(permuted, threads: 1))
    let tolerance = Tolerance.rounding(absolute: 2 * Double(returns.bars + 8) * UnitRoundoff.double)
    for (row, from) in order.enumerated() {
      #expect(after.means[row] == before.means[from] && after.deviations[row] == before.deviations[from])
      for (column, other) in order.enumerated() {
        let cells = (after.values[row * order.count + column], before.values[from * order.count + other])
        #expect(tolerance.accepts(cells.0, cells.1))
      }
    }
  }

  @Test(arguments: [(1.0, 0.0), (1e-9, 0), (300, 0.25), (0.5, -0.125)])
  func copiesThatAreScaledAndShiftedCorrelateWholly(scale: Double, shift: Double) throws {
    let column = (0..<333).map { Double(($0 * 37) % 101 - 50) / 1_024 }
    let matrix = CorrelationMatrix(
      try DependenceFigures.matrix(columns: [
        column, column.map { $0 * scale + shift }, column.map { -$0 * scale + shift },
      ]), threads: 1)
    #expect(matrix.values == [1, 1, -1, 1, 1, -1, -1, -1, 1])
  }

  @Test func whatHasNoVarianceIsLeftOutAndCounted() throws {
    let bars = 200
    var columns = try (0..<6).map { try Self.noise(bars: bars, strategies: 6).column($0) }
    columns[0] = Array(repeating: 0, count: bars)
    columns[2] = Array(repeating: 0.1, count: bars)
    columns[3][17] = .nan
    columns[5][199] = -.infinity
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(columns: columns), threads: 2)
    #expect(matrix.strategies == [1, 4] && matrix.leftOut == 4 && matrix.population == 6)
    let alone = CorrelationMatrix(
      try DependenceFigures.matrix(columns: [columns[1], columns[4]]), threads: 1)
    #expect(matrix.means == alone.means && matrix.deviations == alone.deviations)
    let tolerance = Tolerance.rounding(absolute: 2 * Double(bars + 8) * UnitRoundoff.double)
    #expect(tolerance.accepts(matrix.values[1], alone.values[1]))
    #expect(matrix.means == [1, 4].map { ReturnMoments(columns[$0]).mean })
  }

  /// The spread of these returns is real, but so small a part of their mean square that rounding could have made it.
  @Test func aVarianceThatATallyWouldNotShowIsNone() throws {
    let column = (0..<64).map { 1 + Double($0 % 2) * 0x1p-30 }
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(columns: [column]), threads: 1)
    #expect(ReturnMoments(column).variance == 0 && matrix.strategies.isEmpty && matrix.leftOut == 1)
  }

  @Test(arguments: [(0, 0), (0, 3), (1, 3), (3, 0)])
  func withoutReturnsNothingStands(bars: Int, strategies: Int) throws {
    let returns = try ReturnMatrix(
      bars: bars, strategies: strategies, values: Array(repeating: 0.01, count: bars * strategies))
    let matrix = CorrelationMatrix(returns, threads: 2)
    #expect(matrix.count == 0 && matrix.leftOut == strategies && matrix.values.isEmpty)
    #expect(matrix.eigenvalues().isEmpty)
  }

  @Test(arguments: [(7, 7), (7, 9), (0, 3), (7, 0)])
  func fewStrategiesAreAllLookedAt(count: Int, limit: Int) {
    #expect(CorrelationMatrix.sample(of: count, atMost: limit) == Array(0..<(limit == 0 ? 0 : count)))
  }

  @Test(arguments: [(1_001, 1_000), (1_999, 1_000), (10_000, 1_000), (1_000_000, 250), (5, 1)])
  func oneOfEachStretchIsLookedAt(count: Int, limit: Int) {
    let sample = CorrelationMatrix.sample(of: count, atMost: limit)
    #expect(sample.count == limit)
    for (stretch, strategy) in sample.enumerated() {
      #expect((stretch * count / limit..<(stretch + 1) * count / limit).contains(strategy))
    }
  }

  @Test(arguments: [2, 5, 10, 20, 50, 100])
  func aSampleSeesAllOfAGridThatRepeatsItself(period: Int) {
    let sample = CorrelationMatrix.sample(of: 10_000, atMost: 1_000)
    let seen = Dictionary(grouping: sample) { $0 % period }.mapValues(\.count)
    #expect(seen.count == period)
    // Five deviations of a count of 1,000 with that many kinds: one draw in 10⁶ is beyond them.
    let expected = 1_000 / Double(period)
    let tolerance = Tolerance.statistical(absolute: 5 * expected.squareRoot())
    #expect(seen.values.allSatisfy { tolerance.accepts(Double($0), expected) })
  }

  @Test func aSampleIsPartOfTheWhole() throws {
    let returns = try Self.noise(bars: 50, strategies: 200)
    let whole = CorrelationMatrix(returns, threads: 1)
    let sampled = CorrelationMatrix(returns, threads: 1, maximumStrategies: 70)
    let part = whole.sample(atMost: 70)
    #expect(sampled.strategies == part.strategies && sampled.population == 200 && part.population == 200)
    #expect(sampled.means == part.means && sampled.deviations == part.deviations)
    let tolerance = Tolerance.rounding(absolute: 2 * Double(50 + 8) * UnitRoundoff.double)
    #expect(zip(sampled.values, part.values).allSatisfy { tolerance.accepts($0, $1) })
    #expect(whole.sample(atMost: 200) == whole)
  }

  static func noise(bars: Int, strategies: Int) throws -> ReturnMatrix {
    var generator = SeededGenerator(seed: 11)
    return try ReturnMatrix(
      bars: bars, strategies: strategies,
      values: (0..<bars * strategies).map { _ in generator.normal() / 128 })
  }
}
