/// Where artifacts lie in a bucket: `s3://bucket/prefix`.
public struct S3Location: Sendable, Equatable, CustomStringConvertible {
  /// How the text of a location begins.
  public static let scheme = "s3://"

  /// The name of the bucket.
  public let bucket: String
  /// What stands before every key, without slashes at either end; empty for the bucket itself.
  public let prefix: String

  /// Reads `s3://bucket/prefix`; a slash at the end makes no difference.
  ///
  /// - Throws: ``StoreError/badLocation(_:problem:)``.
  public init(_ text: String) throws(StoreError) {
    guard text.hasPrefix(Self.scheme) else { throw .badLocation(text, problem: "does not begin with s3://") }
    let parts = text.dropFirst(Self.scheme.count).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let bucket = String(parts[0])
    // AWS's rules for names are stricter; other servers have their own.
    guard (3...255).contains(bucket.utf8.count), bucket.utf8.allSatisfy(Self.mayStandInBucket) else {
      throw .badLocation(text, problem: "names no bucket of 3 or more letters, digits, dots and hyphens")
    }
    var prefix = parts.count > 1 ? parts[1] : ""
    if prefix.hasSuffix("/") { prefix = prefix.dropLast() }
    if !prefix.isEmpty {
      do { try ArtifactKey.check(String(prefix)) } catch {
        throw .badLocation(text, problem: "has a prefix that cannot stand before a key")
      }
    }
    self.bucket = bucket
    self.prefix = String(prefix)
  }

  public var description: String {
    Self.scheme + bucket + (prefix.isEmpty ? "" : "/\(prefix)")
  }

  /// The key in the bucket of the artifact `key`.
  func objectKey(_ key: String) -> String {
    prefix.isEmpty ? key : "\(prefix)/\(key)"
  }

  private static func mayStandInBucket(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
