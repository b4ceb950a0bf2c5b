import Artifacts
import Backtesting
import Kernels
import Statistics
import Stores

/// A store and what the user calls it.
public struct NamedStore: Sendable {
  /// As the user wrote it.
  public let name: String
  /// The store.
  public let store: any ArtifactStore

  /// See the properties of the same names.
  public init(name: String, store: any ArtifactStore) {
    self.name = name
    self.store = store
  }
}

/// All shards of one run, each where it is, checked against each other and against what they say of themselves.
struct ShardSet: Sendable {
  /// A shard and its place.
  struct Member: Sendable {
    let record: ShardRecord
    let place: NamedStore

    var shard: Shard { record.shard }

    /// The bytes of one of its artifacts.
    ///
    /// - Throws: ``ShardError/damaged(_:key:reason:)`` if they are not what was written.
    func get(_ key: String) throws -> [UInt8] {
      let bytes = try place.store.get(key)
      guard let expected = record.parts[key], expected.size == bytes.count,
        expected.sha256 == SHA256.hexDigest(of: bytes)
      else { throw ShardError.damaged(shard, key: key, reason: "its bytes have changed") }
      return bytes
    }

    /// The sections of one of its parts.
    func sections(_ kind: PartKind, _ range: Range<Int>, plan: [UInt8]) throws -> [ArraySlice<UInt8>] {
      let header = PartHeader(kind: kind, plan: plan, range: range)
      let key = header.key(in: shard)
      do {
        // The part has a checksum of its own.
        return try PartFile.decode(try place.store.get(key), expecting: header)
      } catch let fault as PartFile.Fault {
        throw ShardError.damaged(shard, key: key, reason: fault.reason)
      }
    }
  }

  /// By their numbers.
  let members: [Member]
  /// That of all of them.
  let plan: ShardPlan
  /// Its SHA-256.
  let digest: [UInt8]

  /// The shards in `places`.
  ///
  /// - Throws: ``ShardError`` unless they are all there, once, whole, and of one run; `StoreError`.
  init(in places: [NamedStore], interruption: Interruption) throws {
    var found: [Shard: Member] = [:]
    var begun: Set<Shard> = []
    for place in places {
      let keys = try place.store.list(prefix: "shards/")
      begun.formUnion(keys.compactMap { Self.shard(ofKey: $0) })
      for key in keys where key.hasSuffix("/shard.json") {
        guard let shard = Self.shard(ofKey: key), shard.recordKey == key else { continue }
        let member = Member(record: try Self.record(key, shard, in: place), place: place)
        if let first = found[shard] {
          throw ShardError.doubled(shard, first: first.place.name, second: place.name)
        }
        found[shard] = member
      }
    }
    let all = found.keys.sorted { ($0.count, $0.number) < ($1.count, $1.number) }
    guard let first = all.first, let plan = found[first]?.record.plan else {
      throw ShardError.none(places: places.map(\.name))
    }
    let counts = Set(all.map(\.count)).sorted()
    guard counts.count == 1 else {
      throw ShardError.otherCounts(counts, place: places.map(\.name).joined(separator: ", "))
    }
    members = try (1...first.count).map { number in
      let shard = try Shard(number: number, of: first.count)
      guard let member = found[shard] else {
        throw ShardError.missing(shard, isInterrupted: begun.contains(shard), others: found.count)
      }
      let differences = member.record.plan.differences(from: plan)
      guard differences.isEmpty else {
        throw ShardError.otherPlan(shard, place: member.place.name, differs: differences)
      }
      return member
    }
    self.plan = plan
    digest = try plan.digest
    try checkSeams()
    try checkBytes(interruption)
  }

  /// The one shard that was run just now.
  init(_ record: ShardRecord, in place: NamedStore) throws {
    members = [Member(record: record, place: place)]
    plan = record.plan
    digest = try plan.digest
  }

  /// The shard whose folder holds `key`.
  private static func shard(ofKey key: String) -> Shard? {
    let parts = key.split(separator: "/")
    guard parts.count == 3 else { return nil }
    let numbers = parts[1].split(separator: "-").map(String.init)
    guard numbers.count == 3, numbers[1] == "of" else { return nil }
    return try? Shard("\(numbers[0])/\(numbers[2])")
  }

  private static func record(_ key: String, _ shard: Shard, in place: NamedStore) throws -> ShardRecord {
    let record: ShardRecord
    do {
      record = try ShardRecord(bytes: try place.store.get(key), key: key)
    } catch is JSONError {
      throw ShardError.damaged(shard, key: key, reason: "cannot be read")
    } catch let fault as PartFile.Fault {
      throw ShardError.damaged(shard, key: key, reason: fault.reason)
    }
    guard record.shard == shard, record.plan.shards == shard.count else {
      throw ShardError.damaged(shard, key: key, reason: "is the record of \(record.shard)")
    }
    return record
  }

  /// Each shard begins where the one before ends.
  private func checkSeams() throws {
    var end = 0
    for member in members {
      guard member.record.first == end, member.record.end >= end else {
        throw ShardError.damaged(
          member.shard, key: member.shard.recordKey,
          reason: "begins at \(member.record.first) and not at \(end)")
      }
      end = member.record.end
    }
  }

  /// Every artifact of every shard is what its record says, before anything is made of them.
  private func checkBytes(_ interruption: Interruption) throws {
    for member in members {
      for (key, expected) in member.record.parts.sorted(by: { $0.key < $1.key }) {
        try interruption.check()
        guard let found = try member.place.store.head(key) else {
          throw ShardError.damaged(member.shard, key: key, reason: "is not there")
        }
        guard found == expected else {
          throw ShardError.damaged(member.shard, key: key, reason: "its bytes have changed")
        }
      }
    }
  }
}
