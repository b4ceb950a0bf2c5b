import FoundationEssentials

/// Artifacts as files below a directory, which is made with the first of them.
public struct DirectoryStore: ArtifactStore {
  /// The largest artifact that ``get(_:)`` returns, in bytes: beyond this a reader by chunks is the tool.
  public static let maximumArtifactSize = 4 << 30

  /// The path of the directory.
  public let root: String
  private let interruption: Interruption

  /// A store below `root`, whose writes end early when `interruption` is flagged.
  public init(root: String, interruption: Interruption = Interruption()) {
    self.root = root.isEmpty ? "." : root
    self.interruption = interruption
  }

  /// Looks whether there can be a directory, before work is done that goes into it.
  ///
  /// - Throws: ``StoreError/cannotCreate(path:_:)`` where something else stands in its way.
  public func checkPlace() throws(StoreError) {
    var path = root[...]
    while !path.isEmpty {
      switch try? SystemFile.kind(path: String(path)) {
      case .folder: return
      case nil: path = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
      default: throw .cannotCreate(path: root, .notFolder)
      }
    }
  }

  @discardableResult
  public func put(
    _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    try AtomicFile.replaceOwn(path: placeToWrite(key), interruption: interruption, writing: body)
  }

  public func get(_ key: String) throws -> [UInt8] {
    try FileReader.contents(ofFile: placeToRead(key), limit: Self.maximumArtifactSize, isOrdinary: true)
  }

  public func get(_ key: String, reading body: (_ bytes: [UInt8]) throws -> Void) throws {
    let reader = try FileReader(ordinaryFile: placeToRead(key))
    while true {
      let chunk = try reader.next()
      if chunk.isEmpty { return }
      try body(chunk)
    }
  }

  public func remove(_ key: String) throws {
    let path = try placeToWrite(key)
    do throws(SystemError) {
      try SystemFile.remove(path: path)
    } catch  where !error.isMissing {
      throw StoreError.cannotCreate(path: path, error)
    } catch {}
  }

  public func removeAll(in folder: String) throws {
    let key = String(folder.dropLast())
    try ArtifactKey.check(key)
    let names = key.split(separator: "/").map(String.init)
    do throws(SystemError) {
      try SystemFolder(path: root).removeFiles(below: names[...])
    } catch  where !error.isMissing {
      throw StoreError.cannotCreate(path: try path(key), error)
    } catch {}
  }

  public func head(_ key: String) throws -> ArtifactSummary? {
    let path = try placeToRead(key)
    do throws(StoreError) {
      return try FileReader.summary(ofFile: path)
    } catch {
      if case .cannotOpen(_, let cause) = error, cause.isMissing || cause.isDirectory { return nil }
      throw error
    }
  }

  public func list(prefix: String) throws -> [String] {
    // Only the folder that the prefix lies in has to be searched.
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    if !folder.isEmpty { try ArtifactKey.check(String(folder.dropLast())) }
    guard !hasLink(among: folder.split(separator: "/")),
      let names = try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
    else {
      return []
    }
    return names.map { folder + $0 }.filter { key in
      guard key.hasPrefix(prefix), !key.contains("/\(ArtifactKey.partialPrefix)"),
        !key.hasPrefix(ArtifactKey.partialPrefix),
        case .file = try? SystemFile.kind(path: "\(root)/\(key)")
      else { return false }
      return true
    }.sorted()
  }

  public func growing(_ key: String) throws -> GrowingFile? { GrowingFile(path: try placeToWrite(key)) }

  public func claim(_ folder: String, isShared: Bool) throws -> StoreClaim? {
    if !folder.isEmpty { try ArtifactKey.check(String(folder.dropLast())) }
    return try StoreClaim(folder.split(separator: "/").map(String.init), below: root, isShared: isShared)
  }

  public func isThere(_ key: String) -> Bool {
    guard let path = try? placeToRead(key), case .file? = try? SystemFile.kind(path: path) else {
      return false
    }
    return true
  }

  /// The path without links; as it is written where there is no such directory yet.
  public var identity: String? { SystemFile.realPath(root) ?? root }

  /// The path of the file that holds, or would hold, an artifact.
  ///
  /// - Throws: ``StoreError/badKey(_:problem:)``.
  public func path(_ key: String) throws(StoreError) -> String {
    try ArtifactKey.check(key)
    return root.hasSuffix("/") ? root + key : "\(root)/\(key)"
  }

  /// The path of an artifact to be replaced or removed.
  ///
  /// - Throws: ``StoreError/badKey(_:problem:)``; ``StoreError/cannotCreate(path:_:)`` where one of the folders that lead
  ///   to it is a link, which somebody may have put there to lead out of the store.
  private func placeToWrite(_ key: String) throws(StoreError) -> String {
    let path = try path(key)
    if hasLink(among: key.split(separator: "/").dropLast()) { throw .cannotCreate(path: path, .notOrdinary) }
    return path
  }

  /// The path of an artifact to be read, under the same condition.
  private func placeToRead(_ key: String) throws(StoreError) -> String {
    let path = try path(key)
    if hasLink(among: key.split(separator: "/").dropLast()) { throw .cannotOpen(path: path, .notOrdinary) }
    return path
  }

  /// Whether one of the folders that `names` lead to below the root is a link. The root itself may be one: where a user's
  /// own path leads is the user's choice.
  private func hasLink(among names: some Collection<Substring>) -> Bool {
    var path = root
    return names.contains { name in
      path += "/\(name)"
      return SystemFile.isLink(path: path)
    }
  }
}
