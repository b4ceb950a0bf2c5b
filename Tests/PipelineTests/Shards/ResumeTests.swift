import Stores
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// A store that fails from some moment on, as it is for a process that is killed: what was put before is there.
private final class FailingStore: ForwardingStore {
  struct Killed: Error {}

  let store: MemoryStore
  /// The keys that were put.
  private let keys = Mutex<[String]>([])
  private let left: Mutex<Int>

  init(_ store: MemoryStore, puts: Int) {
    self.store = store
    left = Mutex(puts)
  }

  var puts: [String] { keys.withLock { $0 } }

  @discardableResult
  func put(
    _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    let isAlive = left.withLock { left in
      left -= 1
      return left >= 0
    }
    guard isAlive else { throw Killed() }
    keys.withLock { $0.append(key) }
    return try store.put(key, writing: body)
  }
}

/// An interrupted run goes on from what is whole and ends in the same bytes, whenever it was interrupted.
@Suite struct ResumeTests {
  private static let configuration = Configuration.sharded("linear", count: 70)

  /// Runs until `puts` artifacts were put, and returns what is there then.
  private static func interrupted(after puts: Int, _ configuration: Configuration = configuration) throws
    -> MemoryStore
  {
    let store = MemoryStore()
    #expect(throws: FailingStore.Killed.self) {
      try Sweep.run(
        configuration, resumes: true, largestPart: 1, in: .test(FailingStore(store, puts: puts)))
    }
    return store
  }

  @Test func afterAnyArtifact() throws {
    let whole = MemoryStore()
    let undisturbed = FailingStore(MemoryStore(), puts: .max)
    _ = try Sweep.run(Self.configuration, in: .test(whole))
    _ = try Sweep.run(Self.configuration, resumes: true, largestPart: 1, in: .test(undisturbed))
    #expect(undisturbed.store.reproducible == whole.reproducible)
    let parts = undisturbed.puts.filter { $0.hasSuffix(".bin") }.count
    #expect(parts == 13)
    for puts in [0, 2, 5, 10, 14, 15, undisturbed.puts.count - 1] {
      let store = try Self.interrupted(after: puts)
      let kept = store.contents.keys.filter { $0.hasSuffix(".bin") }.count
      let again = FailingStore(store, puts: .max)
      _ = try Sweep.run(Self.configuration, resumes: true, largestPart: 1, in: .test(again))
      // Nothing that was whole is made again.
      #expect(again.puts.filter { $0.hasSuffix(".bin") }.count == parts - kept)
      #expect(kept == min(max(puts - 2, 0), parts))
      #expect(store.reproducible == whole.reproducible, "after \(puts)")
    }
  }

  @Test func whatIsDamagedIsMadeAgain() throws {
    let whole = MemoryStore()
    _ = try Sweep.run(Self.configuration, in: .test(whole))
    let store = try Self.interrupted(after: 12)
    store.alter("shards/1-of-1/tallies-0.bin")
    let torn = try store.get("shards/1-of-1/block-sums-64.bin").prefix(100)
    try store.put("shards/1-of-1/block-sums-64.bin", Array(torn))
    _ = try Sweep.run(Self.configuration, resumes: true, largestPart: 1, in: .test(store))
    #expect(store.reproducible == whole.reproducible)
  }

  @Test func partsOfOtherOptionsAreNotTaken() throws {
    let (whole, other) = (MemoryStore(), Self.configuration.with { $0.backtest.feeBasisPoints = 3 })
    _ = try Sweep.run(other, in: .test(whole))
    let store = try Self.interrupted(after: 15)
    _ = try Sweep.run(other, resumes: true, largestPart: 1, in: .test(store))
    #expect(store.reproducible == whole.reproducible)
  }

  @Test func ofAShard() throws {
    let stores = try ShardsTests.stores(Self.configuration, shards: 2)
    let store = MemoryStore()
    let shard = try Shard(number: 2, of: 2)
    #expect(throws: FailingStore.Killed.self) {
      try ShardRun.sweep(
        Self.configuration, shard, resumes: true, largestPart: 1, in: .test(FailingStore(store, puts: 5)))
    }
    #expect(throws: ShardError.missing(shard, isInterrupted: true, others: 1)) {
      try ShardsTests.merge([stores[0], store])
    }
    _ = try ShardRun.sweep(Self.configuration, shard, resumes: true, largestPart: 1, in: .test(store))
    #expect(store.contents == stores[1].contents)
    // A shard that is whole has nothing left to do.
    let again = FailingStore(store, puts: .max)
    _ = try ShardRun.sweep(Self.configuration, shard, resumes: true, largestPart: 1, in: .test(again))
    #expect(!again.puts.contains { $0.hasSuffix(".bin") })
    #expect(store.contents == stores[1].contents)
  }
}
