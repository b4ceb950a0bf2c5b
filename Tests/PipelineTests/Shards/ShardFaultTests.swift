import Kernels
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// What is no complete set of shards of one run is refused before anything is written, and by name.
@Suite struct ShardFaultTests {
  private static func merge(_ stores: [MemoryStore]) throws -> String? {
    let target = MemoryStore()
    do {
      _ = try Merge.run(places(stores), in: .test(target))
      return nil
    } catch let error as ShardError {
      #expect(target.contents.isEmpty)
      return "\(error)"
    }
  }

  private static func places(_ stores: [MemoryStore]) -> [NamedStore] {
    stores.enumerated().map { NamedStore(name: "place \($0 + 1)", store: $1) }
  }

  private static func stores(shards: Int, seed: UInt64 = 1) throws -> [MemoryStore] {
    try ShardsTests.stores(
      Configuration.sharded("coinflip", count: 130).with { $0.strategies.seed = seed }, shards: shards,
      largestPart: nil)
  }

  @Test func aFlippedBit() throws {
    let stores = try Self.stores(shards: 3)
    let parts = stores[1].contents.keys.filter { $0.hasPrefix("shards/") && $0.hasSuffix(".bin") }.sorted()
    #expect(parts.count == 6)
    for part in parts {
      stores[1].alter(part)
      #expect(
        try Self.merge(stores)
          == "\(part): its bytes have changed, expected what shard 2 of 3 has written; run it again with --shard 2/3"
      )
      stores[1].alter(part)
    }
    #expect(try ShardSet(in: Self.places(stores), interruption: Interruption()).members.count == 3)
  }

  /// Whatever bit of a part it is, the part itself tells, even if its record did not.
  @Test func aFlippedBitAnywhereInAPart() throws {
    let store = try Self.stores(shards: 1)[0]
    let key = "shards/1-of-1/walk-forward-0.bin"
    let set = try ShardSet(in: [NamedStore(name: "a", store: store)], interruption: Interruption())
    let (member, bytes) = (set.members[0], try store.get(key))
    let header = PartHeader(kind: .walkForward, plan: set.digest, range: 0..<130)
    #expect(try PartFile.decode(bytes, expecting: header).count == 3)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1 << UInt8(index % 8)
      #expect(throws: PartFile.Fault.self) { try PartFile.decode(damaged, expecting: header) }
    }
    for length in [0, 8, 71, 103, bytes.count - 1] {
      #expect(throws: PartFile.Fault.self) {
        try PartFile.decode(Array(bytes.prefix(length)), expecting: header)
      }
    }
    // Sizes that do not fit, under a checksum that does.
    for (place, size) in [(64, UInt64.max), (64, 1 << 61), (64, 0), (64, 1), (72, 1 << 63), (72, 7), (80, 0)]
    {
      var forged = Array(bytes.dropLast(32))
      forged.replaceSubrange(place..<place + 8, with: LittleEndian.bytes([size]))
      var digest = SHA256()
      digest.update(forged[...])
      forged += digest.finishBytes()
      #expect(throws: PartFile.Fault.self) { try PartFile.decode(forged, expecting: header) }
    }
    // A part under the name of another.
    try store.put("shards/1-of-1/walk-forward-64.bin", bytes)
    let configuration = Configuration.sharded("coinflip", count: 130)
    let (experiment, _) = try Generate.run(configuration, in: .test(MemoryStore()))
    #expect(throws: ShardError.self) {
      try member.sections(.walkForward, 64..<128, plan: set.digest, rules: PartRules(experiment))
    }
  }

  @Test func aMissingShard() throws {
    var stores = try Self.stores(shards: 3)
    stores.remove(at: 1)
    #expect(
      try Self.merge(stores)
        == "shard 2 of 3: is not there, expected it beside 2 others; run it with --shard 2/3")
    #expect(
      try Self.merge([MemoryStore()])
        == "place 1: found no shard, expected shards/1-of-N/shard.json and the others; run with --shard I/N first"
    )
  }

  @Test func anInterruptedShard() throws {
    let stores = try Self.stores(shards: 3)
    stores[2].remove("shards/3-of-3/shard.json")
    #expect(
      try Self.merge(stores)
        == "shard 3 of 3: was interrupted and is not whole, expected it beside 2 others; "
        + "run it with --shard 3/3 --resume")
  }

  @Test func aMissingPart() throws {
    let stores = try Self.stores(shards: 2)
    stores[0].remove("shards/1-of-2/tallies-0.bin")
    #expect(
      try Self.merge(stores)
        == "shards/1-of-2/tallies-0.bin: is not there, expected what shard 1 of 2 has written; "
        + "run it again with --shard 1/2")
  }

  @Test func aDoubledShard() throws {
    let stores = try Self.stores(shards: 3)
    #expect(
      try Self.merge(stores + [stores[1]])
        == "shard 2 of 3: found in place 2 and in place 4, expected it once; leave one of them out")
  }

  @Test func aShardUnderTheNameOfAnother() throws {
    let stores = try Self.stores(shards: 3)
    for (key, bytes) in stores[1].contents where key.hasPrefix("shards/2-of-3/") {
      try stores[0].put("shards/3-of-3/" + key.dropFirst("shards/2-of-3/".count), bytes)
    }
    #expect(
      try Self.merge([stores[0], stores[1]])
        == "shards/3-of-3/shard.json: is the record of shard 2 of 3, expected what shard 3 of 3 has written; "
        + "run it again with --shard 3/3")
  }

  @Test func aShardOfAnotherPlan() throws {
    let (stores, others) = (try Self.stores(shards: 3), try Self.stores(shards: 3, seed: 2))
    #expect(
      try Self.merge([stores[0], others[1], stores[2]])
        == "shard 2 of 3 in place 2: belongs to another run, with other options, bars or strategies, expected those of "
        + "the first shard; run it again as the first was")
  }

  @Test func shardsOfAnotherNumber() throws {
    #expect(
      try Self.merge(try Self.stores(shards: 2) + Self.stores(shards: 3))
        == "place 1, place 2, place 3, place 4, place 5: found shards of 2 and of 3, expected those of one run; "
        + "remove the others from shards/")
  }

  @Test func aRecordThatCannotBeRead() throws {
    let stores = try Self.stores(shards: 2)
    try stores[1].put("shards/2-of-2/shard.json", Array("{".utf8))
    #expect(
      try Self.merge(stores)
        == "shards/2-of-2/shard.json: cannot be read, expected what shard 2 of 2 has written; "
        + "run it again with --shard 2/2")
  }

  /// What still reads as a record, with another digit say, is told by its checksum.
  @Test func aFlippedBitAnywhereInARecord() throws {
    let store = try Self.stores(shards: 1)[0]
    let key = "shards/1-of-1/shard.json"
    let bytes = try store.get(key)
    let record = try ShardRecord(bytes: bytes, key: key)
    var readable = 0
    for index in stride(from: 0, to: bytes.count, by: 3) {
      var damaged = bytes
      damaged[index] ^= 1
      guard let found = try? ShardRecord(bytes: damaged, key: key) else { continue }
      // Spaces between members.
      readable += 1
      #expect(found.plan == record.plan && found.parts == record.parts && found.end == record.end)
    }
    #expect(readable < bytes.count / 3)
  }

  /// Under a checksum that fits as well: no range is made of numbers that are in no order.
  @Test(arguments: [-1, 131, 1 << 31, 1 << 61, Int.max, Int.min])
  func numbersThatNoShardHas(number: Int) throws {
    let stores = try Self.stores(shards: 2)
    let key = "shards/2-of-2/shard.json"
    let old = try ShardRecord(bytes: stores[1].get(key), key: key)
    for (first, end, ranked) in [(number, old.end, 1), (old.first, number, 1), (old.first, old.end, number)] {
      let forged = ShardRecord(
        plan: old.plan, shard: old.shard, first: first, end: end, parts: old.parts, run: old.run,
        ranked: ranked)
      try stores[1].put(key, try forged.bytes)
      #expect(try Self.merge(stores) != nil)
    }
  }

  @Test func shardsOfAnotherMachine() throws {
    let stores = try Self.stores(shards: 1)
    let key = "shards/1-of-1/shard.json"
    let old = try ShardRecord(bytes: stores[0].get(key), key: key)
    var run = old.run
    run.openBLASCore = "Z80"
    let plan = ShardPlan(.sweep, shards: 1, record: run)
    let record = ShardRecord(
      plan: plan, shard: old.shard, first: old.first, end: old.end, parts: old.parts, run: run)
    try stores[0].put(key, record.bytes)
    #expect(
      try Self.merge(stores)
        == "merge: the shards were run with another processor or OpenBLAS, expected that of this machine; merge where "
        + "they were run, or run all with OPENBLAS_CORETYPE set alike")
  }

  @Test func otherBarsInTheStore() throws {
    let stores = try Self.stores(shards: 2)
    stores[0].alter("raw/synthetic-random-walk.csv")
    #expect(throws: ConfigurationError.self) { try Self.merge(stores) }
  }
}
