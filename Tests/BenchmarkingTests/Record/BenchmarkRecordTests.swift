import Artifacts
import FoundationEssentials
import Testing

@testable import Benchmarking

@Suite struct BenchmarkRecordTests {
  @Test func whatFollowsFromTheRepeats() {
    let record = SampleRecord.backtest("a", threads: 2)
    #expect(record.sample.median == 1)
    #expect(record.rate == 1e7)
    #expect(record.ratePerCore == 5e6)
    #expect(record.fractionOfLimit == 0.5)
    #expect(SampleRecord.timing(.tables, "b").fractionOfLimit == nil)
  }

  /// The machine is half as fast in the second of three rounds, and the third repeats what the first found but for a limit
  /// that was missed by more.
  @Test func ratiosAreThoseOfTheMiddleRound() {
    func rounds(threads: Double) -> [CaseRecord.Round] {
      [(1.0, 1.0), (2, 1), (1, 0.5)].map { slowness, reached in
        let limit = TileLimit(
          tile: reached * slowness * 0.8e-7, score: 0, product: reached * slowness * 1e-7, account: 0,
          accountAgain: 0, bytes: 0, bandwidth: 1)
        return CaseRecord.Round(Sample([slowness / threads]), limit: limit)
      }
    }
    var one = SampleRecord.backtest("a", threads: 1)
    one.rounds = rounds(threads: 1)
    var two = SampleRecord.backtest("a", threads: 2)
    two.rounds = rounds(threads: 1.5)
    #expect(abs((one.fractionOfLimit ?? 0) - 0.8) < 1e-12)
    #expect(abs((one.fractionInTurn ?? 0) - 1) < 1e-12)
    #expect(abs((two.fractionInTurn ?? 0) - 0.75) < 1e-12)
    #expect(two.speed(beside: one) == 1.5)
    // Of a core it is the same, so of two it is twice as fast.
    #expect(two.limitSpeed(beside: one) == 2)
    two.rounds.removeLast()
    #expect(two.limitSpeed(beside: one) == nil)
    #expect(two.speed(beside: one) == 2, "not the same rounds: the median of all repeats")
  }

  @Test func readsBackWhatItWrites() throws {
    var backtest = SampleRecord.backtest("a", threads: 1)
    if let limit = backtest.limit { backtest.rounds = [CaseRecord.Round(backtest.sample, limit: limit)] }
    let record = SampleRecord.record([
      backtest, SampleRecord.backtest("b", threads: 1), SampleRecord.timing(.statistics, "c"),
    ])
    let bytes = try record.json
    #expect(try BenchmarkRecord(json: bytes, document: "record") == record)
  }

  @Test func theDocumentTellsWhatFollowsToo() throws {
    let bytes = try SampleRecord.record([SampleRecord.backtest("a", threads: 2)]).json
    let text = String(decoding: bytes, as: UTF8.self)
    for line in [
      "      \"median\": 1,", "      \"minimum\": 0.5,", "      \"maximum\": 2,",
      "      \"per_second\": 10000000,",
      "      \"per_second_per_core\": 5000000,", "      \"fraction_of_limit\": 0.5,",
      "      \"seconds\": [1, 2, 0.5],",
      "      \"peak_bytes\": 42000000,", "    \"openblas_core\": \"SkylakeX\",",
      "    \"strategies_per_block\": 64",
      "  \"threads\": 2,", "  \"format\": 1,",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(line)")
    }
  }

  @Test(arguments: [nil, 0, 0.1] as [Double?]) func aQuietMachineHasNoWarning(load: Double?) {
    var record = SampleRecord.record([])
    record.otherLoad = load
    #expect(record.warnings == [])
  }

  @Test func otherProgramsAreAWarning() {
    var record = SampleRecord.record([])
    record.otherLoad = 0.94
    #expect(
      record.warnings == [
        "load: found other programs at work on 0.9 processors meanwhile, expected at most 0.1; "
          + "figures are too low, measure again when nothing else runs"
      ])
  }

  @Test func aCaseWithoutARepeatIsRefused() throws {
    let text = """
      {"group": "memory", "name": "triad", "threads": 1, "sizes": {}, "unit": "bytes", "work": 1, "seconds": []}
      """
    #expect(throws: JSONError.self) {
      try JSONDocument.decode(CaseRecord.self, from: Array(text.utf8), document: "case")
    }
  }
}

@Suite struct MillionStrategiesTests {
  @Test func coreSecondsFollowFromTheRateOfACore() throws {
    let cases = [SampleRecord.backtest("a", threads: 1), SampleRecord.backtest("a", threads: 2)]
    let million = try #require(
      MillionStrategies(cases: cases, threads: 2, market: "m", bars: 2_000))
    // 2,000 million strategy-bars at 5 million a second and core.
    #expect(million.entries == [MillionStrategies.Entry(name: "a", coreSeconds: 400, seconds: 200)])
    #expect(million.market == "m")
    #expect(million.bars == 2_000)
  }

  @Test func onlyBacktestsInSinglePrecisionCount() {
    let cases = [
      SampleRecord.backtest("a", threads: 1), SampleRecord.backtest("b", threads: 2, precision: .double),
      SampleRecord.timing(.statistics, "c"),
    ]
    #expect(MillionStrategies(cases: cases, threads: 2, market: "m", bars: 2_000) == nil)
  }
}
