import Synchronization

@testable import Stores

/// A server in memory, as far as the store uses one: what tests may rely on is what S3 promises.
final class FakeS3: HTTPTransport {
  /// An object or an upload in parts.
  struct Entry {
    var bytes: [UInt8] = []
    var headers: [String: String] = [:]
    var parts: [Int: [UInt8]] = [:]
  }

  /// What stands in the way of a request, once.
  enum Fault: Sendable, CaseIterable {
    case lostRequest
    case lostAnswer
    case truncatedAnswer
    case busy
    case broken
    case tooMany
    case damagedRequest
    case damagedAnswer
  }

  struct State {
    var objects: [String: Entry] = [:]
    var uploads: [String: Entry] = [:]
    var requests: [HTTPRequest] = []
    /// How many keys a page of a listing has.
    var pageSize = 1_000
    var count = 0
  }

  let state: Mutex<State>
  private let fault: @Sendable (_ request: Int) -> Fault?

  init(objects: [String: [UInt8]] = [:], fault: @escaping @Sendable (_ request: Int) -> Fault? = { _ in nil })
  {
    state = Mutex(State(objects: objects.mapValues { Entry(bytes: $0) }))
    self.fault = fault
  }

  var objects: [String: Entry] { state.withLock { $0.objects } }
  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) throws -> HTTPResponse {
    try state.withLock { state in
      state.requests.append(request)
      let fault = fault(state.requests.count)
      switch fault {
      case .lostRequest: throw HTTPFailure(reason: "the connection was reset", isTransient: true)
      case .busy: return HTTPResponse(status: 503, body: Array("<Error><Code>SlowDown</Code></Error>".utf8))
      case .broken: return HTTPResponse(status: 500)
      case .tooMany: return HTTPResponse(status: 429)
      default: break
      }
      var received = request
      if fault == .damagedRequest, !received.body.isEmpty { received.body[received.body.count / 2] ^= 1 }
      var answer = Self.answer(received, &state)
      switch fault {
      case .lostAnswer, .truncatedAnswer:
        throw HTTPFailure(reason: "the transfer was cut short", isTransient: true)
      case .damagedAnswer where request.method == "GET" && !answer.body.isEmpty:
        var body = answer.body
        body[body.count / 2] ^= 1
        // XML that is damaged may pass for whole: only the bytes of an object are told by their digest.
        if answer.headers[S3Store.digestField] == nil { body = [] }
        answer = HTTPResponse(status: answer.status, headers: answer.headers, body: body)
      default: break
      }
      return answer
    }
  }

  private static func answer(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
    guard SHA256.hexDigest(of: request.body) == request.headers["x-amz-content-sha256"] else {
      return error(400, "XAmzContentSHA256Mismatch")
    }
    let path = PercentEncoding.decode(request.path.replacing("+", with: "%2B"))
    let parts = path.dropFirst().split(separator: "/", maxSplits: 1).map(String.init)
    guard parts[0] == "bucket" else { return error(404, "NoSuchBucket") }
    let query = Dictionary(request.query.map { ($0.name, $0.value) }) { first, _ in first }
    guard parts.count > 1 else { return list(query, state) }
    let key = parts[1]
    switch request.method {
    case "GET", "HEAD":
      guard let entry = state.objects[key] else { return error(404, "NoSuchKey") }
      var headers = entry.headers
      headers["content-length"] = "\(entry.bytes.count)"
      return HTTPResponse(status: 200, headers: headers, body: request.method == "GET" ? entry.bytes : [])
    case "PUT":
      if let upload = query["uploadId"], let number = query["partNumber"].flatMap({ Int($0) }) {
        guard state.uploads[upload] != nil else { return error(404, "NoSuchUpload") }
        state.uploads[upload]!.parts[number] = request.body
        return HTTPResponse(status: 200, headers: ["etag": "\"part&\(number)\""])
      }
      if request.headers["if-none-match"] == "*", state.objects[key] != nil {
        return error(412, "PreconditionFailed")
      }
      state.objects[key] = Entry(bytes: request.body, headers: request.headers)
      return HTTPResponse(status: 200)
    case "POST": return post(request, key, query, &state)
    default:
      if let upload = query["uploadId"] {
        state.uploads[upload] = nil
      } else {
        state.objects[key] = nil
      }
      return HTTPResponse(status: 204)
    }
  }

  private static func post(
    _ request: HTTPRequest, _ key: String, _ query: [String: String], _ state: inout State
  ) -> HTTPResponse {
    guard let upload = query["uploadId"] else {
      state.count += 1
      state.uploads["upload \(state.count)"] = Entry(headers: request.headers)
      let body =
        "<InitiateMultipartUploadResult><UploadId>upload \(state.count)</UploadId></InitiateMultipartUploadResult>"
      return HTTPResponse(status: 200, body: Array(body.utf8))
    }
    guard let entry = state.uploads[upload] else { return error(404, "NoSuchUpload") }
    let numbers = XMLTags(request.body).all("Part").compactMap { part in
      part["ETag"] == "\"part&\(part["PartNumber"] ?? "")\"" ? part["PartNumber"].flatMap { Int($0) } : nil
    }
    guard numbers == Array(1...entry.parts.count) else { return error(400, "InvalidPart") }
    state.objects[key] = Entry(bytes: numbers.flatMap { entry.parts[$0]! }, headers: entry.headers)
    state.uploads[upload] = nil
    return HTTPResponse(
      status: 200,
      body: Array("<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>".utf8))
  }

  private static func list(_ query: [String: String], _ state: State) -> HTTPResponse {
    let prefix = query["prefix"] ?? ""
    let all = state.objects.keys.filter { $0.hasPrefix(prefix) && $0 > query["continuation-token"] ?? "" }
      .sorted()
    let page = all.prefix(state.pageSize)
    let contents = page.map { "<Contents><Key>\(PercentEncoding.encode($0))</Key><Size>1</Size></Contents>" }
    let more = page.count < all.count
    let body =
      "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\"><KeyCount>\(page.count)</KeyCount><EncodingType>url"
      + "</EncodingType><IsTruncated>\(more)</IsTruncated>"
      + (more ? "<NextContinuationToken>\(page.last!)</NextContinuationToken>" : "")
      + contents.joined() + "</ListBucketResult>"
    return HTTPResponse(status: 200, body: Array(body.utf8))
  }

  private static func error(_ status: Int, _ code: String) -> HTTPResponse {
    HTTPResponse(status: status, body: Array("<Error><Code>\(code)</Code></Error>".utf8))
  }
}

extension S3Store {
  /// A store in `server` that waits for nothing.
  static func test(
    _ server: any HTTPTransport, location: String = "s3://bucket/a prefix", options: S3Options = S3Options(),
    attempts: Int = 8, waits: @escaping @Sendable (Double) -> Void = { _ in },
    interruption: Interruption = Interruption()
  ) throws -> S3Store {
    S3Store(
      location: try S3Location(location),
      client: S3Client(
        endpoint: try S3Endpoint(url: "http://127.0.0.1:9", region: "us-east-1"),
        credentials: FixedCredentials(.test), transport: server,
        retry: RetryPolicy(attempts: attempts, sleep: waits, random: { 0.5 }), timeouts: HTTPTimeouts(),
        now: { .init(timeIntervalSince1970: 0) }), options: options, interruption: interruption)
  }
}

extension S3Credentials {
  /// Secrets that tests look for where none must be.
  static let test = S3Credentials(
    accessKey: "AKIDEXAMPLE", secretKey: "hidden-secret", sessionToken: "hidden-token")
}
