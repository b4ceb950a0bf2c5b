/// Writes a file so that its path holds either what it held or the whole new content.
///
/// The bytes go to a new file beside it, which gets the permissions of the earlier one and, at the end, its name in one
/// step. It is not flushed to the disk first: a power failure may lose it, a failing program may not.
public enum AtomicFile {
  /// Replaces the file at `path` by what `body` appends, and makes the folders above it.
  ///
  /// Only an ordinary file is replaced. Through a symbolic link the file that it leads to is, and into a pipe or a device
  /// the bytes are written as they come. Whatever fails, the new file is removed, and the error passed on.
  ///
  /// - Throws: ``StoreError``, ``Interrupted`` between two appends (or just after the end, with the new file in place),
  ///   what `body` throws.
  @discardableResult
  public static func replace(
    path: String, interruption: Interruption,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    // What the system itself names by a link, as its standard output, has no path to follow where it is a pipe. Nothing
    // would be left behind, so a signal need not wait for whoever reads one.
    if case .other? = try? SystemFile.kind(path: path) {
      return try write(to: path, interruption: interruption, writing: body)
    }
    let target = try creating(path) { () throws(SystemError) in try SystemFile.target(ofLinksAt: path) }
    return try interruption.whileMakingFile {
      try make(path: target, interruption: interruption, writing: body)
    }
  }

  /// The same for a file of our own, at whose place nothing but an ordinary file may stand: a link that somebody has put
  /// there would lead out of the folder.
  ///
  /// - Throws: ``StoreError/cannotCreate(path:_:)`` where something else stands there, and as above.
  static func replaceOwn(
    path: String, interruption: Interruption,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    if SystemFile.isLink(path: path) { throw StoreError.cannotCreate(path: path, .notOrdinary) }
    if case .other? = try? SystemFile.kind(path: path) {
      throw StoreError.cannotCreate(path: path, .notOrdinary)
    }
    return try interruption.whileMakingFile {
      try make(path: path, interruption: interruption, writing: body)
    }
  }

  private static func write(
    to path: String, interruption: Interruption,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    let file = try creating(path) { () throws(SystemError) in
      try SystemFile.open(path: path, forWriting: true)
    }
    let summary = try append(to: file, path: path, interruption: interruption, writing: body)
    do throws(SystemError) { try file.close() } catch { throw StoreError.inputOutput(path: path, error) }
    return summary
  }

  /// Appends what `body` does to an open file.
  private static func append(
    to file: borrowing SystemFile, path: String, interruption: Interruption,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
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
    return ArtifactSummary(size: size, sha256: digest.finish())
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
      let summary = try append(to: file, path: path, interruption: interruption, writing: body)
      // Whoever could not read the earlier file shall not read the new one.
      if case .file? = try? SystemFile.kind(path: path) {
        try creating(path) { () throws(SystemError) in try file.takeMode(ofFile: path) }
      }
      do throws(SystemError) { try file.close() } catch { throw StoreError.inputOutput(path: path, error) }
      try interruption.check()
      try creating(path) { () throws(SystemError) in try SystemFile.rename(from: partial, to: path) }
      return summary
    } catch {
      // The first error is the one to tell.
      try? SystemFile.remove(path: partial)
      throw error
    }
  }

  /// Makes a folder and those above it.
  ///
  /// - Returns: the paths of those that were made, from the outermost.
  @discardableResult
  static func makeFolders(_ path: String) throws(StoreError) -> [String] {
    var new: [String] = []
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += part
      if !part.isEmpty {
        let folder = made
        let isNew = try creating(folder) { () throws(SystemError) in
          try SystemFile.makeFolder(path: folder)
        }
        if isNew { new.append(folder) }
      }
      made += "/"
    }
    return new
  }

  private static func creating<Result: ~Copyable>(
    _ path: String, _ action: () throws(SystemError) -> Result
  ) throws(StoreError) -> Result {
    do { return try action() } catch { throw .cannotCreate(path: path, error) }
  }
}
