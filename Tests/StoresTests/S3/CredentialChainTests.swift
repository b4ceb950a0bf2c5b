import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Stores

/// Region, server and credentials as AWS's tools find them; the environment is a parameter.
@Suite struct CredentialChainTests {
  /// Answers by method and address; everything else is not there.
  final class Metadata: HTTPTransport {
    let requests = Mutex<[HTTPRequest]>([])
    private let answers: [String: (status: Int, body: String)]

    init(_ answers: [String: (status: Int, body: String)] = [:]) {
      self.answers = answers
    }

    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) throws -> HTTPResponse {
      requests.withLock { $0.append(request) }
      #expect(timeouts.total.map { $0 <= 2 } == true)
      guard let (status, body) = answers["\(request.method) \(request.url)"] else {
        throw HTTPFailure(reason: "nobody is there", isTransient: true)
      }
      return HTTPResponse(status: status, body: Array(body.utf8))
    }
  }

  private static let config = """
    # The settings of tests.
    [default]
    region = eu-north-1
    s3 =
      max_concurrent_requests = 20
      region = wrong
    [profile research team]
    region=eu-west-2 ; a comment
    endpoint_url = http://127.0.0.1:9000
    aws_access_key_id = from-config
    aws_secret_access_key = config-secret#1
    [profile role]
    role_arn = arn:aws:iam::1:role/x
    [services local]
    region = wrong
    """
  private static let secrets = """
    [default]
    aws_access_key_id=from-file
    aws_secret_access_key = file/secret+=
    aws_session_token = file-token
    [half]
    aws_access_key_id = x
    [empty]
    region = x
    """

  private func environment(_ variables: [String: String], files: Bool = true) -> AWSEnvironment {
    AWSEnvironment(variables: variables.merging(["HOME": "/home/me"]) { first, _ in first }) { path in
      switch path {
      case "/home/me/.aws/config", "/elsewhere/config": files ? Array(Self.config.utf8) : nil
      case "/home/me/.aws/credentials": files ? Array(Self.secrets.utf8) : nil
      case "/elsewhere/credentials":
        Array("[default]\r\naws_access_key_id=e\r\naws_secret_access_key=s\r\n".utf8)
      default: nil
      }
    }
  }

  private func find(
    _ variables: [String: String], files: Bool = true, _ metadata: Metadata = Metadata()
  ) throws -> S3Credentials {
    try CredentialChain(environment: environment(variables, files: files), transport: metadata)
      .credentials(at: Date(timeIntervalSince1970: 0))
  }

  @Test(
    arguments: [
      (
        ["AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_PROFILE": "research team"],
        S3Credentials(accessKey: "k", secretKey: "s")
      ),
      (
        ["AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"],
        S3Credentials(accessKey: "k", secretKey: "s", sessionToken: "t")
      ),
      ([:], S3Credentials(accessKey: "from-file", secretKey: "file/secret+=", sessionToken: "file-token")),
      (
        ["AWS_ACCESS_KEY_ID": "", "AWS_PROFILE": ""],
        S3Credentials(accessKey: "from-file", secretKey: "file/secret+=", sessionToken: "file-token")
      ),
      (
        ["AWS_PROFILE": "research team"],
        S3Credentials(accessKey: "from-config", secretKey: "config-secret#1")
      ),
      (
        ["AWS_SHARED_CREDENTIALS_FILE": "/elsewhere/credentials"],
        S3Credentials(accessKey: "e", secretKey: "s")
      ),
    ] as [([String: String], S3Credentials)])
  func ofVariablesAndFiles(variables: [String: String], expected: S3Credentials) throws {
    let metadata = Metadata()
    #expect(try find(variables, metadata) == expected)
    #expect(metadata.requests.withLock { $0.isEmpty })
  }

  @Test(arguments: [
    (["AWS_ACCESS_KEY_ID": "k"], "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"),
    (["AWS_PROFILE": "half"], "has aws_access_key_id without aws_secret_access_key"),
    (["AWS_PROFILE": "role"], "has role_arn, which fluke does not follow"),
    (["AWS_PROFILE": "nobody"], "there is no profile \"nobody\""),
    (["AWS_PROFILE": "empty"], "neither variables, nor profile \"empty\", nor a container"),
    (
      ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/x"],
      "the container's endpoint is neither https nor on this machine"
    ),
    (
      ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1.example.com/x"],
      "the container's endpoint is neither https nor on this machine"
    ),
    (
      ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:80@example.com/x"],
      "the container's endpoint is neither https nor on this machine"
    ),
    (
      ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://[::1]@example.com/x"],
      "the container's endpoint is neither https nor on this machine"
    ),
    (
      ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": ":80@example.com/x"],
      "the container's endpoint is neither https nor on this machine"
    ),
    (
      ["AWS_PROFILE": "empty", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"],
      "the container's endpoint gives none"
    ),
  ])
  func whatCannotBeUsed(variables: [String: String], words: String) throws {
    let error = try #require(#expect(throws: StoreError.self) { try find(variables) })
    #expect(error.exitStatus == 77)
    #expect(error.description.contains(words), "\(error)")
    #expect(!error.description.contains("\n"))
  }

  private static func document(_ key: String, until expiration: String) -> String {
    "{\"Code\": \"Success\", \"AccessKeyId\": \"\(key)\", \"SecretAccessKey\": \"s\", \"Token\": \"t\", "
      + "\"Expiration\": \"\(expiration)\"}"
  }

  @Test(arguments: [
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/x", "http://169.254.170.2/v2/x"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:81/x?y=z", "http://127.0.0.1:81/x?y=z"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://example.com/x", "https://example.com/x"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1", "http://169.254.170.23/v1"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://[fd00:ec2::23]/v1", "http://[fd00:ec2::23]/v1"),
  ])
  func ofAContainer(variable: String, value: String, url: String) throws {
    let metadata = Metadata(["GET \(url)": (200, Self.document("k", until: "1970-01-01T01:00:00Z"))])
    let found = try find(
      [variable: value, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "pass"], files: false, metadata)
    #expect(
      found
        == S3Credentials(
          accessKey: "k", secretKey: "s", sessionToken: "t", expiration: Date(timeIntervalSince1970: 3_600)))
    #expect(metadata.requests.withLock { $0.map { $0.headers["authorization"] } } == ["pass"])
  }

  @Test func theTokenOfAContainerInAFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("from-file\n", as: "token")
    let metadata = Metadata([
      "GET http://127.0.0.1/": (200, Self.document("k", until: "1970-01-01T01:00:00Z"))
    ])
    _ = try find(
      [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": path,
      ], files: false, metadata)
    #expect(metadata.requests.withLock { $0[0].headers["authorization"] } == "from-file")
  }

  private static let instance = "http://127.0.0.1:82/latest"
  private static let role = "\(instance)/meta-data/iam/security-credentials/"

  @Test func ofAnInstance() throws {
    let metadata = Metadata([
      "PUT \(Self.instance)/api/token": (200, "ticket"), "GET \(Self.role)": (200, "a-role\n"),
      "GET \(Self.role)a-role": (200, Self.document("k", until: "2000-01-01T00:00:00Z")),
    ])
    let found = try find(
      ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:82/"], files: false, metadata)
    #expect(found.accessKey == "k" && found.sessionToken == "t")
    let requests = metadata.requests.withLock { $0 }
    #expect(requests.map { $0.headers["x-aws-ec2-metadata-token"] } == [nil, "ticket", "ticket"])
    #expect(requests[0].headers["x-aws-ec2-metadata-token-ttl-seconds"] == "300")
  }

  @Test func anInstanceIsNotAskedWhereThatIsSwitchedOff() throws {
    let metadata = Metadata()
    #expect(throws: StoreError.self) {
      try find(["AWS_EC2_METADATA_DISABLED": "true"], files: false, metadata)
    }
    #expect(metadata.requests.withLock { $0.isEmpty })
  }

  @Test func noInstanceIsNotAnError() throws {
    let metadata = Metadata()
    let error = #expect(throws: StoreError.self) { try find([:], files: false, metadata) }
    #expect(error?.exitStatus == 77)
    #expect(metadata.requests.withLock { $0.map(\.host) } == ["169.254.169.254", "169.254.169.254"])
  }

  @Test func temporaryOnesAreFetchedAgainBeforeTheyEnd() throws {
    let metadata = Metadata([
      "GET http://127.0.0.1/": (200, Self.document("k", until: "1970-01-01T01:00:00Z"))
    ])
    let chain = CredentialChain(
      environment: environment(["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1"], files: false),
      transport: metadata)
    for (second, fetched) in [(0.0, 1), (3_299, 1), (3_301, 2), (3_302, 3)] {
      _ = try chain.credentials(at: Date(timeIntervalSince1970: second))
      #expect(metadata.requests.withLock { $0.count } == fetched)
    }
  }

  @Test(
    arguments: [
      (["AWS_REGION": "a", "AWS_DEFAULT_REGION": "b"], "a", nil), (["AWS_DEFAULT_REGION": "b"], "b", nil),
      ([:], "eu-north-1", nil), (["AWS_PROFILE": "nobody"], "us-east-1", nil),
      (["AWS_PROFILE": "research team"], "eu-west-2", "http://127.0.0.1:9000"),
      (
        ["AWS_PROFILE": "research team", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"], "eu-west-2", nil
      ),
      (["AWS_ENDPOINT_URL": "http://a"], "eu-north-1", "http://a"),
      (["AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_S3": "http://b"], "eu-north-1", "http://b"),
      (["AWS_CONFIG_FILE": "/elsewhere/config"], "eu-north-1", nil),
      (["AWS_CONFIG_FILE": "/elsewhere/none"], "us-east-1", nil),
    ] as [([String: String], String, String?)])
  func regionAndServer(variables: [String: String], region: String, url: String?) {
    let environment = environment(variables)
    #expect(environment.region == region)
    #expect(environment.endpointURL == url)
  }
}
