import Kernels
import Stores
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// Work that may take long is shown while it is done, and ends what it began.
@Suite struct ShownWorkTests {
  /// What was begun, and how much of it is not ended.
  private final class Watcher: Sendable {
    private let notes = Mutex<(begun: [String], open: Int)>(([], 0))

    var begun: [String] { notes.withLock { $0.begun } }
    var open: Int { notes.withLock { $0.open } }

    func note(_ work: String) {
      notes.withLock { notes in
        if !work.isEmpty { notes.begun.append(work) }
        notes.open += work.isEmpty ? -1 : 1
      }
    }
  }

  private static func workplace(_ store: any ArtifactStore, _ watcher: Watcher) throws -> Workplace {
    let base = try Workplace.test(store)
    return Workplace(
      store: base.store, threads: base.threads, library: base.library, interruption: base.interruption,
      clock: base.clock, now: base.now, watch: { work, _, _ in watcher.note(work) })
  }

  @Test func everyStageOfASweep() throws {
    var configuration = Configuration.coins
    configuration.statistics.permutations = 3
    configuration.statistics.walkForward = 2
    let watcher = Watcher()
    let store = MemoryStore()
    _ = try Sweep.run(configuration, in: Self.workplace(store, watcher))
    #expect(
      watcher.begun == [
        "read bars", "read strategies", "write bars and strategies", "backtest", "write performance",
        "bootstrap", "cross-validation and clusters", "walk forward", "permute", "validation", "pictures",
      ])
    #expect(watcher.open == 0)
    let copying = Watcher()
    _ = try Upload.run(
      from: store, to: MemoryStore(), interruption: Interruption(),
      watch: { work, _, _ in copying.note(work) })
    #expect(copying.begun == ["upload"] && copying.open == 0)
  }

  @Test func everyStageOfAMerge() throws {
    let watcher = Watcher()
    let store = MemoryStore()
    let workplace = try Self.workplace(store, watcher)
    _ = try ShardRun.sweep(.coins, Shard("1/1"), resumes: false, in: workplace)
    let before = watcher.begun.count
    _ = try Merge.run([NamedStore(name: "here", store: store)], in: workplace)
    #expect(watcher.begun.dropFirst(before).prefix(3) == ["read shards", "merge", "write performance"])
    #expect(watcher.begun.last == "pictures" && watcher.open == 0)
  }
}
