import Artifacts
import Stores

/// What a run keeps in a store as one set: artifacts, and last of all the record that names them.
extension Workplace {
  /// Claims the store for this run, as long as the value lives.
  ///
  /// - Throws: `StoreError/busy(place:)` while another run is at work there;
  ///   ``ConfigurationError/inTheWay(key:found:needed:remedy:)`` where the record is not one of ours.
  func claim() throws -> StoreClaim? {
    let claim = try store.claim("", isShared: false)
    try store.checkRecord()
    return claim
  }

  /// Claims the store together with the other shards of a run, and the folder of one shard for itself.
  ///
  /// - Throws: `StoreError/busy(place:)` while a whole run, or the same shard, is at work there;
  ///   ``ConfigurationError/inTheWay(key:found:needed:remedy:)`` where the record is not one of ours.
  func claim(_ shard: Shard) throws -> [StoreClaim?] {
    let whole = try store.claim("", isShared: true)
    try store.checkRecord()
    // The shard's folder goes first, so that an empty one is not in the way of the store's.
    return [try store.claim(shard.folder, isShared: false), whole]
  }

  /// Removes an earlier set before the first of its artifacts is replaced: the record first, then what it names, and what
  /// a run that was cut short has left under names of ours. So no artifact ever lies beside those of another run.
  ///
  /// - Parameter keepsInputs: whether bars and strategies stay, which other shards of the same run may just have put.
  func removeEarlierSet(keepsInputs: Bool = false) throws {
    var keys: Set<String> = []
    if let named = try store.namedArtifacts() {
      keys = Set(named.keys)
      try store.remove(RunRecord.key)
    }
    for folder in ["results/", "plots/"] {
      keys.formUnion(try store.list(prefix: folder).filter(ArtifactKeys.fixed.contains))
    }
    try store.removeArtifacts(keys, keepsInputs: keepsInputs)
  }

  /// Stores a record and looks whether all that it names is there still.
  ///
  /// - Throws: `StoreError/vanished(key:)`, without a record then.
  func seal(_ record: [UInt8], naming artifacts: some Collection<String>) throws {
    try store.put(RunRecord.key, record)
    guard let lost = artifacts.sorted().first(where: { !store.isThere($0) }) else { return }
    try store.remove(RunRecord.key)
    throw StoreError.vanished(key: lost)
  }
}

extension ArtifactStore {
  /// Refuses a place where a file of that name is not the record of a run: what somebody else keeps is not replaced.
  ///
  /// - Throws: ``ConfigurationError/inTheWay(key:found:needed:remedy:)``; `StoreError`.
  func checkRecord() throws { _ = try namedArtifacts() }

  /// What the record of an earlier run names; `nil` without one.
  ///
  /// - Throws: as ``checkRecord()``.
  func namedArtifacts() throws -> [String: ArtifactSummary]? {
    guard try head(RunRecord.key) != nil else { return nil }
    let bytes = try get(RunRecord.key)
    let record = try? JSONDocument.decode(NamedArtifacts.self, from: bytes, document: RunRecord.key)
    if let record { return record.artifacts }
    throw ConfigurationError.inTheWay(
      key: RunRecord.key, found: "a file that is no record of a run",
      needed: "none, or that of an earlier run",
      remedy: "move it or choose another directory")
  }

  /// Removes artifacts that no record names any more. A record may come from anywhere: nothing but what a run can have made
  /// is removed on its word.
  ///
  /// - Parameter keepsInputs: whether bars and strategies stay.
  func removeArtifacts(_ keys: Set<String>, keepsInputs: Bool = false) throws {
    let folders = ["results/", "plots/"] + (keepsInputs ? [] : ["raw/", "strategies/"])
    for key in keys.sorted() where folders.contains(where: key.hasPrefix) { try remove(key) }
  }
}

/// What every `run.json` has, whatever was run.
struct NamedArtifacts: Decodable {
  let artifacts: [String: ArtifactSummary]
}
