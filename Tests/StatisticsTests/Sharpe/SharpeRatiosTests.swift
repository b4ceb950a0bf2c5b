import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct SharpeRatiosTests {
  private static let columns: [[Double]] = {
    var random = SeededGenerator(seed: 11)
    return (0..<70).map { strategy in
      (0..<90).map { _ in 0.01 * random.normal() + 0.0001 * Double(strategy) }
    }
  }()

  private static func matrix(_ columns: [[Double]]) throws -> ReturnMatrix {
    let bars = columns[0].count
    return try ReturnMatrix(
      bars: bars, strategies: columns.count, values: (0..<bars).flatMap { bar in columns.map { $0[bar] } })
  }

  /// Rounding: sums of 90 returns, in another order.
  @Test(arguments: [false, true], [1, 3]) func areThoseOfTheMoments(hasBenchmark: Bool, threads: Int) throws {
    let benchmark = hasBenchmark ? Self.columns[5] : nil
    let found = SharpeRatios.all(of: try Self.matrix(Self.columns), benchmark: benchmark, threads: threads)
    #expect(found.count == 70)
    for (strategy, column) in Self.columns.enumerated() {
      let excess = benchmark.map { zip(column, $0).map { $0 - $1 } } ?? column
      #expect(
        Tolerance.rounding(absolute: 1e-12).accepts(found[strategy], ReturnMoments(excess).sharpePerBar))
    }
    #expect(found[5].isNaN == hasBenchmark)
  }

  /// The same bits, whatever was looked at before, how often and by how many.
  @Test(arguments: [[], [1], [0, 1, 1]], [1, 3]) func areLeftByOtherLooks(looks: [Int], threads: Int) throws {
    let matrix = try Self.matrix(Self.columns)
    let measured = MeasuredReturns(matrix, benchmark: Self.columns[5])
    for tile in looks {
      let seen = DisjointSlots.fill(count: 70, repeating: Double.nan) { slots in
        measured.forEachTile([tile], threads: threads, makeState: {}) { _, tile in
          for lane in 0..<tile.count { slots.write(tile.column(lane)[3], at: tile.firstStrategy + lane) }
        }
      }
      #expect((0..<70).filter { !seen[$0].isNaN } == Array(tile == 0 ? 0..<64 : 64..<70))
    }
    let found = measured.sharpes(threads: threads)
    let expected = SharpeRatios.all(of: matrix, benchmark: Self.columns[5])
    #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  @Test func undefinedOnesAreNone() throws {
    var columns = Array(Self.columns.prefix(3))
    columns[0][7] = .nan
    columns[1] = Array(repeating: 0.001, count: 90)
    let found = SharpeRatios.all(of: try Self.matrix(columns))
    #expect(found.map(\.isNaN) == [true, true, false])
    #expect(SharpeRatios.all(of: try Self.matrix([[0.1], [0.2]])).allSatisfy(\.isNaN))
  }
}
