import Artifacts
import Backtesting
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
  /// - Parameters:
  ///   - overwrites: whether the set of another run may be replaced. Where not, the store has to refuse single artifacts
  ///     too, so that two runs at a time do not mix.
  ///   - watch: told how many artifacts are to be copied, and where it can be read how many are; see ``Workplace``.
  /// - Throws: ``ConfigurationError/stale(key:reason:stage:)`` without a record; `StoreError`, `changed` if an artifact is
  ///   not the one that the record names; `Interrupted`. Nothing of `source` is changed.
  public static func run(
    from source: any ArtifactStore, to target: any ArtifactStore, overwrites: Bool = true,
    interruption: Interruption,
    watch: @Sendable (_ work: String, _ artifacts: Int, _ progress: RunProgress) -> Void = { _, _, _ in }
  ) throws -> UploadReport {
    if let place = target.identity, place == source.identity { throw StoreError.samePlace(place) }
    let claims = [try source.claim("", isShared: true), try target.claim("", isShared: false)]
    defer { withExtendedLifetime(claims) {} }
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

    // What cannot be uploaded whole leaves the target as it is.
    try artifacts.check(in: source, interruption: interruption)

    let retriesBefore = target.retries
    let earlier = try target.head(set.key)
    if !overwrites, let earlier, earlier != set.summary { throw StoreError.occupied(key: set.key) }
    if let earlier, earlier != set.summary { try target.checkRecord() }
    let missing = try artifacts.missing(in: target, interruption: interruption)
    let isReplaced = earlier != set.summary || !missing.isEmpty
    if earlier != nil, isReplaced { try target.remove(set.key) }
    let progress = RunProgress()
    watch("upload", missing.count, progress)
    defer { watch("", 0, progress) }
    interruption.keeps(.copies)
    try ConcurrentWork.forEach(missing, workers: mostAtOnce) { artifact in
      try interruption.check()
      try target.put(artifact.key, expecting: artifact.summary) { append in
        try source.get(artifact.key, reading: append)
      }
      progress.advance()
    }
    if isReplaced { try seal(set, record, of: artifacts, in: target, interruption: interruption) }
    let written = missing + (isReplaced ? [set] : [])
    return UploadReport(
      uploaded: written.count, skipped: artifacts.count + 1 - written.count,
      retried: target.retries - retriesBefore, bytes: written.reduce(0) { $0 + $1.summary.size })
  }

  /// Puts the record, which says that the set is whole, and looks once more whether it is: another upload to the same
  /// place may have put artifacts of its own meanwhile. Of two at a time one is refused, and whichever finds a record
  /// over a mixture takes it away.
  private static func seal(
    _ set: Artifact, _ record: [UInt8], of artifacts: [Artifact], in target: any ArtifactStore,
    interruption: Interruption
  ) throws {
    if try target.putNew(set.key, record) {
      if try artifacts.missing(in: target, interruption: interruption).isEmpty { return }
      try target.remove(set.key)
    } else {
      let others = try? JSONDocument.decode(
        NamedArtifacts.self, from: try target.get(set.key), document: RunRecord.key
      ).artifacts.map { Artifact(key: $0.key, summary: $0.value) }
      let isWhole = try others?.missing(in: target, interruption: interruption).isEmpty ?? false
      if !isWhole { try target.remove(set.key) }
    }
    throw StoreError.overtaken(key: set.key)
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
    "\(Figures.count(uploaded)) \(uploaded == 1 ? "file" : "files") (\(Figures.size(bytes))), "
      + "\(Figures.count(skipped)) already there"
      + (retried > 0 ? ", \(Figures.count(retried)) \(retried == 1 ? "request" : "requests") repeated" : "")
  }

  /// The same as one JSON object.
  public var json: String {
    get throws { String(decoding: try JSONDocument.encode(self).dropLast(), as: UTF8.self) }
  }
}

/// An artifact and what it has to be.
private struct Artifact: Sendable {
  let key: String
  let summary: ArtifactSummary
}

extension [Artifact] {
  /// - Throws: for the first that `store` does not have ``ConfigurationError/stale(key:reason:stage:)``, or has with other
  ///   bytes `StoreError/changed(key:found:expected:)`.
  fileprivate func check(in store: any ArtifactStore, interruption: Interruption) throws {
    try ConcurrentWork.forEach(self, workers: Upload.mostAtOnce) { artifact in
      try interruption.check()
      guard let found = try store.head(artifact.key) else {
        throw ConfigurationError.stale(
          key: artifact.key, reason: "run.json names it, and it is not there", stage: "sweep")
      }
      guard found == artifact.summary else {
        throw StoreError.changed(key: artifact.key, found: found, expected: artifact.summary)
      }
    }
  }

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
