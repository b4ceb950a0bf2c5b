import FoundationEssentials

/// Artifacts as objects below a prefix of a bucket, in AWS or in another server that speaks S3.
///
/// An object appears whole or not at all, as S3 has it; the hash of every body is part of what is signed, so that a server
/// refuses one that was damaged on its way. The digest of the whole lies beside the object (`x-amz-meta-sha256`), for
/// ``head(_:)`` and against damage on the way back.
public struct S3Store: ArtifactStore {
  /// Where the objects lie.
  public let location: S3Location
  private let client: S3Client
  private let options: S3Options
  private let interruption: Interruption

  /// More pages of a listing than this, of 1,000 keys each, are not read.
  static let mostPages = 10_000
  /// The field that holds the digest.
  static let digestField = "x-amz-meta-sha256"

  init(
    location: S3Location, client: S3Client, options: S3Options = S3Options(),
    interruption: Interruption = Interruption()
  ) {
    self.location = location
    self.client = client
    self.options = options
    self.interruption = interruption
  }

  /// The store at `location`, with server, region and credentials as the environment has them. Credentials are looked for
  /// at once, so that a run that could not be uploaded does not begin; the bucket is not asked.
  ///
  /// - Parameters:
  ///   - endpointURL: the server in place of the environment's.
  ///   - connections: how many requests may be under way at once.
  /// - Throws: ``StoreError/badLocation(_:problem:)``, ``StoreError/noCredentials(_:remedy:)``, ``Interrupted``.
  public init(
    location: S3Location, endpointURL: String? = nil, environment: AWSEnvironment,
    options: S3Options = S3Options(), connections: Int = 8, interruption: Interruption
  ) throws {
    let endpoint = try environment.endpoint(url: endpointURL)
    let transport = CurlTransport(
      connections: connections, certificates: environment["AWS_CA_BUNDLE"], interruption: interruption)
    let credentials = CredentialChain(environment: environment, transport: transport)
    _ = try credentials.credentials(at: Date())
    let client = S3Client(
      endpoint: endpoint, credentials: credentials, transport: transport,
      retry: RetryPolicy(attempts: environment.attempts ?? 8, sleep: interruption.sleep),
      timeouts: HTTPTimeouts(), now: { Date() })
    self.init(location: location, client: client, options: options, interruption: interruption)
  }

  public var retries: Int { client.retries }

  public var identity: String? { "\(client.endpoint.address) \(location)" }

  public func putNew(_ key: String, _ bytes: [UInt8]) throws -> Bool {
    let summary = ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes))
    return try object(key).putNew(bytes, summary)
  }

  @discardableResult
  public func put(
    _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    try object(key).write(expecting: nil, body)
  }

  @discardableResult
  public func put(
    _ key: String, expecting expected: ArtifactSummary,
    writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws -> ArtifactSummary {
    try object(key).write(expecting: expected, body)
  }

  public func get(_ key: String) throws -> [UInt8] {
    let object = try object(key)
    var request = object.request("GET")
    request.largestAnswer = DirectoryStore.maximumArtifactSize
    return try client.send(request, place: object.place) { response in
      guard let digest = response.headers[Self.digestField] else { return nil }
      let found = SHA256.hexDigest(of: response.body)
      return found == digest
        ? nil : "bytes of SHA-256 \(found.prefix(12))…, expected \(digest.prefix(12))…"
    }.body
  }

  public func head(_ key: String) throws -> ArtifactSummary? {
    try object(key).head { try get(key) }
  }

  public func list(prefix: String) throws -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? ""
    if !folder.isEmpty { try ArtifactKey.check(folder) }
    let start = location.objectKey("")
    var keys: [String] = []
    var token: String?
    for _ in 0..<Self.mostPages {
      let page = try page(start + prefix, after: token)
      // Consoles put objects that end with a slash for folders: they are no artifacts, and in nobody's way.
      keys += page.keys.filter { $0.hasPrefix(start) && !$0.hasSuffix("/") }
        .map { String($0.dropFirst(start.count)) }
      guard let next = page.next, next != token else { return keys.sorted() }
      token = next
    }
    throw StoreError.tooLarge(path: "\(location)", limit: Self.mostPages * 1_000)
  }

  public func remove(_ key: String) throws {
    let object = try object(key)
    _ = try client.send(object.request("DELETE"), place: object.place, expected: [404])
  }

  private func object(_ key: String) throws(StoreError) -> S3Object {
    try ArtifactKey.check(key)
    let objectKey = location.objectKey(key)
    // The prefix counts too.
    try ArtifactKey.check(objectKey)
    return S3Object(
      key: objectKey, place: "\(location)/\(key)", bucket: location.bucket, client: client, options: options,
      interruption: interruption)
  }

  private func page(_ prefix: String, after token: String?) throws -> S3Listing {
    var query = [(name: "list-type", value: "2"), ("encoding-type", "url"), ("prefix", prefix)]
    if let token { query.append(("continuation-token", token)) }
    let request = client.endpoint.request("GET", bucket: location.bucket, query: query)
    let response = try client.send(request, place: "\(location)") { response in
      S3Listing(response.body) == nil ? "half a listing, expected all of it" : nil
    }
    return S3Listing(response.body)!
  }
}

/// How objects are kept.
public struct S3Options: Sendable, Equatable {
  /// What the server encrypts objects with.
  public enum Encryption: Sendable, Equatable {
    /// As the bucket has it.
    case byDefault
    /// Keys of the server's own.
    case aes256
    /// A key of AWS's key management, or that of the bucket.
    case keyManagement(key: String?)
  }

  /// What the server encrypts objects with.
  public var encryption = Encryption.byDefault
  /// Whether an object that exists is replaced; otherwise it is an error, unless it holds the same bytes.
  public var overwrites = true
  /// Objects beyond this size go in parts of it, each repeated on its own where it fails: at least 5 MiB in S3.
  public var partSize = 16 << 20

  public init() {}
}

/// One page of a listing.
struct S3Listing {
  /// The whole keys in the bucket.
  let keys: [String]
  /// What the next page is asked for with; `nil` at the end.
  let next: String?

  /// `nil` if the answer is not whole.
  init?(_ body: [UInt8]) {
    let tags = XMLTags(body)
    guard let result = tags.all("ListBucketResult").first else { return nil }
    let isEncoded = result["EncodingType"] == "url"
    let keys = result.all("Contents").map { $0["Key"] }
    guard !keys.contains(nil) else { return nil }
    self.keys = keys.compactMap { $0 }.map { isEncoded ? PercentEncoding.decode($0) : $0 }
    let isTruncated = result["IsTruncated"] == "true"
    next = isTruncated ? result["NextContinuationToken"] : nil
    if isTruncated && next == nil { return nil }
  }
}
