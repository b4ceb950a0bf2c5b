/// Writes a file so that its path holds either what it held or the whole new content.
///
/// The bytes go to a new file beside it, which gets the name at the end in one step. It is not flushed to the
/// disk first: a power failure may lose it, a failing program may not.
public enum AtomicFile {
  /// Replaces the file at `path` by what `body` appends, and makes the folders above it.
  ///
  /// Whatever fails, the new file is removed, and the error passed on.
  ///
  /// - Throws: ``StoreError``, ``Interrupted`` between two appends (or just after the end, with the new file in place),
  ///   what `body` throws.
  @discardableResult
  public static func replace(
    path: String, interruption: Interruption,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    try interruption.whileMakingFile { try make(path: path, interruption: interruption, writing: body) }
  }

  private static func make(
    path: String, interruption: Interruption,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let partial =
      "\(folder)/\(ArtifactKey.partialPrefix)\(String(UInt64.random(in: .min ... .max), radix: 16))"
    try makeFolders(folder)
    let file = try creating(path) { () throws(SystemError) in try SystemFile.create(path: partial) }
    do {
      var digest = SHA256()
      var size = 0
      try body { bytes in
        try interruption.check()
        do throws(SystemError) { try file.write(bytes) } catch {
          throw StoreError.inputOutput(path: path, error)
        }
        digest.update(bytes)
        size += bytes.count
      }
      do throws(SystemError) { try file.close() } catch { throw StoreError.inputOutput(path: path, error) }
      try interruption.check()
      try creating(path) { () throws(SystemError) in try SystemFile.rename(from: partial, to: path) }
      return ArtifactSummary(size: size, sha256: digest.finish())
    } catch {
      // The first error is the one to tell.
      try? SystemFile.remove(path: partial)
      throw error
    }
  }

  /// Makes a folder and those above it.
  static func makeFolders(_ path: String) throws(StoreError) {
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += part
      if !part.isEmpty {
        let folder = made
        try creating(folder) { () throws(SystemError) in try SystemFile.makeFolder(path: folder) }
      }
      made += "/"
    }
  }

  private static func creating<Result: ~Copyable>(
    _ path: String, _ action: () throws(SystemError) -> Result
  ) throws(StoreError) -> Result {
    do { return try action() } catch { throw .cannotCreate(path: path, error) }
  }
}
