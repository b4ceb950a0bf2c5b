import FoundationEssentials

/// AWS's Signature Version 4 in header fields: a pure function of request, credentials, region and time.
///
/// libcurl can sign too (`CURLOPT_AWS_SIGV4`), but the version that Debian 12 has, 7.88, takes the query as it stands and
/// signs it wrongly unless it is sorted and encoded already, fails on a query name without a value (`?uploads`), leaves
/// the payload's hash to the caller, and later versions differ in all three. A function of our own has one behaviour
/// everywhere, and AWS's published examples prove it byte for byte.
///
/// Reference: AWS, "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)".
struct SignatureV4: Sendable {
  /// Who signs.
  let credentials: S3Credentials
  /// Where the server stands, such as `us-east-1`.
  let region: String
  /// The service's name in the scope of the key.
  var service = "s3"

  /// The fields that never are signed: proxies may change them, or they are the signature.
  private static let unsigned: Set<String> = ["authorization", "connection", "expect", "user-agent"]

  /// `request` with the fields that sign it. Its fields `host`, `x-amz-date`, `x-amz-content-sha256` and
  /// `x-amz-security-token` are filled in; all others are signed as they are.
  ///
  /// - Parameter payloadHash: the SHA-256 digest of the body, in hexadecimal digits.
  func sign(_ request: HTTPRequest, payloadHash: String, at time: Date) -> HTTPRequest {
    var signed = request
    signed.headers["host"] = request.host
    signed.headers["x-amz-date"] = Self.timestamp(time)
    if service == "s3" { signed.headers["x-amz-content-sha256"] = payloadHash }
    if let token = credentials.sessionToken { signed.headers["x-amz-security-token"] = token }
    let fields = Self.signedFields(signed)
    let names = fields.map(\.name).joined(separator: ";")
    let scope = self.scope(at: time)
    let text = stringToSign(Self.canonicalRequest(signed, payloadHash: payloadHash), at: time)
    let signature = SHA256.hexDigits(SHA256.authenticate(Array(text.utf8), key: signingKey(at: time)))
    signed.headers["authorization"] =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
    return signed
  }

  /// The request in the one form that client and server agree on.
  static func canonicalRequest(_ request: HTTPRequest, payloadHash: String) -> String {
    let fields = signedFields(request)
    let lines = fields.map { "\($0.name):\($0.value)\n" }.joined()
    let names = fields.map(\.name).joined(separator: ";")
    return [
      request.method, request.path, PercentEncoding.query(request.query), lines, names, payloadHash,
    ].joined(separator: "\n")
  }

  /// What the key is applied to.
  func stringToSign(_ canonicalRequest: String, at time: Date) -> String {
    [
      "AWS4-HMAC-SHA256", Self.timestamp(time), scope(at: time),
      SHA256.hexDigest(of: Array(canonicalRequest.utf8)),
    ].joined(separator: "\n")
  }

  private func scope(at time: Date) -> String {
    "\(Self.timestamp(time).prefix(8))/\(region)/\(service)/aws4_request"
  }

  /// The secret, narrowed to a day, a region and a service.
  private func signingKey(at time: Date) -> [UInt8] {
    let parts = [String(Self.timestamp(time).prefix(8)), region, service, "aws4_request"]
    return parts.reduce(Array("AWS4\(credentials.secretKey)".utf8)) { key, part in
      SHA256.authenticate(Array(part.utf8), key: key)
    }
  }

  /// The fields that are signed: lower-case names in order, values without outer and with single inner spaces.
  private static func signedFields(_ request: HTTPRequest) -> [(name: String, value: String)] {
    request.headers.map { (name: $0.key.lowercased(), value: collapsed($0.value)) }
      .filter { !unsigned.contains($0.name) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private static func collapsed(_ value: String) -> String {
    value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  /// `20130524T000000Z`.
  static func timestamp(_ time: Date) -> String {
    time.formatted(
      Date.ISO8601FormatStyle(
        dateSeparator: .omitted, dateTimeSeparator: .standard, timeSeparator: .omitted,
        timeZoneSeparator: .omitted, includingFractionalSeconds: false, timeZone: .gmt))
  }
}
