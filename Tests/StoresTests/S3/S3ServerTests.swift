import Dispatch
import FoundationEssentials
import Synchronization
import Testing

@testable import Stores

/// Servers that `scripts/test-s3` starts.
enum S3Servers {
  private static let variables = ProcessInfo.processInfo.environment
  /// Verifies signatures, payload hashes, clocks and regions.
  static let strict = variables["FLUKE_TEST_S3_ENDPOINT"]
  /// The strict one and others.
  static let all = [strict, variables["FLUKE_TEST_S3_LENIENT_ENDPOINT"]].compactMap { $0 }
  static let reason: Comment =
    "FLUKE_TEST_S3_ENDPOINT is not set; scripts/test-s3 starts the servers and sets it"

  /// A transport to `url` as the program has it.
  static func store(
    _ url: String, _ prefix: String, bucket: String = "fluke-tests", region: String = "us-east-1",
    credentials: S3Credentials? = nil, options: S3Options = S3Options(), skew: Double = 0,
    transport: (any HTTPTransport)? = nil
  ) throws -> S3Store {
    let environment = AWSEnvironment(variables: variables)
    let transport = transport ?? CurlTransport(connections: 4)
    let source: any CredentialSource =
      credentials.map { FixedCredentials($0) }
      ?? CredentialChain(environment: environment, transport: transport)
    return S3Store(
      location: try S3Location("s3://\(bucket)/\(prefix)"),
      client: S3Client(
        endpoint: try S3Endpoint(url: url, region: region), credentials: source, transport: transport,
        retry: RetryPolicy(sleep: { _ in }), timeouts: HTTPTimeouts(),
        now: { Date(timeIntervalSinceNow: skew) }), options: options)
  }
}

