import Artifacts
import TestSupport
import Testing

@testable import Pipeline

/// Columns that begin at different bars.
@Suite struct CommonStartTests {
  /// Four strategies over 120 bars, of which each has its first return on one of `begins`.
  private func rows(_ begins: [Int], bars: Int = 120) -> [[Double]] {
    var rows = StatsSample.noise(bars: bars, strategies: begins.count)
    for (column, begin) in begins.enumerated() {
      for bar in 0..<begin { rows[bar][column] = .nan }
    }
    return rows
  }

  private let sections = [
    "sharpe_ratio", "deflated_sharpe", "cross_validation", "data_snooping", "multiple_testing",
  ]

  @Test(arguments: [[0, 5, 9, 20], [20, 0, 0, 0], [3, 7, 4, 3], [0, 0, 60, 0]])
  func theCommonBarsAreUsed(begins: [Int]) throws {
    let rows = rows(begins)
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    let start = try #require(begins.max())
    let plain = try StatsSample.run(StatsSample.file(Array(rows[start...])))
    #expect(report.bars == 120 - start && report.strategies == 4 && report.input.undefinedStrategies.isEmpty)
    for section in sections { #expect(try json.at(section) == plain.json.at(section), "\(section)") }
    let empty = try #require(begins.min())
    #expect(try json.count("data.first_bar_used") == start + 1)
    #expect(try json.count("data.empty_bars_left_out") == empty)
    #expect(try json.count("data.bars_before_common_start_left_out") == start - empty)
    #expect(try json.count("data.strategies_compared") == 4)
    let latest = StatsSample.names(4)[try #require(begins.firstIndex(of: start))]
    let words = "\(120 - start) of 120, from bar \(start + 1), where \(latest) begins"
    #expect(report.text(directory: "").contains { $0.contains(words) })
  }

  @Test func blanksAtTheBeginningMayBeZero() throws {
    let rows = rows([2, 5, 100, 20])
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows)) { $0.startBlank = .zero }
    let filled = rows[2...].map { $0.map { $0.isNaN ? 0 : $0 } }
    let plain = try StatsSample.run(StatsSample.file(filled))
    #expect(report.bars == 118 && report.input.start.filled == 3)
    for section in sections { #expect(try json.at(section) == plain.json.at(section), "\(section)") }
    #expect(try json.count("data.strategies_with_blanks_taken_as_zero") == 3)
  }

  /// One late column would leave little for all: it is named, with remedies that work.
  @Test func aLateColumnIsNamed() throws {
    let text = StatsSample.file(rows([0, 1, 100, 2]))
    let error = #expect(throws: ImportError.self) { try StatsSample.run(text) }
    #expect(
      error?.description
        == "returns.csv: c begins at bar 101, so that all columns have 20 bars in common, expected half of the 120 "
        + "of the longest; remove late columns, or pass --start-blank zero, or --start-blank common for these 20"
    )
    #expect(try StatsSample.run(text) { $0.startBlank = .common }.report.bars == 20)
    #expect(try StatsSample.run(text) { $0.startBlank = .zero }.report.bars == 120)
  }

  /// A gap after the beginning leaves a column out, and it is not one that the best was compared with.
  @Test func aGapIsLeftOutAndNotCompared() throws {
    var rows = rows([0, 5, 9, 20])
    rows[60][1] = .nan
    rows[119][3] = .nan
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    #expect(report.bars == 111 && report.strategies == 2 && report.overfitting.trials == 4)
    #expect(report.input.undefinedStrategies == ["b", "d"])
    #expect(try json.count("data.strategies_compared") == 2)
    #expect(report.text(directory: "").contains { $0.hasSuffix("by Sharpe ratio of 2 compared; 4 tried") })
  }
}
