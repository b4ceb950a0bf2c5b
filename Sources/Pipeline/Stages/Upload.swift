import Artifacts
import Backtesting
import Stores
import Synchronization

/// The last stage: what `run.json` names goes from one store to another.
///
/// `run.json` goes last, and one of an earlier set is removed before anything that it names is replaced, so where it is,
/// the set is whole; what the earlier one names and the new one does not goes too. An upload that was cut short is
/// completed by the next one, which skips what is there.
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
      .artifacts.map(Artifact.init).sorted { $0.key < $1.key }
    let set = Artifact(
      key: RunRecord.key,
      summary: ArtifactSummary(size: record.count, sha256: SHA256.hexDigest(of: record)))

    // What cannot be uploaded whole leaves the target as it is.
    try artifacts.check(in: source, interruption: interruption)

    let retriesBefore = target.retries
    let earlier = try target.head(set.key)
    if !overwrites, let earlier, earlier != set.summary { throw StoreError.occupied(key: set.key) }
    let named = try earlier == nil || earlier == set.summary ? nil : target.namedArtifacts()
    let missing = try artifacts.missing(in: target, interruption: interruption)
    let isReplaced = earlier != set.summary || !missing.isEmpty
    if earlier != nil, isReplaced { try target.remove(set.key) }
    try target.removeArtifacts(Set((named ?? [:]).keys).subtracting(artifacts.map(\.key)))
    let progress = RunProgress()
    watch("upload", missing.count, progress)
    defer { watch("", 0, progress) }
    interruption.keeps(.copies)
    func copy(_ artifacts: [Artifact]) throws {
      try ConcurrentWork.forEach(artifacts, workers: mostAtOnce) { artifact in
        try interruption.check()
        try target.put(artifact.key, expecting: artifact.summary) { append in
          try source.get(artifact.key, reading: append)
        }
        progress.advance()
      }
    }
    try copy(missing)
    if isReplaced {
      try seal(set, record, of: artifacts, in: target, interruption: interruption, copy: copy)
    }
    let written = missing + (isReplaced ? [set] : [])
    return UploadReport(
      uploaded: written.count, skipped: artifacts.count + 1 - written.count,
      retried: target.retries - retriesBefore, bytes: written.reduce(0) { $0 + $1.summary.size })
  }

  /// How often a set is put right before its upload gives up to another.
  private static let mostRepairs = 3
  /// How often a record over a mixture is looked at before its owner is taken to be gone.
  private static let mostLooks = 4

  /// Puts the record, which says that the set is whole, and looks once more whether it is.
  ///
  /// Another upload to the same place may have put artifacts of its own meanwhile. Of two at a time the one whose record
  /// is put first has the right of way: where it finds a mixture, it takes its record away, puts its artifacts again, and
  /// then the record. The other one is refused, unless the first has ended or died with what is now a mixture: then it
  /// goes on as if it had come later.
  private static func seal(
    _ set: Artifact, _ record: [UInt8], of artifacts: [Artifact], in target: any ArtifactStore,
    interruption: Interruption, copy: ([Artifact]) throws -> Void
  ) throws {
    for _ in 0..<mostRepairs {
      if !(try target.putNew(set.key, record)) {
        guard try isLeftMixed(target, interruption) else { break }
      } else if try artifacts.missing(in: target, interruption: interruption).isEmpty {
        return
      }
      try target.remove(set.key)
      try copy(try artifacts.missing(in: target, interruption: interruption))
    }
    throw StoreError.overtaken(key: set.key)
  }

  /// Whether a record of another upload stands over a mixture, and goes on standing there.
  private static func isLeftMixed(_ target: any ArtifactStore, _ interruption: Interruption) throws -> Bool {
    for _ in 0..<mostLooks {
      guard try target.head(RunRecord.key) != nil, let others = try? target.namedArtifacts(),
        !(try others.map(Artifact.init).missing(in: target, interruption: interruption).isEmpty)
      else { return false }
    }
    return true
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
