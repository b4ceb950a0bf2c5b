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

    /// - Throws: ``ShardError/damaged(_:key:reason:)`` unless `key` holds what is expected of it.
    func check(_ key: String, holds expected: ArtifactSummary) throws {
      guard let found = try place.store.head(key) else {
        throw ShardError.damaged(shard, key: key, reason: "is not there")
      }
      guard found == expected else {
        throw ShardError.damaged(shard, key: key, reason: "its bytes have changed")
      }
    }

    /// The sections of one of its parts, which are as `rules` say.
    func sections(
      _ kind: PartKind, _ range: Range<Int>, plan: [UInt8], rules: PartRules
    ) throws -> [ArraySlice<UInt8>] {
      let header = PartHeader(kind: kind, plan: plan, range: range)
      let key = header.key(in: shard)
      do {
        // The part has a checksum of its own.
        let sections = try PartFile.decode(try place.store.get(key), expecting: header)
        try rules.check(sections, of: kind, range)
        return sections
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
  /// - Parameter threads: at work on checking what the shards hold.
  /// - Throws: ``ShardError`` unless they are all there, once, whole, and of one run; `StoreError`.
  init(in places: [NamedStore], threads: Int = 1, interruption: Interruption) throws {
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
    try checkBytes(threads, interruption)
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
    try StoredOptions.check(in: key, at: "options") { try record.plan.check() }
    guard 0 <= record.first, record.first <= record.end, record.end <= record.plan.mostItems,
      record.ranked.map({ 0 <= $0 && $0 <= record.end - record.first }) ?? true
    else {
      throw ShardError.damaged(shard, key: key, reason: "has numbers that no shard has")
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

  /// Each shard did what falls to it.
  ///
  /// - Parameter share: the strategies or trials of a shard.
  func checkShares(_ share: (Shard) -> Range<Int>) throws {
    for member in members {
      let (record, expected) = (member.record, share(member.shard))
      guard record.first == expected.lowerBound, record.end == expected.upperBound else {
        throw ShardError.damaged(
          member.shard, key: member.shard.recordKey,
          reason: "is of \(record.first)..<\(record.end) and not of \(expected)")
      }
    }
  }

  /// Every artifact of every shard is what its record says, before anything is made of them.
  private func checkBytes(_ threads: Int, _ interruption: Interruption) throws {
    let artifacts = members.flatMap { member in
      member.record.parts.sorted { $0.key < $1.key }.map { (member: member, key: $0.key, expected: $0.value) }
    }
    // In their order, so that of several faults the first is told.
    try Workers.inOrder(items: artifacts.count, threads: threads) {
    } make: { _, number in
      let (member, key, expected) = artifacts[number]
      return Result {
        try interruption.check()
        try member.check(key, holds: expected)
      }
    } take: { (checked: Result<Void, any Error>) in
      try checked.get()
    }
  }
}
