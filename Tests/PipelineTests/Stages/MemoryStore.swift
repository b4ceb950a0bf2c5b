import Stores
import Synchronization

/// Artifacts in memory: all that stages may rely on is what the protocol promises.
final class MemoryStore: ArtifactStore {
  private let artifacts = Mutex<[String: [UInt8]]>([:])

  /// Every artifact by its key.
  var contents: [String: [UInt8]] { artifacts.withLock { $0 } }

  /// Every artifact but the record.
  var reproducible: [String: [UInt8]] { contents.filter { $0.key != "run.json" } }

  @discardableResult
  func put(
    _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    var bytes: [UInt8] = []
    try body { bytes += $0 }
    artifacts.withLock { $0[key] = bytes }
    return summary(bytes)
  }

  func get(_ key: String) throws -> [UInt8] {
    guard let bytes = contents[key] else { throw StoreError.badKey(key, problem: "is not there") }
    return bytes
  }

  func head(_ key: String) throws -> ArtifactSummary? { contents[key].map(summary) }

  func list(prefix: String) throws -> [String] { contents.keys.filter { $0.hasPrefix(prefix) }.sorted() }

  func remove(_ key: String) { artifacts.withLock { $0[key] = nil } }

  /// Changes one byte in the middle.
  func alter(_ key: String) {
    artifacts.withLock { artifacts in
      guard let count = artifacts[key]?.count else { return }
      artifacts[key]![count / 2] ^= 1
    }
  }

  /// The artifact as text.
  func text(_ key: String) throws -> String { String(decoding: try get(key), as: UTF8.self) }

  private func summary(_ bytes: [UInt8]) -> ArtifactSummary {
    ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes))
  }
}
