import FoundationEssentials
import Synchronization

/// Credentials as AWS's tools find them: variables, the profile's files, the endpoint of a container, the metadata of an
/// instance; the first of these that has any. Temporary ones are fetched again shortly before they end.
public final class CredentialChain: CredentialSource {
  /// Credentials that end within so many seconds are not used any more.
  static let margin = 300.0

  private let environment: AWSEnvironment
  private let metadata: MetadataCredentials
  private let known = Mutex<S3Credentials?>(nil)

  /// - Parameter transport: asks the endpoint of a container or the metadata of an instance.
  public init(environment: AWSEnvironment, transport: any HTTPTransport) {
    self.environment = environment
    metadata = MetadataCredentials(environment: environment, transport: transport)
  }

  /// - Throws: ``StoreError/noCredentials(_:remedy:)``, ``Interrupted``.
  public func credentials(at time: Date) throws -> S3Credentials {
    try known.withLock { known in
      if let known, known.expiration.map({ $0.timeIntervalSince(time) > Self.margin }) ?? true {
        return known
      }
      let found = try find()
      known = found
      return found
    }
  }

  private func find() throws -> S3Credentials {
    if let key = environment["AWS_ACCESS_KEY_ID"] {
      guard let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
        throw StoreError.noCredentials(
          "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY", remedy: "set both")
      }
      return S3Credentials(
        accessKey: key, secretKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"])
    }
    if let found = try profile() { return found }
    if let found = try metadata.container() { return found }
    if let found = try metadata.instance() { return found }
    throw StoreError.noCredentials(
      "neither variables, nor profile \"\(environment.profile)\", nor a container or instance has any",
      remedy: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE")
  }

  private func profile() throws(StoreError) -> S3Credentials? {
    if let key = environment.setting("aws_access_key_id") {
      guard let secret = environment.setting("aws_secret_access_key") else {
        throw .noCredentials(
          "profile \"\(environment.profile)\" has aws_access_key_id without aws_secret_access_key",
          remedy: "complete it")
      }
      return S3Credentials(
        accessKey: key, secretKey: secret, sessionToken: environment.setting("aws_session_token"))
    }
    let others = ["role_arn", "sso_session", "sso_start_url", "credential_process", "login_session"]
    if let other = others.first(where: { environment.setting($0) != nil }) {
      throw .noCredentials(
        "profile \"\(environment.profile)\" has \(other), which fluke does not follow",
        remedy: "run: eval \"$(aws configure export-credentials --format env)\"")
    }
    if environment["AWS_PROFILE"] != nil, !environment.hasProfile {
      throw .noCredentials(
        "there is no profile \"\(environment.profile)\"", remedy: "correct AWS_PROFILE or the files in ~/.aws"
      )
    }
    return nil
  }
}
