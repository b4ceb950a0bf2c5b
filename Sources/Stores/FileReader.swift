/// Reads a file from its beginning to its end in chunks, so that its size never decides how much memory is
/// needed.
public struct FileReader: ~Copyable {
  /// The bytes of a chunk: enough that the calls cost nothing beside the copying.
  public static let chunkSize = 1 << 20

  private let path: String
  private let file: SystemFile

  /// - Throws: ``StoreError/cannotOpen(path:_:)``.
  public init(path: String) throws(StoreError) {
    self.path = path
    do { file = try SystemFile.open(path: path) } catch { throw .cannotOpen(path: path, error) }
  }

  /// The next chunk; empty at the end.
  ///
  /// - Throws: ``StoreError/inputOutput(path:_:)``.
  public func next() throws(StoreError) -> [UInt8] {
    do { return try file.read(upTo: Self.chunkSize) } catch { throw .inputOutput(path: path, error) }
  }

  /// All bytes of a file.
  ///
  /// - Throws: ``StoreError``; `tooLarge` beyond `limit` bytes.
  public static func contents(ofFile path: String, limit: Int) throws(StoreError) -> [UInt8] {
    let reader = try FileReader(path: path)
    var bytes: [UInt8] = []
    // What the file has now; it may still grow, or be no file with a size.
    if case .file(let size) = try? SystemFile.kind(path: path) {
      if size > limit { throw .tooLarge(path: path, limit: limit) }
      bytes.reserveCapacity(size)
    }
    while true {
      let chunk = try reader.next()
      if chunk.isEmpty { return bytes }
      if bytes.count + chunk.count > limit { throw .tooLarge(path: path, limit: limit) }
      bytes += chunk
    }
  }

  /// Size and digest of a file.
  ///
  /// - Throws: ``StoreError``.
  public static func summary(ofFile path: String) throws(StoreError) -> ArtifactSummary {
    let reader = try FileReader(path: path)
    var digest = SHA256()
    var size = 0
    while true {
      let chunk = try reader.next()
      if chunk.isEmpty { return ArtifactSummary(size: size, sha256: digest.finish()) }
      digest.update(chunk)
      size += chunk.count
    }
  }
}
