import CCurl
import Synchronization

/// HTTP by libcurl: connections are kept and used again, certificates are verified, nothing is redirected, and a proxy of
/// the usual variables (`https_proxy`) is used.
///
/// This is the one file that calls libcurl. `unsafe` covers its handles, each of which is made, used by one thread at a
/// time (it lies in a lock) and freed here, and pointers to a request's own strings, body and state, which live until
/// `curl_easy_perform` returns and are forgotten with the next reset.
public final class CurlTransport: HTTPTransport {
  private let lanes: [Lane]
  private let next = Atomic(0)
  private let interruption: Interruption
  private let certificates: String?
  /// libcurl wants to be told once, before its first use.
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// One handle, and with it one connection to a server.
  private final class Lane: Sendable {
    let handle = Mutex<CurlHandle?>(nil)
  }

  /// - Parameters:
  ///   - connections: how many requests may be under way at once; further ones wait.
  ///   - certificates: a file of trusted certificates in place of the system's.
  public init(connections: Int, certificates: String? = nil, interruption: Interruption = Interruption()) {
    precondition(connections > 0, "no connections")
    lanes = (0..<connections).map { _ in Lane() }
    self.certificates = certificates
    self.interruption = interruption
  }

  public func send(_ request: HTTPRequest, timeouts: HTTPTimeouts) throws -> HTTPResponse {
    guard Self.isReady else { throw HTTPFailure(reason: "libcurl cannot start", isTransient: false) }
    // A free lane, or else the turn of one that is not.
    for lane in lanes {
      let result = try lane.handle.withLockIfAvailable { handle in
        try perform(request, timeouts: timeouts, on: &handle)
      }
      if let result { return result }
    }
    let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return try lanes[turn % lanes.count].handle.withLock { handle in
      try perform(request, timeouts: timeouts, on: &handle)
    }
  }

  private func perform(
    _ request: HTTPRequest, timeouts: HTTPTimeouts, on handle: inout CurlHandle?
  ) throws -> HTTPResponse {
    // What does not heed the wish to stop gets one that nobody has.
    let interruption = timeouts.heedsInterruption ? interruption : Interruption()
    try interruption.check()
    if handle == nil { handle = CurlHandle() }
    var answer = Answer(interruption: interruption, limit: request.largestAnswer)
    let code = handle!.perform(request, timeouts: timeouts, certificates: certificates, answer: &answer)
    try interruption.check()
    if answer.isTooLarge {
      throw HTTPFailure(
        reason: "the answer is larger than \(request.largestAnswer) bytes", isTransient: false)
    }
    guard code == CURLE_OK || answer.isCut else { throw Self.failure(code) }
    // libcurl is content with a head that was cut short.
    guard answer.hasWholeHead else { throw Self.failure(CURLE_PARTIAL_FILE) }
    return HTTPResponse(status: answer.status, headers: answer.headers, body: answer.body)
  }

  private static func failure(_ code: CURLcode) -> HTTPFailure {
    let isTransient =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
        CURLE_OPERATION_TIMEDOUT, CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
        CURLE_SSL_CONNECT_ERROR, CURLE_WEIRD_SERVER_REPLY,
        // What libcurl takes half a status line for.
        CURLE_UNSUPPORTED_PROTOCOL:
        true
      default: false
      }
    // libcurl's sentences for people begin in upper case; ours go on.
    let text = unsafe String(cString: curl_easy_strerror(code))
    return HTTPFailure(reason: text.prefix(1).lowercased() + text.dropFirst(), isTransient: isTransient)
  }
}

/// What has arrived so far.
private struct Answer {
  let interruption: Interruption
  var status = 0
  var headers: [String: String] = [:]
  var body: [UInt8] = []
  var isTooLarge = false
  /// Whether the rest of a refusal was left where it is.
  var isCut = false
  var hasWholeHead = false
  private let limit: Int
  /// By the first line of the head.
  private var isSuccess = false

  init(interruption: Interruption, limit: Int) {
    self.interruption = interruption
    self.limit = limit
  }

  /// Takes a piece of the body; whether there is room for more.
  mutating func take(body piece: UnsafeRawBufferPointer) -> Bool {
    let room = (isSuccess ? limit : HTTPRequest.largestRefusal) - body.count
    unsafe body.append(contentsOf: piece.prefix(room))
    guard piece.count > room else { return true }
    if isSuccess { isTooLarge = true } else { isCut = true }
    return false
  }

  /// One line of the head; an interim answer (100 Continue) is forgotten when the next one begins.
  mutating func take(headerLine line: String) {
    if line.hasPrefix("HTTP/") {
      isSuccess = line.split(separator: " ").dropFirst().first?.hasPrefix("2") ?? false
      headers = [:]
      body = []
      hasWholeHead = false
      return
    }
    if line == "\r\n" || line == "\n" { hasWholeHead = true }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].filter { $0 != "\r\n" && $0 != "\r" && $0 != "\n" }
    headers[line[..<colon].lowercased()] = String(value.drop { $0 == " " || $0 == "\t" })
  }
}

