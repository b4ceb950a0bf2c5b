import FoundationEssentials

/// Temporary credentials that AWS hands to what runs in it: to containers (ECS, EKS Pod Identity) at an address in a
/// variable, to instances (EC2) by the second version of their metadata service.
struct MetadataCredentials: Sendable {
  let environment: AWSEnvironment
  let transport: any HTTPTransport

  /// The services are next door: whoever is not there in this time is not there.
  private static let timeouts = HTTPTimeouts(connect: 1, stall: 1, total: 2)
  private static let containerHost = "http://169.254.170.2"
  private static let instanceHost = "http://169.254.169.254"

  /// Credentials of the container, `nil` where no variable says that this is one.
  ///
  /// - Throws: ``StoreError/noCredentials(_:remedy:)`` if the endpoint is named and does not give any.
  func container() throws -> S3Credentials? {
    let url: String
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      url = Self.containerHost + path
    } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
      url = full
    } else {
      return nil
    }
    guard let request = Self.request("GET", url), Self.isTrusted(request) else {
      throw StoreError.noCredentials(
        "the container's endpoint is neither https nor on this machine", remedy: "correct the variable")
    }
    var authorized = request
    if let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"],
      let bytes = try? FileReader.contents(ofFile: path, limit: AWSProfiles.largestFile)
    {
      authorized.headers["authorization"] = Self.line(bytes)
    } else if let token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] {
      authorized.headers["authorization"] = Self.line(Array(token.utf8))
    }
    guard let body = try answer(to: authorized), let found = Self.credentials(body) else {
      throw StoreError.noCredentials(
        "the container's endpoint gives none", remedy: "check the role of the task or pod")
    }
    return found
  }

  /// Credentials of the instance, `nil` where this is none or it has no role.
  func instance() throws -> S3Credentials? {
    if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
    var root = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? Self.instanceHost
    while root.hasSuffix("/") { root.removeLast() }
    guard var ticket = Self.request("PUT", root + "/latest/api/token") else { return nil }
    ticket.headers["x-aws-ec2-metadata-token-ttl-seconds"] = "300"
    guard let token = try answer(to: ticket) else { return nil }
    func ask(_ path: String) throws -> [UInt8]? {
      guard var request = Self.request("GET", root + "/latest/meta-data/iam/security-credentials/" + path)
      else { return nil }
      request.headers["x-aws-ec2-metadata-token"] = Self.line(token)
      return try answer(to: request)
    }
    guard let role = try ask("").map(Self.line), !role.isEmpty else { return nil }
    return try ask(PercentEncoding.encode(role)).flatMap(Self.credentials)
  }

  /// The body of an answer of success, `nil` for any other and for none; a second attempt is made.
  private func answer(to request: HTTPRequest) throws -> [UInt8]? {
    for _ in 0..<2 {
      do {
        let response = try transport.send(request, timeouts: Self.timeouts)
        if response.status == 200 { return response.body }
        if response.status < 500 { return nil }
      } catch let failure as HTTPFailure {
        if !failure.isTransient { return nil }
      }
    }
    return nil
  }

  private static func request(_ method: String, _ url: String) -> HTTPRequest? {
    let parts = url.split(separator: "://", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0] == "http" || parts[0] == "https" else { return nil }
    let host = parts[1].prefix { $0 != "/" }
    let path = parts[1].dropFirst(host.count)
    return HTTPRequest(
      method: method, scheme: parts[0], host: String(host), path: path.isEmpty ? "/" : String(path))
  }

  /// A token and credentials must not pass over a network in the clear: the addresses are this machine's and AWS's own
  /// on the machine.
  private static func isTrusted(_ request: HTTPRequest) -> Bool {
    if request.scheme == "https" { return true }
    let isBracketed = request.host.hasPrefix("[")
    let host = isBracketed ? request.host.prefix { $0 != "]" }.dropFirst() : request.host.prefix { $0 != ":" }
    // Nothing but a port may follow: in 127.0.0.1:80@example.com the host is another.
    let port = request.host.dropFirst(host.count + (isBracketed ? 2 : 0))
    guard port.isEmpty || port.wholeMatch(of: /:[0-9]+/) != nil else { return false }
    return host == "localhost" || isLoopback(host) || ["::1", "fd00:ec2::23"].contains(host)
      || ["169.254.170.2", "169.254.170.23"].contains(host)
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers[0] == 127 && !numbers.contains(nil)
  }

  /// The first line of an answer.
  private static func line(_ bytes: [UInt8]) -> String {
    String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
  }

  private struct Document: Decodable {
    let accessKey: String
    let secretKey: String
    let token: String?
    let expiration: String?

    enum CodingKeys: String, CodingKey {
      case accessKey = "AccessKeyId"
      case secretKey = "SecretAccessKey"
      case token = "Token"
      case expiration = "Expiration"
    }
  }

  private static func credentials(_ body: [UInt8]) -> S3Credentials? {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(body)) else { return nil }
    return S3Credentials(
      accessKey: document.accessKey, secretKey: document.secretKey, sessionToken: document.token,
      expiration: document.expiration.flatMap { try? Date($0, strategy: .iso8601) })
  }
}
