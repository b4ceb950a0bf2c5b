/// What is asked of a server.
public struct HTTPRequest: Sendable, Equatable {
  /// `GET`, `PUT` and so on.
  public var method: String
  /// `http` or `https`.
  public var scheme: String
  /// The host, with its port where that is not the scheme's own.
  public var host: String
  /// The path from the first slash on, percent-encoded as it is to be sent.
  public var path: String
  /// Names and values of the query, not yet encoded.
  public var query: [(name: String, value: String)]
  /// Header fields; names in any case, none twice.
  public var headers: [String: String]
  /// What is sent.
  public var body: [UInt8]
  /// The bytes of an answer of success beyond which it is refused. Of another answer no more than
  /// ``largestRefusal`` are kept, which is enough to say why.
  public var largestAnswer = 16 << 20
  /// The bytes that are kept of an answer that is none of success.
  public static let largestRefusal = 1 << 20

  public init(
    method: String, scheme: String, host: String, path: String, query: [(name: String, value: String)] = [],
    headers: [String: String] = [:], body: [UInt8] = []
  ) {
    self.method = method
    self.scheme = scheme
    self.host = host
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// Path and query in the order and the encoding that a signature is made of.
  public var target: String {
    query.isEmpty ? path : path + "?" + PercentEncoding.query(query)
  }

  /// The whole address.
  public var url: String { "\(scheme)://\(host)\(target)" }

  public static func == (first: HTTPRequest, second: HTTPRequest) -> Bool {
    first.method == second.method && first.url == second.url && first.headers == second.headers
      && first.body == second.body
  }
}

/// What a server answers.
public struct HTTPResponse: Sendable, Equatable {
  /// The status, such as 200.
  public let status: Int
  /// Header fields, their names in lower case.
  public let headers: [String: String]
  /// The body, whole.
  public let body: [UInt8]

  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// Why there is no answer, or none that is whole.
public struct HTTPFailure: Error, Sendable, Equatable {
  /// The reason in words.
  public let reason: String
  /// Whether the same request may fare better a moment later.
  public let isTransient: Bool

  public init(reason: String, isTransient: Bool) {
    self.reason = reason
    self.isTransient = isTransient
  }
}

/// How long a server may take.
public struct HTTPTimeouts: Sendable, Equatable {
  /// Seconds until it has taken the connection.
  public var connect: Double
  /// Whole seconds in which hardly a byte moves; 0 for no limit.
  public var stall: Int
  /// Seconds for all of it; `nil` for no limit, because a large body over a slow line takes what it takes.
  public var total: Double?
  /// Whether the wish to stop ends the wait; not for what tidies up on the way out.
  public var heedsInterruption = true

  public init(connect: Double = 10, stall: Int = 30, total: Double? = nil) {
    self.connect = connect
    self.stall = stall
    self.total = total
  }
}

/// Carries one request to a server and its answer back; whatever the status, that is an answer.
public protocol HTTPTransport: Sendable {
  /// - Throws: ``HTTPFailure``, ``Interrupted``.
  func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) throws -> HTTPResponse
}