/// A handle of libcurl's, freed when it goes away.
@safe private final class CurlHandle {
  private let handle: UnsafeMutableRawPointer

  init() {
    guard let handle = unsafe curl_easy_init() else { preconditionFailure("no memory for libcurl") }
    unsafe self.handle = unsafe handle
  }

  deinit {
    unsafe curl_easy_cleanup(handle)
  }

  /// A field of a head, on its one line whatever a variable or a file has put into it.
  private static func field(_ name: String, _ value: String) -> String {
    let plain = value.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) }
    return "\(name): \(String(plain))"
  }

  func perform(
    _ request: HTTPRequest, timeouts: HTTPTimeouts, certificates: String?, answer: inout Answer
  ) -> CURLcode {
    // Options are forgotten, connections and sessions are kept.
    unsafe curl_easy_reset(handle)
    set(request, timeouts: timeouts, certificates: certificates)
    var lines: UnsafeMutablePointer<curl_slist>?
    // A field without a value tells libcurl to leave out its own.
    for line in request.headers.filter({ $0.key != "host" }).map({ Self.field($0.key, $0.value) })
      + ["Expect:", request.headers["content-type"] == nil ? "Content-Type:" : "", "User-Agent: fluke"]
    where !line.isEmpty {
      unsafe lines = unsafe curl_slist_append(lines, line)
    }
    defer { unsafe curl_slist_free_all(lines) }
    unsafe _ = flukeCurlSetList(handle, CURLOPT_HTTPHEADER, lines)
    let code = unsafe request.body.withUnsafeBytes { body in
      if request.method == "PUT" || request.method == "POST" {
        unsafe _ = flukeCurlSetSize(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        // Without bytes libcurl would ask for them; an empty string is none.
        if let first = body.baseAddress, body.count > 0 {
          unsafe _ = flukeCurlSetPointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: first))
          return run(&answer)
        }
        return unsafe "".withCString { empty in
          unsafe _ = flukeCurlSetPointer(
            handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: UnsafeRawPointer(empty)))
          return run(&answer)
        }
      }
      return run(&answer)
    }
    var status = 0
    unsafe _ = flukeCurlGetNumber(handle, CURLINFO_RESPONSE_CODE, &status)
    answer.status = status
    return code
  }

  private func set(_ request: HTTPRequest, timeouts: HTTPTimeouts, certificates: String?) {
    unsafe _ = flukeCurlSetText(handle, CURLOPT_URL, request.url)
    // The path as it was signed: without this, `/./` and `//` would be tidied away.
    set(CURLOPT_PATH_AS_IS, 1)
    unsafe _ = flukeCurlSetText(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    // Threads and signals do not go together.
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    if Self.isNextDoor(request.host) { unsafe _ = flukeCurlSetText(handle, CURLOPT_NOPROXY, "*") }
    if let certificates { unsafe _ = flukeCurlSetText(handle, CURLOPT_CAINFO, certificates) }
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(timeouts.connect * 1_000))
    if timeouts.stall > 0 {
      set(CURLOPT_LOW_SPEED_LIMIT, 100)
      set(CURLOPT_LOW_SPEED_TIME, timeouts.stall)
    }
    if let total = timeouts.total { set(CURLOPT_TIMEOUT_MS, Int(total * 1_000)) }
    switch request.method {
    case "HEAD": set(CURLOPT_NOBODY, 1)
    case "GET": set(CURLOPT_HTTPGET, 1)
    default:
      if request.method != "DELETE" { set(CURLOPT_POST, 1) }
      unsafe _ = flukeCurlSetText(handle, CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  /// Whether `host` is this machine or a service of the cloud on it, which no proxy is to hear of.
  private static func isNextDoor(_ host: String) -> Bool {
    ["127.", "169.254.", "localhost", "[::1]", "[fd00:ec2::"].contains { host.hasPrefix($0) }
  }

  private func set(_ option: CURLoption, _ value: Int) {
    unsafe _ = flukeCurlSetNumber(handle, option, value)
  }

  /// Sends, and fills `answer` by the callbacks.
  private func run(_ answer: inout Answer) -> CURLcode {
    unsafe withUnsafeMutablePointer(to: &answer) { answer in
      unsafe _ = flukeCurlSetReceiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        unsafe context.assumingMemoryBound(to: Answer.self).pointee.take(
          headerLine: String(decoding: line, as: UTF8.self))
        return size * count
      }
      unsafe _ = flukeCurlSetReceiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
        let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        let isTaken = unsafe context.assumingMemoryBound(to: Answer.self).pointee.take(body: piece)
        return isTaken ? size * count : 0
      }
      unsafe _ = flukeCurlSetProgress(handle) { context, _, _, _, _ in
        guard let context = unsafe context else { return 1 }
        return unsafe context.assumingMemoryBound(to: Answer.self).pointee.interruption.isRequested ? 1 : 0
      }
      for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_XFERINFODATA] {
        unsafe _ = flukeCurlSetPointer(handle, option, answer)
      }
      set(CURLOPT_NOPROGRESS, 0)
      return unsafe curl_easy_perform(handle)
    }
  }
}
