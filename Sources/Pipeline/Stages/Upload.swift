import Artifacts
import Stores
import Synchronization

/// The last stage: what `run.json` names goes from one store to another.
///
/// `run.json` goes last, and one of an earlier set is removed before anything that it names is replaced, so where it is,
/// the set is whole. An upload that was cut short is completed by the next one, which skips what is there.
public enum Upload {
  /// How many artifacts are under way at once.
  public static let mostAtOnce = 8

  /// Copies the set of `source` to `target`.
  ///
  /// - Parameter overwrites: whether the set of another run may be replaced. Where not, the store has to refuse single
  ///   artifacts too, so that two runs at a time do not mix.
  /// - Throws: ``ConfigurationError/stale(key:reason:stage:)`` without a record; `StoreError`, `changed` if an artifact is
  ///   not the one that the record names; `Interrupted`. Nothing of `source` is changed.
  public static func run(
    from source: any ArtifactStore, to target: any ArtifactStore, overwrites: Bool = true,
    interruption: Interruption
  ) throws -> UploadReport {
    guard try source.head(RunRecord.key) != nil else {
      throw ConfigurationError.stale(
        key: RunRecord.key, reason: "there is none in this store", stage: "sweep")
    }
    let record = try source.get(RunRecord.key)
    let artifacts = try JSONDocument.decode(NamedArtifacts.self, from: record, document: RunRecord.key)
      .artifacts.map { Artifact(key: $0.key, summary: $0.value) }.sorted { $0.key < $1.key }
    let set = Artifact(
      key: RunRecord.key,
      summary: ArtifactSummary(size: record.count, sha256: SHA256.hexDigest(of: record)))

    let retriesBefore = target.retries
    let earlier = try target.head(set.key)
    if !overwrites, let earlier, earlier != set.summary { throw StoreError.occupied(key: set.key) }
    let missing = try artifacts.missing(in: target, interruption: interruption)
    if earlier != nil, !missing.isEmpty { try target.remove(set.key) }
    try ConcurrentWork.forEach(missing, workers: mostAtOnce) { artifact in
      try interruption.check()
      try target.put(artifact.key, expecting: artifact.summary) { append in
        try source.get(artifact.key, reading: append)
      }
    }
    let isReplaced = earlier != set.summary || !missing.isEmpty
    if isReplaced { try target.put(set.key, record) }
    let written = missing + (isReplaced ? [set] : [])
    return UploadReport(
      uploaded: written.count, skipped: artifacts.count + 1 - written.count,
      retried: target.retries - retriesBefore, bytes: written.reduce(0) { $0 + $1.summary.size })
  }
}

/// What an upload did.
public struct UploadReport: Codable, Equatable, Sendable {
  /// Artifacts that were written.
  public let uploaded: Int
  /// Artifacts that were there already, with the same bytes.
  public let skipped: Int
  /// Requests that were sent again.
  public let retried: Int
  /// The bytes of the artifacts that were written.
  public let bytes: Int

  /// What was done, in a few words.
  public var text: String {
    "\(Figures.count(uploaded)) files of \(Figures.count(bytes)) bytes, \(Figures.count(skipped)) were there, "
      + "\(Figures.count(retried)) retries"
  }

  /// The same as one JSON object.
  public var json: String {
    get throws { String(decoding: try JSONDocument.encode(self).dropLast(), as: UTF8.self) }
  }
}

/// What every `run.json` has, whatever was run.
private struct NamedArtifacts: Decodable {
  let artifacts: [String: ArtifactSummary]
}

/// An artifact and what it has to be.
private struct Artifact: Sendable {
  let key: String
  let summary: ArtifactSummary
}

extension [Artifact] {
  /// Those that `store` does not have or has with other bytes. Each is asked for by its key: a listing could be one of
  /// millions that have nothing to do with this set.
  fileprivate func missing(in store: any ArtifactStore, interruption: Interruption) throws -> [Artifact] {
    let same = Keys()
    try ConcurrentWork.forEach(self, workers: Upload.mostAtOnce) { artifact in
      try interruption.check()
      if try store.head(artifact.key) == artifact.summary { same.insert(artifact.key) }
    }
    let keys = same.all
    return filter { !keys.contains($0.key) }
  }
}

/// Keys that several threads find.
private final class Keys: Sendable {
  private let keys = Mutex<Set<String>>([])

  var all: Set<String> { keys.withLock { $0 } }

  func insert(_ key: String) {
    keys.withLock { _ = $0.insert(key) }
  }
}
