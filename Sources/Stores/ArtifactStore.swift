/// Where artifacts are kept: a directory or a bucket.
///
/// A key is a relative path with slashes, such as `results/trials.csv`. An artifact is replaced as a whole or
/// not at all: readers see the earlier or the later one, and a write that fails leaves the earlier one.
public protocol ArtifactStore: Sendable {
  /// Keeps what `body` writes under `key`, in place of what was there. `body` gets a function that appends
  /// bytes, so that a large artifact never has to be in memory as a whole; if it throws, nothing is kept.
  ///
  /// - Throws: ``StoreError``, ``Interrupted``, what `body` throws.
  @discardableResult
  func put(
    _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary

  /// All bytes of an artifact.
  ///
  /// - Throws: ``StoreError`` with the exit status 66 if there is none.
  func get(_ key: String) throws -> [UInt8]

  /// Size and digest of an artifact, `nil` if there is none.
  func head(_ key: String) throws -> ArtifactSummary?

  /// The keys that begin with `prefix`, in order.
  func list(prefix: String) throws -> [String]

  /// What is kept under `key` of an artifact that is still being made and outlives an interruption; `nil` where the
  /// store cannot append.
  ///
  /// Nothing is made by asking.
  func growing(_ key: String) throws -> GrowingFile?

  /// Removes an artifact; nothing happens if there is none.
  func remove(_ key: String) throws

  /// Removes all artifacts whose keys begin with `folder`, which ends with a slash, and where folders exist, this one with
  /// all that is left of files that were being made.
  ///
  /// - Precondition: nobody puts anything there meanwhile.
  func removeAll(in folder: String) throws

  /// Keeps what `body` writes under `key` if it is what it is expected to be: a store that has to know size and digest
  /// beforehand needs no copy then.
  ///
  /// - Throws: ``StoreError/changed(key:found:expected:)`` if it is something else; the earlier artifact stays then.
  @discardableResult
  func put(
    _ key: String, expecting expected: ArtifactSummary,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary

  /// Gives `body` all bytes of an artifact in pieces, so that a large one need not be in memory as a whole.
  ///
  /// - Throws: as ``get(_:)``, what `body` throws.
  func get(_ key: String, reading body: (_ bytes: [UInt8]) throws -> Void) throws

  /// How often something had to be asked for again.
  var retries: Int { get }

  /// Claims the store, or the `folder` of it that ends with a slash, for as long as the value lives; `nil` where a store
  /// has no claims.
  ///
  /// - Parameter isShared: whether others that share may be at work too.
  /// - Throws: ``StoreError/busy(place:)`` if somebody else is at work there.
  func claim(_ folder: String, isShared: Bool) throws -> StoreClaim?

  /// Whether an artifact that was put is still there, where that can be told at no cost; `true` where not.
  func isThere(_ key: String) -> Bool

  /// Keeps `bytes` under `key` if there is nothing, or the same bytes.
  ///
  /// - Returns: whether they are kept.
  func putNew(_ key: String, _ bytes: [UInt8]) throws -> Bool

  /// What tells this place from all others, however it is written; `nil` where nothing does.
  var identity: String? { get }
}

extension ArtifactStore {
  /// Keeps `bytes` under `key`, in place of what was there.
  @discardableResult
  public func put(_ key: String, _ bytes: [UInt8]) throws -> ArtifactSummary {
    try put(key) { append in try append(bytes) }
  }

  /// Stores cannot append unless they say so.
  public func growing(_ key: String) throws -> GrowingFile? { nil }

  @discardableResult
  public func put(
    _ key: String, expecting expected: ArtifactSummary,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    try put(key) { append in
      var digest = SHA256()
      var size = 0
      try withoutActuallyEscaping(append) { append in
        try body { bytes in
          digest.update(bytes)
          size += bytes.count
          try append(bytes)
        }
      }
      let found = ArtifactSummary(size: size, sha256: digest.finish())
      guard found == expected else { throw StoreError.changed(key: key, found: found, expected: expected) }
    }
  }

  public func get(_ key: String, reading body: (_ bytes: [UInt8]) throws -> Void) throws {
    try body(try get(key))
  }

  public func removeAll(in folder: String) throws {
    for key in try list(prefix: folder) { try remove(key) }
  }

  /// None: most stores do at once what they are asked.
  public var retries: Int { 0 }

  /// Stores have no claims unless they say so.
  public func claim(_ folder: String, isShared: Bool) throws -> StoreClaim? { nil }

  /// Stores do not lose anything unless they say so.
  public func isThere(_ key: String) -> Bool { true }

  /// Nothing tells places apart unless they say so.
  public var identity: String? { nil }

  /// Enough where a claim keeps others out.
  public func putNew(_ key: String, _ bytes: [UInt8]) throws -> Bool {
    if let found = try head(key) {
      return found == ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes))
    }
    try put(key, bytes)
    return true
  }
}

/// What identifies the bytes of an artifact.
public struct ArtifactSummary: Sendable, Equatable, Codable {
  /// The number of bytes.
  public let size: Int
  /// The digest as 64 lower-case hexadecimal digits.
  public let sha256: String

  public init(size: Int, sha256: String) {
    self.size = size
    self.sha256 = sha256
  }
}

/// The rules that a key follows in every store.
enum ArtifactKey {
  /// The longest key, in bytes: S3 takes no more.
  static let maximumLength = 1024
  /// How the names of files in the making begin.
  static let partialPrefix = ".partial-"

  /// - Throws: ``StoreError/badKey(_:problem:)`` if `key` could lead out of the store or name no file.
  static func check(_ key: String) throws(StoreError) {
    let parts = key.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String($0)!
    }
    if key.isEmpty { throw .badKey(key, problem: "is empty") }
    if key.utf8.first == UInt8(ascii: "/") { throw .badKey(key, problem: "is absolute") }
    if key.utf8.count > maximumLength {
      throw .badKey(key, problem: "is longer than \(maximumLength) bytes")
    }
    if key.utf8.contains(0) { throw .badKey(key, problem: "holds NUL") }
    for part in parts where part.isEmpty || part == "." || part == ".." {
      throw .badKey(key, problem: "has a part \"\(part)\"")
    }
    for part in parts where part.hasPrefix(partialPrefix) {
      throw .badKey(key, problem: "is named as a file in the making")
    }
  }
}
