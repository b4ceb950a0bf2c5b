import FoundationEssentials
import Testing

@testable import Stores

/// The signature against what AWS publishes and against what botocore makes of the same requests.
@Suite struct SignatureV4Tests {
  /// The examples of "Authenticating Requests: Using the Authorization Header" in the reference of the S3 API.
  private static let s3Example = SignatureV4(
    credentials: S3Credentials(
      accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    region: "us-east-1")
  /// 24 May 2013, 00:00:00 GMT.
  private static let s3Time = Date(timeIntervalSince1970: 1_369_353_600)

  /// A request of the examples, and what is published of it.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let request: HTTPRequest
    let fields: String
    let signature: String

    var testDescription: String { name }
  }

  private static func s3(
    _ name: String, _ method: String, _ path: String, query: [(name: String, value: String)] = [],
    headers: [String: String] = [:], body: String = "", fields: String, signature: String
  ) -> Example {
    Example(
      name: name,
      request: HTTPRequest(
        method: method, scheme: "https", host: "examplebucket.s3.amazonaws.com", path: path, query: query,
        headers: headers, body: Array(body.utf8)), fields: fields, signature: signature)
  }

  static let s3Examples = [
    s3(
      "GET object with range", "GET", "/test.txt", headers: ["Range": "bytes=0-9"],
      fields: "host;range;x-amz-content-sha256;x-amz-date",
      signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    s3(
      "PUT object", "PUT", "/test%24file.text",
      headers: ["Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
      body: "Welcome to Amazon S3.", fields: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
      signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    s3(
      "GET bucket lifecycle", "GET", "/", query: [("lifecycle", "")],
      fields: "host;x-amz-content-sha256;x-amz-date",
      signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    s3(
      "GET bucket (list objects)", "GET", "/", query: [("prefix", "J"), ("max-keys", "2")],
      fields: "host;x-amz-content-sha256;x-amz-date",
      signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
  ]

  @Test(arguments: s3Examples) func publishedForS3(_ example: Example) {
    let signed = Self.s3Example.sign(
      example.request, payloadHash: SHA256.hexDigest(of: example.request.body), at: Self.s3Time)
    #expect(
      signed.headers["authorization"]
        == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        + "SignedHeaders=\(example.fields),Signature=\(example.signature)")
  }

  /// The steps between, as published for the first example.
  @Test func publishedSteps() {
    var request = Self.s3Examples[0].request
    let empty = SHA256.hexDigest(of: [])
    request.headers["host"] = request.host
    request.headers["x-amz-content-sha256"] = empty
    request.headers["x-amz-date"] = "20130524T000000Z"
    let canonical = SignatureV4.canonicalRequest(request, payloadHash: empty)
    #expect(
      canonical == """
        GET
        /test.txt

        host:examplebucket.s3.amazonaws.com
        range:bytes=0-9
        x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-amz-date:20130524T000000Z

        host;range;x-amz-content-sha256;x-amz-date
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """)
    #expect(
      Self.s3Example.stringToSign(canonical, at: Self.s3Time) == """
        AWS4-HMAC-SHA256
        20130524T000000Z
        20130524/us-east-1/s3/aws4_request
        7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972
        """)
  }

  private static func suite(
    _ name: String, _ method: String, _ path: String = "/", query: [(name: String, value: String)] = [],
    headers: [String: String] = [:], body: String = "", fields: String = "host;x-amz-date", signature: String
  ) -> Example {
    Example(
      name: name,
      request: HTTPRequest(
        method: method, scheme: "https", host: "example.amazonaws.com", path: path, query: query,
        headers: headers, body: Array(body.utf8)), fields: fields, signature: signature)
  }

  /// Cases of AWS's Signature Version 4 test suite, by their names there.
  static let suiteCases = [
    suite(
      "get-vanilla", "GET", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    suite(
      "get-vanilla-query-order-key-case", "GET", query: [("Param2", "value2"), ("Param1", "value1")],
      signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    suite(
      "get-unreserved", "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
      signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
    suite(
      "get-utf8", "GET", "/" + PercentEncoding.encode("ሴ"),
      signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
    suite(
      "get-header-value-trim", "GET", headers: ["My-Header1": " value1", "My-Header2": " \"a   b   c\""],
      fields: "host;my-header1;my-header2;x-amz-date",
      signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
    suite(
      "post-vanilla", "POST", signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    suite(
      "post-x-www-form-urlencoded", "POST",
      headers: ["Content-Type": "application/x-www-form-urlencoded"], body: "Param1=value1",
      fields: "content-type;host;x-amz-date",
      signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
  ]

  @Test(arguments: suiteCases) func publishedSuite(_ example: Example) {
    let signer = SignatureV4(
      credentials: S3Credentials(
        accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      region: "us-east-1", service: "service")
    // 30 August 2015, 12:36:00 GMT.
    let signed = signer.sign(
      example.request, payloadHash: SHA256.hexDigest(of: example.request.body),
      at: Date(timeIntervalSince1970: 1_440_938_160))
    #expect(
      signed.headers["authorization"]
        == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
        + "SignedHeaders=\(example.fields),Signature=\(example.signature)")
  }

  /// `signatures.json`.
  private struct Fixture: Decodable {
    struct Sample: Decodable {
      let key: String
      let query: [String: String]
      let method: String
      let body: [UInt8]
      let headers: [String: String]
      let region: String
      let token: String?
      let secret: String
      let time: Double
      let signature: String
    }
    let samples: [Sample]
  }

  @Test func asBotocoreSigns() throws {
    let folder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let file = try Data(contentsOf: URL(filePath: "\(folder)/Fixtures/signatures.json"))
    let samples = try JSONDecoder().decode(Fixture.self, from: file).samples
    let endpoint = try S3Endpoint(url: "http://s3.example.com:9000", region: "unused")
    for sample in samples {
      var request = endpoint.request(
        sample.method, bucket: "bucket", key: sample.key, query: sample.query.map { ($0.key, $0.value) })
      request.headers = sample.headers
      request.body = sample.body
      let signer = SignatureV4(
        credentials: S3Credentials(
          accessKey: "AKIDEXAMPLE", secretKey: sample.secret, sessionToken: sample.token),
        region: sample.region)
      let signed = signer.sign(
        request, payloadHash: SHA256.hexDigest(of: sample.body),
        at: Date(timeIntervalSince1970: sample.time))
      let authorization = try #require(signed.headers["authorization"])
      #expect(authorization.hasSuffix("Signature=\(sample.signature)"), "\(sample.method) \(sample.key)")
    }
    #expect(samples.count == 57)
  }

  /// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func authenticates(key: [UInt8], message: String, code: String) {
    #expect(SHA256.hexDigits(SHA256.authenticate(Array(message.utf8), key: key)) == code)
  }
}
