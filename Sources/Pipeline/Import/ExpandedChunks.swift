import Artifacts

/// A file's bytes, expanded where gzip has packed them; other containers are refused by what they are.
final class ExpandedChunks {
  /// The most bytes that a packed file may expand to: as many as the largest market takes as text. Gzip packs a
  /// thousand to one at best, so that a small file can fill any memory or keep a reader busy for days.
  static let mostBytes = MarketReader.maximumBars * 200

  private let file: String
  private var chunks: HeadedChunks?
  private let refill: () throws -> [UInt8]
  private var gzip: GzipExpansion?
  private var expandedBytes = 0

  init(file: String, _ refill: @escaping () throws -> [UInt8]) {
    self.file = file
    self.refill = refill
  }

  /// The next chunk; empty at the end.
  func next() throws -> [UInt8] {
    if chunks == nil { try begin() }
    guard gzip != nil else { return try chunks?.next() ?? [] }
    do {
      let bytes = try gzip?.next { try chunks?.next() ?? [] } ?? []
      if expandedBytes == 0, let kind = FileKind(head: bytes) { throw ImportError.otherKind(file, kind) }
      expandedBytes += bytes.count
      if expandedBytes > Self.mostBytes { throw ImportError.tooLarge(file, limit: Self.mostBytes) }
      return bytes
    } catch let error as GzipError {
      throw ImportError.malformedGzip(file, error)
    }
  }

  /// Looks at the first bytes.
  private func begin() throws {
    let chunks = try HeadedChunks(refill, headLength: FileKind.headLength)
    self.chunks = chunks
    if GzipExpansion.isPacked(chunks.head) {
      gzip = GzipExpansion()
    } else if let kind = FileKind(head: chunks.head) {
      throw ImportError.otherKind(file, kind)
    }
  }
}
