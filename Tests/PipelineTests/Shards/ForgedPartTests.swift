import Kernels
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// The attack `forged_part_sizes`: what stands under checksums that fit is checked all the same. A part that no run can
/// have left is refused, or makes other figures, and ends no process.
@Suite struct ForgedPartTests {
  private static let configuration = Configuration.sharded("coinflip", count: 70)

  /// What fields become.
  private static let values: [UInt64] = [
    0, 1, 1 << 31, 1 << 61, 1 << 63, .max, Double.nan.bitPattern, Double.infinity.bitPattern,
  ]

  /// A copy of `store` in which `size` bytes of a part of its one shard are those of `value`, under checksums that fit.
  private static func forged(
    _ store: MemoryStore, _ key: String, at place: Int, size: Int, _ value: UInt64
  ) throws -> MemoryStore {
    let copy = MemoryStore()
    for (key, bytes) in store.contents { try copy.put(key, bytes) }
    var bytes = Array(try store.get(key).dropLast(32))
    bytes.replaceSubrange(place..<place + size, with: LittleEndian.bytes([value]).prefix(size))
    var digest = SHA256()
    digest.update(bytes[...])
    let summary = try copy.put(key, bytes + digest.finishBytes())
    let shard = Shard.whole
    let old = try ShardRecord(bytes: try store.get(shard.recordKey), key: shard.recordKey)
    let record = ShardRecord(
      plan: old.plan, shard: shard, first: old.first, end: old.end,
      parts: old.parts.merging([key: summary]) { $1 }, run: old.run, ranked: old.ranked)
    try copy.put(shard.recordKey, try record.bytes)
    return copy
  }

  private static func parts(_ store: MemoryStore) -> [String] {
    store.contents.keys.filter { $0.hasSuffix(".bin") }.sorted()
  }

  @Test func everyFieldOfTheHeaderAndManyOfTheRest() throws {
    let store = try ShardsTests.stores(Self.configuration, shards: 1, largestPart: nil)[0]
    #expect(Self.parts(store).count == 6)
    var refused = 0
    for key in Self.parts(store) {
      let end = try store.get(key).count - 32
      // Sections begin behind their sizes; a prime step meets every place of a field.
      let places =
        Array(stride(from: 48, to: min(104, end - 8), by: 8)) + [end - 8, 104 + (end - 112) / 3 / 4 * 4]
      for (number, place) in places.enumerated() where place + 8 <= end {
        let value = Self.values[(number + key.utf8.count) % Self.values.count]
        for size in [4, 8] {
          let forged = try Self.forged(store, key, at: place, size: size, value)
          do { _ = try ShardsTests.merge([forged], largestPart: nil) } catch let error as ShardError {
            refused += 1
            #expect("\(error)".hasPrefix(key) || "\(error)".hasPrefix("shards/"), "\(error)")
          }
        }
      }
    }
    #expect(refused >= 30)
  }

  @Test(arguments: [
    // The first count of the first strategy: its bars.
    ("tallies-0.bin", 72 + 4 * 8, 4, UInt64(501), "has count that its run cannot have (501)"),
    ("block-sums-0.bin", 72 + 2 * 8, 4, 71, "has strategies ranked that its run cannot have (71)"),
    ("walk-forward-0.bin", 72 + 3 * 8, 4, 70, "has winner that its run cannot have (70)"),
    (
      "resamples-0.bin", 72 + 4 * 8, 8, Double.infinity.bitPattern,
      "has mean of strategy that its run cannot have (0)"
    ),
    (
      "resamples-0.bin", 72 + 4 * 8 + 8 * 71, 8, Double.leastNonzeroMagnitude.bitPattern,
      "has mean of strategy that its run cannot have (1)"
    ),
    // The version of the layout: a part of an earlier program.
    ("resamples-0.bin", 8, 4, 2, "has layout 2, this version reads 3"),
  ])
  func aNumberThatNoRunHas(name: String, place: Int, size: Int, value: UInt64, reason: String) throws {
    let store = try ShardsTests.stores(Self.configuration, shards: 1, largestPart: nil)[0]
    let key = "shards/1-of-1/" + name
    let forged = try Self.forged(store, key, at: place, size: size, value)
    #expect(throws: ShardError.damaged(.whole, key: key, reason: reason)) {
      try ShardsTests.merge([forged], largestPart: nil)
    }
    // A run that goes on makes the part again.
    let whole = MemoryStore()
    _ = try Sweep.run(Self.configuration, in: .test(whole))
    forged.remove(Shard.whole.recordKey)
    _ = try Sweep.run(Self.configuration, resumes: true, largestPart: nil, in: .test(forged))
    #expect(forged.reproducible == whole.reproducible)
  }
}
