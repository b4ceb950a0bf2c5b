/// One object: how it is asked about and written.
struct S3Object {
  /// The key in the bucket.
  let key: String
  /// The whole address, for messages.
  let place: String
  let bucket: String
  let client: S3Client
  let options: S3Options
  let interruption: Interruption

  /// A request about this object.
  func request(_ method: String, query: [(name: String, value: String)] = []) -> HTTPRequest {
    client.endpoint.request(method, bucket: bucket, key: key, query: query)
  }

  /// Size and digest, `nil` if there is no such object.
  ///
  /// - Parameter content: fetches the object, for one that somebody else stored, without a digest.
  func head(content: () throws -> [UInt8]) throws -> ArtifactSummary? {
    let response: HTTPResponse
    do {
      response = try client.send(request("HEAD"), place: place, expected: [404])
    } catch StoreError.remote(let failure) where (failure.status ?? 500) < 500 {
      // The answer to HEAD has no body to say why; the same question asked otherwise has.
      _ = try client.send(
        client.endpoint.request("GET", bucket: bucket, query: [("list-type", "2"), ("max-keys", "0")]),
        place: place)
      throw StoreError.remote(failure)
    }
    if response.status == 404 { return nil }
    if let digest = response.headers[S3Store.digestField],
      let size = response.headers["content-length"].flatMap({ Int($0) })
    {
      return ArtifactSummary(size: size, sha256: digest)
    }
    let bytes = try content()
    return ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes))
  }

  /// The head of this object where `head` is enough to know it.
  private func isStored(_ summary: ArtifactSummary) throws -> Bool {
    let response = try client.send(request("HEAD"), place: place, expected: [404])
    return response.status == 200 && response.headers[S3Store.digestField] == summary.sha256
      && response.headers["content-length"] == "\(summary.size)"
  }

  /// Stores `bytes` in one request.
  func put(_ bytes: [UInt8], _ summary: ArtifactSummary) throws {
    let response = try send(bytes, summary, overwrites: options.overwrites)
    if response.status == 412 { try expectStored(summary, refusal: response) }
  }

  /// Stores `bytes` where there is no such object; whether this object holds them now. Of several that try at once one
  /// succeeds.
  func putNew(_ bytes: [UInt8], _ summary: ArtifactSummary) throws -> Bool {
    let response = try send(bytes, summary, overwrites: false)
    // The answer to an earlier attempt may have been lost.
    return response.status != 412 ? true : try isStored(summary)
  }

  private func send(
    _ bytes: [UInt8], _ summary: ArtifactSummary, overwrites: Bool
  ) throws -> HTTPResponse {
    var request = request("PUT")
    request.headers = fields(summary)
    if !overwrites { request.headers["if-none-match"] = "*" }
    request.body = bytes
    return try client.send(
      request, payloadHash: summary.sha256, place: place, expected: overwrites ? [] : [412])
  }

  /// Lets a refusal pass where the object is what it was to be: the answer to an earlier attempt may have been lost.
  func expectStored(_ summary: ArtifactSummary, refusal: HTTPResponse) throws {
    guard try isStored(summary) else {
      throw StoreError.remote(RemoteFailure(refusal, place: place, endpoint: client.endpoint))
    }
  }

  /// What is kept beside the bytes.
  func fields(_ summary: ArtifactSummary) -> [String: String] {
    var fields = ["content-type": ContentType.of(key), S3Store.digestField: summary.sha256]
    switch options.encryption {
    case .byDefault: break
    case .aes256: fields["x-amz-server-side-encryption"] = "AES256"
    case .keyManagement(let key):
      fields["x-amz-server-side-encryption"] = "aws:kms"
      fields["x-amz-server-side-encryption-aws-kms-key-id"] = key
    }
    return fields
  }
}

/// What browsers and tools are told that an artifact is.
enum ContentType {
  /// By the end of the key.
  static func of(_ key: String) -> String {
    switch key.split(separator: ".").last {
    case "csv": "text/csv"
    case "json": "application/json"
    case "png": "image/png"
    default: "application/octet-stream"
    }
  }
}
