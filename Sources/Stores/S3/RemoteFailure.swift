/// Why a server did not do what it was asked.
public struct RemoteFailure: Error, Sendable, Equatable {
  /// What kind of failure it is, which decides the exit status.
  public enum Kind: Sendable, Equatable {
    /// There is no answer, or none but that the server is busy or broken.
    case unavailable
    /// Credentials that are wrong, have ended or are not enough.
    case notAllowed
    /// The bucket or the object does not exist.
    case missing
    /// What arrives is not what was stored.
    case damaged
    /// Something is there already and must not be replaced.
    case exists
  }

  /// The address in the bucket.
  public let place: String
  public let kind: Kind
  /// What was found and what was needed.
  public let reason: String
  /// What to do.
  public let remedy: String
  /// The status of the answer, where there is one.
  let status: Int?

  /// The failure that an answer stands for.
  ///
  /// Nothing of the answer but its code is shown: the texts of some servers repeat what was signed.
  init(_ response: HTTPResponse, place: String, endpoint: S3Endpoint) {
    let tags = XMLTags(response.body)
    let code = tags["Code"].flatMap(Self.plain)
    let answer = "\(endpoint.address) answers \(response.status)" + (code.map { " \($0)" } ?? "")
    let region = (tags["Region"] ?? response.headers["x-amz-bucket-region"]).flatMap(Self.plain)
    self.place = place
    status = response.status
    switch (response.status, code ?? "") {
    case (_, "SignatureDoesNotMatch"), (_, "InvalidAccessKeyId"):
      kind = .notAllowed
      reason = "\(answer), expected an access key that it knows and the secret key of it"
      remedy = "check the credentials"
    case (_, "ExpiredToken"), (_, "InvalidToken"), (_, "TokenRefreshRequired"):
      kind = .notAllowed
      reason = "\(answer), expected a session token in force"
      remedy = "get new credentials"
    case (_, "RequestTimeTooSkewed"):
      kind = .notAllowed
      reason = "\(answer), expected a clock within 15 minutes of its own"
      remedy = "set the clock"
    case (_, "AuthorizationHeaderMalformed"), (300..<400, _):
      kind = .notAllowed
      reason =
        "\(answer), expected the region of the bucket, "
        + (region.map { "\($0), and found \(endpoint.region)" } ?? "found \(endpoint.region)")
      remedy = "set AWS_REGION" + (region.map { "=\($0)" } ?? "")
    case (401, _), (403, _):
      kind = .notAllowed
      reason = "\(answer), expected permission to read, list and write there"
      remedy = "check the credentials and the rights of their owner"
    case (_, "NoSuchBucket"):
      kind = .missing
      reason = "\(answer), expected a bucket that exists"
      remedy = "create it or correct the name"
    case (404, _):
      kind = .missing
      reason = "\(answer), expected an object that exists"
      remedy = "check the prefix"
    case (409, _), (412, _):
      kind = .exists
      reason = "\(answer), expected that nothing is there yet"
      remedy = "choose another prefix or allow to overwrite"
    default:
      kind = .unavailable
      reason = "\(answer), expected success"
      remedy = "try again later"
    }
  }

  init(place: String, kind: Kind, reason: String, remedy: String, status: Int? = nil) {
    self.status = status
    self.place = place
    self.kind = kind
    self.reason = reason
    self.remedy = remedy
  }

  /// The exit status of `sysexits.h`.
  var exitStatus: Int32 {
    switch kind {
    case .unavailable: 69
    case .notAllowed: 77
    case .missing: 66
    case .damaged: 65
    case .exists: 73
    }
  }

  /// `text` if it can stand in a message: a word of letters, digits, dots and hyphens.
  private static func plain(_ text: String) -> String? {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isPlain && (1...60).contains(text.utf8.count) ? text : nil
  }
}
