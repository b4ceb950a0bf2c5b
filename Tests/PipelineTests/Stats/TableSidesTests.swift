import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// Which side of a nameless table the bars are on.
@Suite struct TableSidesTests {
  /// Strategies that share `common` of their variance, bars × strategies.
  private func matrix(bars: Int, strategies: Int, common: Double, seed: UInt64 = 1) throws -> ReturnMatrix {
    var random = SeededGenerator(seed: seed)
    let values = (0..<bars).flatMap { _ -> [Double] in
      let market = random.normal()
      return (0..<strategies).map { _ in
        0.01 * (common.squareRoot() * market + (1 - common).squareRoot() * random.normal())
      }
    }
    return try ReturnMatrix(bars: bars, strategies: strategies, values: values)
  }

  private func turned(_ matrix: ReturnMatrix) throws -> ReturnMatrix {
    try ReturnMatrix(
      bars: matrix.strategies, strategies: matrix.bars,
      values: NumPyMatrix.transposed(matrix.values, bars: matrix.strategies, strategies: matrix.bars))
  }

  @Test(arguments: [(250, 1_000, 0.0), (250, 1_000, 0.5), (120, 800, 0.9), (60, 400, 0.3), (500, 20, 0.5)])
  func wideTablesAreFine(bars: Int, strategies: Int, common: Double) throws {
    #expect(try !TableSides.isRemarkable(matrix(bars: bars, strategies: strategies, common: common)))
    #expect(try TableSides.isRemarkable(matrix(bars: 100, strategies: 900, common: common)))
  }

  @Test(arguments: [(600, 100, 0.5), (2_148, 112, 0.3), (500, 60, 0.6)])
  func turnedTablesAreRefused(bars: Int, strategies: Int, common: Double) throws {
    let table = try turned(matrix(bars: bars, strategies: strategies, common: common))
    let fault = #expect(throws: ReturnsFault.self) { try TableSides.isRemarkable(table) }
    #expect(
      fault == .sides(rows: strategies, columns: bars, reason: "columns rise and fall as bars do"))
  }

  @Test func neighboursThatAreAlikeAreStrategies() throws {
    // Each strategy is mostly the one before it, as in a sweep over one parameter.
    var random = SeededGenerator(seed: 4)
    var rows: [[Double]] = [(0..<400).map { _ in 0.01 * random.normal() }]
    for _ in 1..<80 { rows.append(rows[rows.count - 1].map { 0.95 * $0 + 0.003 * random.normal() }) }
    let table = try ReturnMatrix(bars: 80, strategies: 400, values: rows.flatMap { $0 })
    #expect(throws: ReturnsFault.self) { try TableSides.isRemarkable(table) }
  }

  @Test func tooFewBarsAreRefused() throws {
    let table = try matrix(bars: 6, strategies: 500, common: 0)
    #expect(throws: ReturnsFault.sides(rows: 6, columns: 500, reason: "too few bars for any statistic")) {
      try TableSides.isRemarkable(table)
    }
  }
}
