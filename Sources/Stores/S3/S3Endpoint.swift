/// Which server is asked, and how its addresses name a bucket.
public struct S3Endpoint: Sendable, Equatable {
  /// The region in signatures.
  public let region: String
  /// `http` or `https`.
  let scheme: String
  /// The host, with its port where it has one; of AWS without the bucket.
  let host: String
  /// A path before the bucket's, without a slash at its end.
  let path: String
  /// Whether the bucket stands in the path and not in the host's name.
  let isPathStyle: Bool

  /// AWS in `region`.
  public init(region: String) {
    self.region = region
    scheme = "https"
    let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
    (host, path, isPathStyle) = ("s3.\(region).\(domain)", "", false)
  }

  /// Another server, at `url`: the bucket stands in the path, because few have a name for each of their buckets.
  ///
  /// - Throws: ``StoreError/badLocation(_:problem:)``.
  public init(url: String, region: String) throws(StoreError) {
    let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
    if url.contains("@") {
      // What stands before it may be a password, which no message repeats.
      throw .badLocation(
        "the server's address", problem: "names a user or a password, which stands before its @")
    }
    guard parts.count == 2, parts[0] == "http" || parts[0] == "https" else {
      throw .badLocation(url, problem: "does not begin with http:// or https://")
    }
    let rest = parts[1].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard !rest[0].isEmpty, !url.contains(where: { $0 == "?" || $0 == "#" || $0.isWhitespace })
    else {
      throw .badLocation(url, problem: "is not a host with or without a port and a path")
    }
    var path = rest.count > 1 ? "/" + rest[1] : ""
    while path.hasSuffix("/") { path.removeLast() }
    self.region = region
    (scheme, host) = (String(parts[0]), String(rest[0]))
    (self.path, isPathStyle) = (path, true)
  }

  /// A request for the object `key` of `bucket`, or for the bucket itself.
  func request(
    _ method: String, bucket: String, key: String? = nil, query: [(name: String, value: String)] = []
  ) -> HTTPRequest {
    // A dot in a bucket's name does not fit the certificate for one label.
    let isPathStyle = isPathStyle || bucket.contains(".")
    let object = key.map { PercentEncoding.encode($0, keepsSlashes: true) }
    return HTTPRequest(
      method: method, scheme: scheme, host: isPathStyle ? host : "\(bucket).\(host)",
      path: path + (isPathStyle ? "/\(PercentEncoding.encode(bucket))" : "")
        + (object.map { "/\($0)" } ?? (isPathStyle ? "" : "/")),
      query: query)
  }

  /// The address without bucket, for messages.
  var address: String { "\(scheme)://\(host)\(path)" }
}
