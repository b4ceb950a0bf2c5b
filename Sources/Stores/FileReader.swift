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

  /// The same for an ordinary file alone: what else stands at a path may never end.
  ///
  /// - Throws: ``StoreError/cannotOpen(path:_:)``.
  init(ordinaryFile path: String) throws(StoreError) {
    if case .other? = try? SystemFile.kind(path: path) { throw .cannotOpen(path: path, .notOrdinary) }
    try self.init(path: path)
  }

  private init(_ file: consuming SystemFile, path: String) {
    self.path = path
    self.file = file
  }

  /// A reader of standard input, from where it is now; `name` is what errors call it.
  ///
  /// - Throws: ``StoreError/cannotOpen(path:_:)`` if it is closed.
  public static func standardInput(name: String) throws(StoreError) -> FileReader {
    do { return FileReader(try SystemFile.standardInput(), path: name) } catch {
      throw .cannotOpen(path: name, error)
    }
  }

  /// The size of the file at `path` as it is now; `nil` where there is no file with a size.
  public static func size(ofFile path: String) -> Int? {
    guard case .file(let size) = try? SystemFile.kind(path: path) else { return nil }
    return size
  }

  /// The next chunk; empty at the end.
  ///
  /// - Throws: ``StoreError/inputOutput(path:_:)``.
  public func next() throws(StoreError) -> [UInt8] {
    do { return try file.read(upTo: Self.chunkSize) } catch { throw .inputOutput(path: path, error) }
  }

  /// All bytes of a file.
  ///
  /// - Parameter isOrdinary: whether nothing but an ordinary file is read.
  /// - Throws: ``StoreError``; `tooLarge` beyond `limit` bytes.
  public static func contents(
    ofFile path: String, limit: Int, isOrdinary: Bool = false
  ) throws(StoreError) -> [UInt8] {
    let reader = isOrdinary ? try FileReader(ordinaryFile: path) : try FileReader(path: path)
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

  /// Size and digest of an ordinary file.
  ///
  /// - Throws: ``StoreError``.
  static func summary(ofFile path: String) throws(StoreError) -> ArtifactSummary {
    let reader = try FileReader(ordinaryFile: path)
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
