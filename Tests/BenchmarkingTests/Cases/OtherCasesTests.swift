import Statistics
import TestSupport
import Testing

@testable import Benchmarking

/// Every other case on small sizes: it agrees with its reference, and its record says what was done.
@Suite struct OtherCasesTests {
  private static func setting(threads: Int = 2) -> Setting {
    Setting(
      threads: threads, precisions: [.single, .double],
      stopwatch: Stopwatch(
        clock: CountingClock().seconds, effort: Stopwatch.Effort(fewest: 2, most: 2, seconds: 0)),
      secondsOfParts: 20, bandwidths: [1: Sample([2]), threads: Sample([1])], triadBytes: 1e9)
  }

  @Test func crossValidation() throws {
    let item = CrossValidationCase(name: "cscv", metric: MeanMetric(), strategies: 20)
    let records = try item.records(in: Self.setting())
    #expect(records.map(\.threads) == [1, 2])
    #expect(records.allSatisfy { $0.group == .statistics && $0.work == 20 * 12_870 })
  }

  @Test func snooping() throws {
    let records = try SnoopingCase(strategies: 12, bars: 60, resamples: 100).records(in: Self.setting())
    #expect(records.map(\.name) == ["spa", "spa"])
    #expect(records.allSatisfy { $0.work == 12 * 60 * 100 && $0.sample.seconds == [1, 1] })
  }

  @Test func theTwoWithSomeSkillAreFound() throws {
    let item = SnoopingCase(strategies: 30, bars: 2_000, resamples: 200)
    let found = try DataSnooping(try item.returns(), resamples: try item.resamples())
    #expect(try found.stepwise(level: 0.05).rejected.filter { $0 < 2 } == [0, 1])
  }

  @Test func parts() throws {
    let setting = Self.setting()
    let products = try PartCases.products(in: setting)
    #expect(products.count == 7 * 2 * 2)
    #expect(products.allSatisfy { $0.sample.seconds.count == 5 && $0.rate > 0 })
    #expect(products.first { $0.sizes["features"] == 32 }?.sizes["bars_of_a_tile"] == 488)
    let accounting = PartCases.accounting(in: setting)
    #expect(Set(accounting.map(\.name)) == ["accounting-long", "accounting-long-short", "accounting-stops"])
    #expect(accounting.count == 3 * 2 * 2)
    let memory = try PartCases.memory(in: setting)
    #expect(memory.map(\.rate) == [5e8, 1e9])
  }

  @Test func reading() throws {
    let folder = try TemporaryFolder()
    let record = try TableCases.reading(bars: 500, folder: folder.path, in: Self.setting())
    #expect(record.work == 500)
    #expect(record.sample.seconds == [1, 1])
    #expect(folder.contents == ["bars.csv"])
  }

  @Test func writing() throws {
    let records = try TableCases.writing(rows: 300, in: Self.setting())
    #expect(records.map(\.threads) == [1, 2])
    #expect(records.allSatisfy { $0.group == .tables && $0.work == 300 })
  }
}
