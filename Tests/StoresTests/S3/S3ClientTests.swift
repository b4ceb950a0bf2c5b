import Synchronization
import Testing

@testable import Stores

/// What is tried again and what is not, how long is waited, and what is said in the end.
@Suite struct S3ClientTests {
  /// Answers with the same thing always, and counts.
  final class Always: HTTPTransport {
    let count = Mutex(0)
    private let answer: @Sendable () throws -> HTTPResponse

    init(_ answer: @escaping @Sendable () throws -> HTTPResponse) {
      self.answer = answer
    }

    func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) throws -> HTTPResponse {
      count.withLock { $0 += 1 }
      return try answer()
    }
  }

  /// An answer that refuses, and how it ends.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let status: Int
    var code: String? = nil
    let attempts: Int
    let exitStatus: Int32
    let words: String

    var testDescription: String { "\(status) \(code ?? "")" }
  }

  static let refusals = [
    Refusal(status: 500, code: "InternalError", attempts: 8, exitStatus: 69, words: "500 InternalError"),
    Refusal(status: 502, attempts: 8, exitStatus: 69, words: "502, expected success, 8 times in a row"),
    Refusal(status: 503, code: "SlowDown", attempts: 8, exitStatus: 69, words: "503 SlowDown"),
    Refusal(status: 429, attempts: 8, exitStatus: 69, words: "429"),
    Refusal(status: 400, code: "BadDigest", attempts: 8, exitStatus: 69, words: "400 BadDigest"),
    Refusal(status: 400, code: "InvalidRequest", attempts: 1, exitStatus: 69, words: "400 InvalidRequest"),
    Refusal(status: 400, code: "ExpiredToken", attempts: 1, exitStatus: 77, words: "get new credentials"),
    Refusal(
      status: 400, code: "AuthorizationHeaderMalformed", attempts: 1, exitStatus: 77,
      words: "expected the region of the bucket, eu-west-3, and found us-east-1; set AWS_REGION=eu-west-3"),
    Refusal(
      status: 301, code: "PermanentRedirect", attempts: 1, exitStatus: 77, words: "set AWS_REGION=eu-west-3"),
    Refusal(status: 401, attempts: 1, exitStatus: 77, words: "401, expected permission"),
    Refusal(status: 403, code: "AccessDenied", attempts: 1, exitStatus: 77, words: "403 AccessDenied"),
    Refusal(
      status: 403, code: "SignatureDoesNotMatch", attempts: 1, exitStatus: 77, words: "check the credentials"),
    Refusal(status: 403, code: "RequestTimeTooSkewed", attempts: 1, exitStatus: 77, words: "set the clock"),
    Refusal(status: 404, code: "NoSuchBucket", attempts: 1, exitStatus: 66, words: "create it or correct"),
    Refusal(status: 404, code: "NoSuchKey", attempts: 1, exitStatus: 66, words: "check the prefix"),
    Refusal(
      status: 412, code: "PreconditionFailed", attempts: 1, exitStatus: 73, words: "allow to overwrite"),
  ]

  @Test(arguments: refusals) func endsInOneLine(_ refusal: Refusal) throws {
    let body = refusal.code.map {
      "<Error><Code>\($0)</Code><Message>hidden-secret hidden-token\nmore</Message><Region>eu-west-3</Region></Error>"
    }
    let server = Always { HTTPResponse(status: refusal.status, body: Array((body ?? "").utf8)) }
    let store = try S3Store.test(server)
    let error = try #require(#expect(throws: StoreError.self) { try store.get("a") })
    #expect(error.exitStatus == refusal.exitStatus)
    #expect(
      error.description.hasPrefix("s3://bucket/a prefix/a: http://127.0.0.1:9 answers \(refusal.status)"))
    #expect(error.description.contains(refusal.words), "\(error)")
    #expect(server.count.withLock { $0 } == refusal.attempts)
    #expect(store.retries == refusal.attempts - 1)
  }

  @Test(arguments: [true, false]) func noAnswer(isTransient: Bool) throws {
    let server = Always { throw HTTPFailure(reason: "nobody is there", isTransient: isTransient) }
    let error = try #require(#expect(throws: StoreError.self) { try S3Store.test(server).get("a") })
    #expect(error.exitStatus == 69)
    #expect(
      error.description
        == "s3://bucket/a prefix/a: http://127.0.0.1:9 cannot be reached, nobody is there, expected an S3 server"
        + (isTransient ? ", 8 times in a row" : "") + "; check the network and the endpoint")
    #expect(server.count.withLock { $0 } == (isTransient ? 8 : 1))
  }

  /// No failure shows a secret, in whatever way it is turned into text.
  @Test(arguments: refusals) func noSecretShows(_ refusal: Refusal) throws {
    let code = refusal.code ?? "hidden-secret hidden-token"
    let body =
      "<Error><Code>\(code)</Code><Message>hidden-secret</Message><Region>hidden token?</Region></Error>"
    let server = Always { HTTPResponse(status: refusal.status, body: Array(body.utf8)) }
    let store = try S3Store.test(server)
    for action in [
      { _ = try store.get("a") }, { _ = try store.head("a") }, { _ = try store.list(prefix: "") },
      { try store.put("a", [1]) }, { try store.remove("a") },
    ] as [() throws -> Void] {
      do { try action() } catch {
        var text = "\(error) \(String(reflecting: error))"
        dump(error, to: &text)
        #expect(!text.contains("hidden"), "\(text)")
      }
    }
    var text = "\(S3Credentials.test) \(String(reflecting: S3Credentials.test))"
    dump(S3Credentials.test, to: &text)
    dump(store, to: &text)
    #expect(!text.contains("hidden-"), "\(text)")
  }

  @Test func waitsLongerEachTimeUpToABound() throws {
    let server = Always { HTTPResponse(status: 503) }
    let note = Noted()
    let store = try S3Store.test(server, attempts: 12) { note.append($0) }
    #expect(throws: StoreError.self) { try store.get("a") }
    // Half of every bound, as the random number is always 0.5.
    let bounds = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10, 10, 10]
    #expect(note.all.count == bounds.count)
    for (wait, bound) in zip(note.all, bounds) { #expect(abs(wait - bound / 2) < 1e-12) }
  }

  private final class Noted: Sendable {
    private let values = Mutex<[Double]>([])
    var all: [Double] { values.withLock { $0 } }
    func append(_ value: Double) { values.withLock { $0.append(value) } }
  }

  @Test func theWishToStopEndsTheWait() throws {
    let interruption = Interruption()
    let server = Always {
      interruption.request()
      return HTTPResponse(status: 503)
    }
    let client = S3Client(
      endpoint: S3Endpoint(region: "us-east-1"), credentials: FixedCredentials(.test), transport: server,
      retry: RetryPolicy(firstBound: 1e6, longestBound: 1e6, sleep: interruption.sleep),
      timeouts: HTTPTimeouts(),
      now: { .init(timeIntervalSince1970: 0) })
    let store = S3Store(location: try S3Location("s3://bucket"), client: client)
    #expect(throws: Interrupted()) { try store.get("a") }
    #expect(server.count.withLock { $0 } == 1)
  }
}
