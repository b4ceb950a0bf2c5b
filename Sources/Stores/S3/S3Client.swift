import FoundationEssentials
import Synchronization

/// Asks an S3 server: signs, sends, tries again what may fare better, and says in words why it gave up.
final class S3Client: Sendable {
  /// The server.
  let endpoint: S3Endpoint
  private let credentials: any CredentialSource
  private let transport: any HTTPTransport
  private let retry: RetryPolicy
  private let now: @Sendable () -> Date
  private let timeouts: HTTPTimeouts
  private let repeated = Atomic(0)

  /// How often a request was sent again.
  var retries: Int { repeated.load(ordering: .relaxed) }

  init(
    endpoint: S3Endpoint, credentials: any CredentialSource, transport: any HTTPTransport,
    retry: RetryPolicy, timeouts: HTTPTimeouts, now: @escaping @Sendable () -> Date
  ) {
    self.endpoint = endpoint
    self.credentials = credentials
    self.transport = transport
    self.retry = retry
    self.timeouts = timeouts
    self.now = now
  }

  /// What one attempt came to.
  private enum Outcome {
    case success(HTTPResponse)
    case failure(RemoteFailure, isTransient: Bool)
  }

  /// The answer to `request`, which is one of success or of `expected`.
  ///
  /// - Parameters:
  ///   - payloadHash: the digest of the body, where it is known already.
  ///   - place: the address in the bucket, for messages.
  ///   - isTidying: whether this is sent even after the wish to stop, and once.
  ///   - problem: what is wrong with an answer of success, `nil` if it is whole.
  /// - Throws: ``StoreError/remote(_:)``, ``StoreError/noCredentials(_:remedy:)``, ``Interrupted``.
  func send(
    _ request: HTTPRequest, payloadHash: String? = nil, place: String, expected: Set<Int> = [],
    isTidying: Bool = false, problem: (HTTPResponse) -> String? = { _ in nil }
  ) throws -> HTTPResponse {
    let hash = payloadHash ?? SHA256.hexDigest(of: request.body)
    var timeouts = timeouts
    if isTidying { (timeouts.total, timeouts.heedsInterruption) = (5, false) }
    let attempts = isTidying ? 1 : retry.attempts
    for attempt in 1... {
      let outcome = try attemptOnce(
        request, payloadHash: hash, place: place, expected: expected, timeouts: timeouts, problem: problem)
      switch outcome {
      case .success(let response): return response
      case .failure(let failure, let isTransient):
        guard isTransient, attempt < attempts else {
          throw StoreError.remote(isTransient && attempt > 1 ? failure.after(attempts: attempt) : failure)
        }
      }
      repeated.wrappingAdd(1, ordering: .relaxed)
      try retry.sleep(retry.delay(after: attempt))
    }
    preconditionFailure("attempts end")
  }

  private func attemptOnce(
    _ request: HTTPRequest, payloadHash: String, place: String, expected: Set<Int>, timeouts: HTTPTimeouts,
    problem: (HTTPResponse) -> String?
  ) throws -> Outcome {
    let time = now()
    let signature = SignatureV4(
      credentials: try credentials.credentials(at: time), region: endpoint.region)
    let response: HTTPResponse
    do {
      response = try transport.send(
        signature.sign(request, payloadHash: payloadHash, at: time), timeouts: timeouts)
    } catch let failure as HTTPFailure {
      return .failure(
        RemoteFailure(
          place: place, kind: .unavailable,
          reason: "\(endpoint.address) cannot be reached, \(failure.reason), expected an S3 server",
          remedy: "check the network and the endpoint"), isTransient: failure.isTransient)
    }
    if (200..<300).contains(response.status) {
      guard let problem = problem(response) else { return .success(response) }
      let failure = RemoteFailure(
        place: place, kind: .damaged, reason: "\(endpoint.address) answers with \(problem)",
        remedy: "upload it again")
      return .failure(failure, isTransient: true)
    }
    if expected.contains(response.status) { return .success(response) }
    let code = XMLTags(response.body)["Code"] ?? ""
    return .failure(
      RemoteFailure(response, place: place, endpoint: endpoint),
      isTransient: RetryPolicy.transientStatuses.contains(response.status)
        || RetryPolicy.damageCodes.contains(code))
  }
}

extension RemoteFailure {
  /// The same, and how often it was tried.
  fileprivate func after(attempts: Int) -> RemoteFailure {
    RemoteFailure(
      place: place, kind: kind, reason: "\(reason), \(attempts) times in a row", remedy: remedy,
      status: status)
  }
}
