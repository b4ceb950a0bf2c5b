import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// Rows of sums and means at the end of a table without times.
@Suite struct TotalRowTests {
  private static func noise(bars: Int, strategies: Int, unit: Double, seed: UInt64) -> [[Double]] {
    var random = SeededGenerator(seed: seed)
    return (0..<bars).map { _ in
      (0..<strategies).map { _ in (0.01 * random.normal() / unit).rounded() * unit }
    }
  }

  private static func text(_ rows: [[Double]], decimals: Int) -> String {
    "a,b,c,d".split(separator: ",").prefix(rows[0].count).joined(separator: ",") + "\n"
      + rows.map { $0.map { Figures.decimals($0, decimals) }.joined(separator: ",") + "\n" }.joined()
  }

  private static func columns(_ rows: [[Double]]) -> [[Double]] {
    rows[0].indices.map { column in rows.map { $0[column] } }
  }

  private static let kinds: [(TotalRow.Kind, @Sendable ([Double]) -> Double)] = [
    (.sum, { $0.reduce(0, +) }),
    (.compounded, { $0.reduce(1) { $0 * (1 + $1) } - 1 }),
    (.mean, { $0.reduce(0, +) / Double($0.count) }),
    (
      .deviation,
      { column in
        let mean = column.reduce(0, +) / Double(column.count)
        return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count - 1)).squareRoot()
      }
    ),
    (.lowest, { $0.min() ?? .nan }),
    (.highest, { $0.max() ?? .nan }),
    (.count, { Double($0.count) }),
    (.annualMean, { 252 * $0.reduce(0, +) / Double($0.count) }),
    (.annualDeviation, { ReturnMoments($0).variance.squareRoot() * 12.0.squareRoot() }),
    (.sharpe, { ReturnMoments($0).sharpePerBar * 365.0.squareRoot() }),
  ]

  /// Rows behind every so many others, as of the months of a year, however few columns there are.
  @Test(arguments: [(TotalRow.Kind.sum, 12), (.compounded, 12), (.mean, 5), (.sum, 21)], [2, 4])
  func partsAreFound(_ kind: (TotalRow.Kind, Int), strategies: Int) throws {
    let figure = try #require(Self.kinds.first { $0.0 == kind.0 }).1
    let period = kind.1
    for (seed, unit) in [(UInt64(2), 1e-4), (3, 1e-6)] {
      // Means of a few numbers in coarse steps are often met by chance.
      if kind.0 == .mean, unit == 1e-4 { continue }
      var rows: [[Double]] = []
      for part in 0..<3 {
        let bars = Self.noise(
          bars: period, strategies: strategies, unit: unit, seed: 10 * seed + UInt64(part))
        rows += bars + [Self.columns(bars).map(figure)]
      }
      let decimals = unit == 1e-4 ? 4 : 6
      // The last part may have begun.
      let table = Self.text(rows + rows.prefix(2), decimals: decimals)
      let found = try ReturnsReader().read(Array(table.utf8), file: "r.csv").reading.total
      #expect(found?.row == period && found?.period == period && found?.line == period + 2, "\(seed)")
      #expect(found?.words.contains("as does each row after \(period) others") == true)
    }
  }

  /// Written with as many decimals as the returns, with an index and without.
  @Test(arguments: [60, 300]) func isFound(bars: Int) throws {
    for (kind, figure) in Self.kinds {
      let rows = Self.noise(bars: bars, strategies: 4, unit: 1e-6, seed: 3)
      let table = Self.text(rows + [Self.columns(rows).map(figure)], decimals: 6)
      let found = try ReturnsReader().read(Array(table.utf8), file: "r.csv").reading.total
      #expect(found == TotalRow(row: bars, kind: kind, rowsBelow: 0, line: bars + 2), "\(kind)")
      let lines = table.split(separator: "\n")
      let indexed = ",\(lines[0])\n" + lines.dropFirst().enumerated().map { "\($0),\($1)\n" }.joined()
      #expect(try ReturnsReader().read(Array(indexed.utf8), file: "r.csv").reading.total?.kind == kind)
    }
  }

  /// The first of several such rows is told, and the sum of one column is enough where it is large.
  @Test func severalRowsAndOneColumn() throws {
    let rows = Self.noise(bars: 100, strategies: 3, unit: 1e-6, seed: 5)
    let means = Self.columns(rows).map(Self.kinds[2].1)
    let table = Self.text(rows + [means, [0.5, 0.25, 1], [1, 2, 3]], decimals: 6)
    let found = try ReturnsReader().read(Array(table.utf8), file: "r.csv").reading.total
    #expect(found == TotalRow(row: 100, kind: .mean, rowsBelow: 2, line: 102))
    let gains = rows.map { [$0[0] + 0.002] }
    let one = Self.text(gains + [Self.columns(gains).map(Self.kinds[0].1)], decimals: 6)
    #expect(try ReturnsReader().read(Array(one.utf8), file: "r.csv").reading.total?.kind == .sum)
  }

  /// Sums of numbers as they are written are right to their last decimal, and so tell more than those of what they were.
  @Test(arguments: [1, 7, 11]) func coarseNumbers(seed: UInt64) throws {
    let rows = Self.noise(bars: 60, strategies: 3, unit: 1e-4, seed: seed)
    let table = Self.text(rows + [Self.columns(rows).map(Self.kinds[0].1)], decimals: 4)
    let found = try ReturnsReader().read(Array(table.utf8), file: "r.csv").reading.total
    #expect(found == TotalRow(row: 60, kind: .sum, rowsBelow: 0, line: 62))
  }

  /// Returns are none, however coarsely they are rounded, however seldom they trade, and in copies and multiples.
  @Test(arguments: [1e-2, 1e-3, 1e-4, 1e-6]) func returnsAreNone(unit: Double) {
    for seed in 0..<60 {
      for (bars, strategies) in [(9, 1), (24, 2), (60, 1), (250, 4)] {
        let rows = Self.noise(bars: bars, strategies: strategies, unit: unit, seed: UInt64(seed))
        for (name, table) in [
          ("noise", rows), ("multiples", rows.map { row in [1, -1, 2, 0.5].map { row[0] * $0 } }),
          ("idle", rows.enumerated().map { $0 % 7 == 3 ? $1 : $1.map { _ in 0 } }),
          ("stops", rows.map { $0.map { min(max($0, -0.0055), 0.015) } }),
          ("steps", rows.map { $0.map { $0 > 0 ? 0.01 : -0.01 } }),
        ] {
          let kept = KeptColumns(
            names: table[0].indices.map(String.init), numbers: table.flatMap { $0 }, rows: bars,
            undefinedCounts: table[0].map { _ in 0 })
          #expect(TotalRow.find(in: kept) == nil, "\(name), \(bars) × \(strategies), seed \(seed)")
        }
      }
    }
  }
}
