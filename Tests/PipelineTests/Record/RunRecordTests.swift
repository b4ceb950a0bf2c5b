import Artifacts
import Stores
import TestSupport
import Testing

@testable import Pipeline

@Suite struct RunRecordTests {
  private func record(_ store: MemoryStore) throws -> RunRecord {
    try JSONDocument.decode(RunRecord.self, from: try store.get("run.json"), document: "run.json")
  }

  @Test func vouchesForEveryInputAndArtifact() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Configuration.signalsFile, as: "signals.json")
    let store = MemoryStore()
    _ = try Sweep.run(.signals(path: path), in: .test(store))
    let record = try record(store)
    #expect(Set(record.artifacts.keys) == Set(store.reproducible.keys))
    for (key, bytes) in store.reproducible {
      #expect(
        record.artifacts[key] == ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes)))
    }
    let bytes = Array(Configuration.signalsFile.utf8)
    #expect(
      record.inputs == [path: ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes))])
  }

  @Test func holdsWhatMakesTheRunAgain() throws {
    let (first, second) = (MemoryStore(), MemoryStore())
    _ = try Sweep.run(.crosses, in: .test(first))
    let record = try record(first)
    #expect(record.options == .crosses)
    _ = try Sweep.run(record.options, in: .test(second, threads: 2))
    #expect(first.reproducible == second.reproducible)
    #expect(try self.record(second).threads == 2)
  }

  @Test func tellsWhereAndHow() throws {
    let store = MemoryStore()
    let workplace = try Workplace.test(store)
    _ = try Sweep.run(.coins, in: workplace)
    let record = try record(store)
    #expect(record.format == 2)
    #expect(Set(record.versions.keys) == ["fluke", "openblas"])
    #expect(Set(record.host.keys) == ["system", "processors", "kernel"])
    #expect(record.openBLASCore == workplace.library.core)
    #expect(record.tilePlan.strategiesPerBlock.isMultiple(of: 16))
    #expect(Set(record.stages.keys) == Set(Stage.allCases.map(\.rawValue)))
    #expect(
      record.stages["select"]
        == RunRecord.StageEntry(finished: "1970-01-01T00:00:00Z", seconds: 0, threads: 1))
    let counts = ["gaps", "missing_bars", "bars_off_grid", "closed_weekdays", "short_sessions", "holes"]
    #expect(record.continuity == Dictionary(uniqueKeysWithValues: counts.map { ($0, 0) }))
    let recomputed = try #require(record.recomputed)
    #expect(recomputed.strategies == 10)
    #expect(recomputed.largestDifferences["num_trades"] == 0)
    #expect(try #require(recomputed.largestDifferences["total_return"]) < 1e-4)
  }

  @Test func countsWhatWasLeftOut() throws {
    let folder = try TemporaryFolder()
    let bars = (0..<60).map { "\((18_000 + $0) * 86_400),\(10 + $0 % 7)\n" }.joined()
    let text = "time,price\n" + bars + "x,1\n1600000000,-1\n1600000000,0\n"
    let path = try folder.write(text, as: "bars.csv")
    var configuration = Configuration.coins
    configuration.data.source = path
    configuration.data.skipBadRows = true
    configuration.selection.minimumTrades = 21
    let store = MemoryStore()
    let workplace = try Workplace.test(store)
    _ = try Sweep.run(configuration, in: workplace)
    let digest = SHA256.hexDigest(of: Array(text.utf8))
    #expect(
      try record(store).inputs == [path: ArtifactSummary(size: text.utf8.count, sha256: digest)])
    let excluded = try record(store).excluded
    #expect(excluded["rows: unknown timestamp"] == 1)
    #expect(excluded["rows: price not positive"] == 2)
    let idle = try #require(excluded["strategies: fewer trades than 21"])
    #expect((1..<70).contains(idle))
    #expect(excluded.count == 3)

    _ = try StageCommands.select(in: workplace) { $0.selection.minimumTrades = 1 }
    #expect(
      try record(store).excluded == ["rows: unknown timestamp": 1, "rows: price not positive": 2])
  }

  @Test func gapsAreReported() throws {
    let folder = try TemporaryFolder()
    let days = (0..<60).filter { $0 != 20 && $0 != 21 && $0 != 40 }
    let path = try folder.write(
      "date,close\n" + days.map { "\((18_000 + $0) * 86_400),\(10 + $0 % 7)\n" }.joined(), as: "bars.csv")
    var configuration = Configuration.coins
    configuration.data.source = path
    let store = MemoryStore()
    let report = try Sweep.run(configuration, in: .test(store))
    let counts = try record(store).continuity
    #expect(counts["gaps"] == 2 && counts["missing_bars"] == 3 && counts["bars_off_grid"] == 0)
    #expect(report.text(directory: "here").contains { $0.contains("2, with 3 bars missing in all") })
  }

  @Test func daysWithoutABarAreNoGaps() throws {
    let folder = try TemporaryFolder()
    // Weekdays from 2019-04-15, a Monday, of which three have no price: an exchange may have been closed.
    let days = (0..<300).filter { $0 % 7 < 5 }.map { 18_001 + $0 }
    let rows = days.indices.map { row in
      "\(days[row] * 86_400),\([20, 77, 120].contains(row) ? "-" : "\(10 + row % 7)")\n"
    }
    let path = try folder.write("date,close\n" + rows.joined(), as: "bars.csv")
    var configuration = Configuration.coins
    configuration.data.source = path
    let store = MemoryStore()
    let report = try Sweep.run(configuration, in: .test(store)).text(directory: "here")
    let counts = try record(store).continuity
    #expect(counts["gaps"] == 0 && counts["closed_weekdays"] == 3)
    let words = "3 weekdays without a bar, as on holidays; 0 sessions shorter than usual"
    #expect(report.contains { $0.contains(words) })
    #expect(!report.contains { $0.contains("missing in all") })
    // Both commands say the same.
    let inspection = try DataInspection(configuration.data).text
    #expect(inspection.contains("closed         " + words))
    #expect(inspection.contains { $0.hasPrefix("gaps           0, with 0 bars missing") })
  }

  @Test func anEarlierStageTakesBackWhatLaterOnesSaid() throws {
    let store = MemoryStore()
    let workplace = try Workplace.test(store)
    _ = try Sweep.run(.coins, in: workplace)
    _ = try StageCommands.backtest(in: workplace) { _ in }
    let record = try record(store)
    #expect(
      record.artifacts.keys.sorted() == [
        "raw/btc-1d.csv", "results/training_performance.csv", "strategies/strategies_latest.json",
      ])
    #expect(record.stages.keys.sorted() == ["backtest", "generate"])
    #expect(record.recomputed == nil)
  }
}
