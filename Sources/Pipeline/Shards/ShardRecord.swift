import Artifacts
import Stores

/// `shards/I-of-N/shard.json`: what a shard is, and the parts that it has left. It is written last, so where it is, the
/// shard is whole.
struct ShardRecord: Codable, Sendable {
  let plan: ShardPlan
  let shard: Shard
  /// What the shard did: the first strategy or trial, and the one after the last.
  let first: Int
  let end: Int
  /// The parts, by key.
  let parts: [String: ArtifactSummary]
  /// The record of the run, as far as a shard goes.
  let run: RunRecord
  /// What the bars of trials are called.
  var market: String?
  /// Strategies that are ranked in cross-validation, if there is any.
  var ranked: Int?
}

extension ShardRecord {
  /// As it is stored: with a checksum, since a digit that has changed is still a digit.
  private struct Document: Codable {
    let record: ShardRecord
    let sha256: String
  }

  private var digest: String {
    get throws { SHA256.hexDigest(of: try JSONDocument.encode(self)) }
  }

  /// The bytes of the document.
  var bytes: [UInt8] {
    get throws { try JSONDocument.encode(Document(record: self, sha256: try digest)) }
  }

  /// The record in a document of the name `key`.
  ///
  /// - Throws: `JSONError` if it is none; ``PartFile/Fault`` if it is not what was written.
  init(bytes: [UInt8], key: String) throws {
    let document = try JSONDocument.decode(Document.self, from: bytes, document: key)
    guard try document.record.digest == document.sha256 else {
      throw PartFile.Fault(reason: "does not fit its checksum")
    }
    self = document.record
  }
}
