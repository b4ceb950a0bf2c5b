import FoundationEssentials
import Glibc
import Statistics
import TestSupport
import Testing

/// Packages that others wrote, on the same matrices. None drops bars, so those that do not fill a block are cut off before.
@Suite struct PublicPackagesTests {
  static let cases = StatisticsFigures.matrices.flatMap { name in [4, 8, 12].map { (name: name, blocks: $0) }
  }

  /// holdout-backtest has our conventions, but refuses a strategy without deviation: the flat one of "bitcoin" is left out.
  ///
  /// Rounding: as for the sliced rows, a metric of n bars from power sums carries some n + 8 roundings.
  @Test(arguments: Self.cases) func holdoutBacktest(name: String, blocks: Int) throws {
    let returns = try Self.withoutIdle(name)
    let found = try BacktestOverfitting(returns, blocks: blocks)
    let figures = try Self.figures("holdout-backtest", "\(name)/\(blocks)")
    #expect(found.probability == figures["probability"]?[0])
    #expect(found.probabilityOfLoss == figures["loss"]?[0])
    let bound = 16 * Double(returns.bars + 8) * UnitRoundoff.double
    let line = [found.degradation.slope, found.degradation.intercept, found.degradation.determination]
    for (value, figure) in zip(line, try #require(figures["degradation"])) {
      // The slope divides by a deviation in sample, which is above 10⁻⁴ in all of these.
      #expect(Tolerance.rounding(absolute: bound * 1e4 * max(1, abs(figure))).accepts(value, figure))
    }
    guard blocks <= 8 else { return }
    #expect(found.splits.map { Double($0.selected) } == figures["selected"])
    for (key, values) in [
      ("logits", found.logits), ("inside", found.splits.map(\.inSample)),
      ("outside", found.splits.map(\.outOfSample)),
    ] {
      let expected = try #require(figures[key])
      #expect(expected.count == values.count)
      for (value, figure) in zip(values, expected) {
        #expect(Tolerance.rounding(absolute: max(bound, 1e-14)).accepts(value, figure), "\(key)")
      }
    }
  }

  /// The matrix without the strategy that never trades, which is no alternative.
  private static func withoutIdle(_ name: String) throws -> StatisticsFigures.Returns {
    let returns = try StatisticsFigures.matrix(name)
    return StatisticsFigures.Returns(columns: returns.columns.filter { $0.contains { $0 != 0 } })
  }

  /// factor-qc was given the flat strategy, and leaves it out of those it ranks, as we do. It differs by one convention:
  /// equals get the highest rank, where we take the average. Told so, we have its figures.
  @Test(arguments: Self.cases) func factorQC(name: String, blocks: Int) throws {
    let returns = try Self.withoutIdle(name)
    let found = try BacktestOverfitting(returns, blocks: blocks)
    let figures = try Self.figures("factor-qc", "\(name)/\(blocks)")
    let logits = found.splits.map { split in
      let rank = Double(split.worseOutOfSample + split.equalOutOfSample)
      return logit(rank / Double(returns.strategies + 1))
    }.sorted()
    #expect(Double(logits.count { $0 <= 0 }) / Double(logits.count) == figures["probability"]?[0])
    let middle = (logits[logits.count / 2] + logits[(logits.count - 1) / 2]) / 2
    #expect(Tolerance.rounding(absolute: 1e-14).accepts(middle, try #require(figures["logit"])[0]))
  }

  /// ml4t-diagnostic was given the metrics of sliced rows. It counts a winner whose rank is below the median, where we count
  /// the median itself as well, which an odd number of strategies has. No two strategies tie in these.
  @Test(arguments: ["bitcoin", "tailed"], [4, 8]) func ml4tDiagnostic(name: String, blocks: Int) throws {
    let found = try BacktestOverfitting(try Self.withoutIdle(name), blocks: blocks)
    let figure = try BootstrapFigures.texts(
      "ml4t-diagnostic", "\(name)/\(blocks)", "overfitting", in: "packages")[0]
    let below = found.logits.count { $0 < 0 }
    #expect(Double(below) / Double(found.logits.count) == Double(figure))
  }

  private func logit(_ share: Double) -> Double { log(share / (1 - share)) }

  /// What the fixture holds for a package and case: values by key.
  private static func figures(_ package: String, _ name: String) throws -> [String: [Double]] {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(folder)/Fixtures/cross-validation.csv", encoding: .utf8)
    let rows = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
      .filter { $0[0] == package && $0[1] == name }
    try #require(!rows.isEmpty, "the fixture holds \(package), \(name)")
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0[2], $0[3].split(separator: " ").map { Double($0)! }) })
  }
}
