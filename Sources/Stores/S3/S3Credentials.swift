import FoundationEssentials

/// Who asks. The secrets show in no description, so that no log and no message can hold them by accident.
public struct S3Credentials: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The name of the key.
  public let accessKey: String
  /// The key.
  public let secretKey: String
  /// What temporary credentials have besides.
  public let sessionToken: String?
  /// When temporary credentials end, as far as is known.
  public let expiration: Date?

  public init(accessKey: String, secretKey: String, sessionToken: String? = nil, expiration: Date? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
    self.expiration = expiration
  }

  public var description: String { "credentials (hidden)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Where credentials come from, again when temporary ones are about to end.
public protocol CredentialSource: Sendable {
  /// - Throws: ``StoreError``.
  func credentials(at time: Date) throws -> S3Credentials
}

/// Credentials that are known already.
public struct FixedCredentials: CredentialSource {
  private let known: S3Credentials

  public init(_ known: S3Credentials) {
    self.known = known
  }

  public func credentials(at time: Date) -> S3Credentials { known }
}