/// The store against servers that other people wrote.
@Suite(.enabled(if: S3Servers.strict != nil, S3Servers.reason)) struct S3ServerTests {
  @Test(
    arguments: S3Servers.all, S3StoreTests.keys + ["a.b/./c".replacing("/./", with: "/.c/"), "tilde~*'()!"])
  func keepsAndReturns(url: String, key: String) throws {
    let store = try S3Servers.store(url, "odd keys + é/\(UInt64.random(in: .min ... .max))")
    let bytes = Array("bytes of \(key)".utf8)
    let summary = try store.put(key, bytes)
    #expect(try store.get(key) == bytes)
    #expect(try store.head(key) == summary)
    #expect(try store.list(prefix: "") == [key])
    #expect(try store.list(prefix: String(key.prefix(2))) == [key])
    try store.put(key, [])
    #expect(try store.get(key) == [])
    try store.remove(key)
    #expect(try store.head(key) == nil)
    #expect(try store.list(prefix: "") == [])
    #expect(store.retries == 0)
  }

  @Test(arguments: S3Servers.all) func listsPastAThousandKeys(url: String) throws {
    let store = try S3Servers.store(url, "many")
    let keys = (0..<1_050).map { "results/\($0) + \($0 % 7).csv" }
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: keys.count) { index in
      do { try store.put(keys[index], [1]) } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try store.list(prefix: "results/") == keys.sorted())
  }

  @Test(arguments: S3Servers.all, [false, true]) func goesInParts(url: String, isKnown: Bool) throws {
    let store = try S3Servers.store(url, "large")
    let chunk = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    let bytes = Array([[UInt8]](repeating: chunk, count: 40).joined()) + [1, 2, 3]
    let expected = ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes))
    let key = "parts \(isKnown).csv"
    func body(_ append: ([UInt8]) throws -> Void) throws {
      for _ in 0..<40 { try append(chunk) }
      try append([1, 2, 3])
    }
    let summary =
      isKnown ? try store.put(key, expecting: expected, writing: body) : try store.put(key, writing: body)
    #expect(summary == expected)
    #expect(try store.head(key) == expected)
    #expect(try store.get(key) == bytes)
    #expect(try store.list(prefix: "parts \(isKnown)") == [key])
  }

  @Test(arguments: S3Servers.all) func overwritesOnlyWhereAllowed(url: String) throws {
    var options = S3Options()
    options.overwrites = false
    let store = try S3Servers.store(url, "once", options: options)
    try store.put("a", [1])
    try store.put("a", [1])
    let error = #expect(throws: StoreError.self) { try store.put("a", [2]) }
    #expect(error?.exitStatus == 73)
    #expect(try store.get("a") == [1])
  }

  /// Flips a bit of what is sent, after it was signed.
  private struct Damaging: HTTPTransport {
    let transport = CurlTransport(connections: 1)

    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) throws -> HTTPResponse {
      var damaged = request
      if !damaged.body.isEmpty { damaged.body[0] ^= 1 }
      return try transport.send(damaged, timeouts: timeouts)
    }
  }

  @Test func aDamagedBodyIsRefused() throws {
    let url = try #require(S3Servers.strict)
    let store = try S3Servers.store(url, "damaged", transport: Damaging())
    let error = #expect(throws: StoreError.self) { try store.put("a", [1, 2, 3]) }
    #expect(error?.exitStatus == 69)
    #expect(store.retries == 7)
    #expect(try S3Servers.store(url, "damaged").head("a") == nil)
  }

  /// What a strict server refuses, the status that it ends with, and a word of the reason.
  @Test(
    arguments: [
      ("secret", 77, "SignatureDoesNotMatch"), ("key", 77, "answers 403"),
      ("region", 77, "set AWS_REGION=us-east-1"),
      ("clock", 77, "set the clock"), ("bucket", 66, "NoSuchBucket"),
    ] as [(String, Int32, String)])
  func refusals(what: String, status: Int32, word: String) throws {
    let url = try #require(S3Servers.strict)
    let credentials =
      switch what {
      case "secret": S3Credentials(accessKey: "test:tester", secretKey: "hidden")
      case "key": S3Credentials(accessKey: "hidden", secretKey: "hidden")
      default: nil as S3Credentials?
      }
    let store = try S3Servers.store(
      url, "a", bucket: what == "bucket" ? "no-such-bucket" : "fluke-tests",
      region: what == "region" ? "eu-west-1" : "us-east-1", credentials: credentials,
      skew: what == "clock" ? -3_600 : 0)
    var actions: [() throws -> Void] = [{ try store.put("b", [1]) }, { _ = try store.list(prefix: "") }]
    // Of an object in a bucket that does not exist there is nothing to tell but that it does not exist either.
    if what != "bucket" { actions.append { _ = try store.head("b") } }
    for action in actions {
      let error = try #require(#expect(throws: StoreError.self) { try action() })
      #expect(error.exitStatus == status, "\(error)")
      #expect(error.description.contains(word), "\(error)")
      #expect(!error.description.contains("hidden"))
    }
    #expect(store.retries == 0)
  }
}

/// What needs no server: nobody listens on this port of loopback.
@Suite struct CurlTransportTests {
  @Test func nobodyIsThere() throws {
    let transport = CurlTransport(connections: 2)
    let request = HTTPRequest(method: "GET", scheme: "http", host: "127.0.0.1:1", path: "/")
    for _ in 0..<3 {
      let failure = #expect(throws: HTTPFailure.self) {
        try transport.send(request, timeouts: HTTPTimeouts())
      }
      #expect(failure == HTTPFailure(reason: "couldn't connect to server", isTransient: true))
    }
  }

  @Test(arguments: ["ftp", "file", "gopher"]) func speaksHTTPOnly(scheme: String) throws {
    let request = HTTPRequest(method: "GET", scheme: scheme, host: "127.0.0.1:1", path: "/etc/hostname")
    #expect(throws: HTTPFailure.self) {
      try CurlTransport(connections: 1).send(request, timeouts: HTTPTimeouts())
    }
  }

  @Test func theWishToStopComesFirst() throws {
    let interruption = Interruption()
    interruption.request()
    let transport = CurlTransport(connections: 1, interruption: interruption)
    let request = HTTPRequest(method: "GET", scheme: "http", host: "127.0.0.1:1", path: "/")
    #expect(throws: Interrupted()) { try transport.send(request, timeouts: HTTPTimeouts()) }
    var timeouts = HTTPTimeouts()
    timeouts.heedsInterruption = false
    #expect(throws: HTTPFailure.self) { try transport.send(request, timeouts: timeouts) }
  }
}
