import Testing

@testable import Stores

@Suite struct S3LocationTests {
  @Test(arguments: [
    ("s3://bucket", "bucket", "", "s3://bucket"), ("s3://bucket/", "bucket", "", "s3://bucket"),
    ("s3://my.bucket/a/b c/", "my.bucket", "a/b c", "s3://my.bucket/a/b c"),
    ("s3://bucket/é+%", "bucket", "é+%", "s3://bucket/é+%"),
  ])
  func reads(text: String, bucket: String, prefix: String, description: String) throws {
    let location = try S3Location(text)
    #expect(location.bucket == bucket)
    #expect(location.prefix == prefix)
    #expect(location.description == description)
    #expect(location.objectKey("a/b") == (prefix.isEmpty ? "a/b" : "\(prefix)/a/b"))
  }

  @Test(arguments: [
    "", "bucket", "s3:/bucket", "s3://", "s3:///a", "s3://ab", "s3://bu cket", "s3://bucket//a",
    "s3://bucket/a//b",
    "s3://bucket/../a", "s3://bucket/a//", "s3://user:secret@bucket", "S3://bucket", "http://bucket",
  ])
  func refuses(text: String) {
    let error = #expect(throws: StoreError.self) { try S3Location(text) }
    #expect(error?.exitStatus == 64)
  }

  /// Bucket, key, query and the address that they have.
  @Test(
    arguments: [
      ("us-east-1", nil, "bucket", "a b/é+%", "https://bucket.s3.us-east-1.amazonaws.com/a%20b/%C3%A9%2B%25"),
      ("eu-west-1", nil, "bucket", nil, "https://bucket.s3.eu-west-1.amazonaws.com/"),
      ("cn-north-1", nil, "bucket", nil, "https://bucket.s3.cn-north-1.amazonaws.com.cn/"),
      ("us-east-1", nil, "my.bucket", "a", "https://s3.us-east-1.amazonaws.com/my.bucket/a"),
      ("us-east-1", "http://127.0.0.1:9000", "bucket", "a//b", "http://127.0.0.1:9000/bucket/a//b"),
      ("us-east-1", "https://example.com/s3/", "bucket", nil, "https://example.com/s3/bucket"),
    ] as [(String, String?, String, String?, String)])
  func addresses(region: String, url: String?, bucket: String, key: String?, address: String) throws {
    let endpoint = try url.map { try S3Endpoint(url: $0, region: region) } ?? S3Endpoint(region: region)
    #expect(endpoint.request("GET", bucket: bucket, key: key).url == address)
  }

  @Test(arguments: [
    "", "example.com", "ftp://example.com", "http://", "http://a b", "http://u:p@a", "http://a?b",
  ])
  func refusesServers(url: String) {
    let error = #expect(throws: StoreError.self) { try S3Endpoint(url: url, region: "r") }
    #expect(error?.exitStatus == 64)
  }

  @Test func encodesAndDecodes() {
    let all = String(String.UnicodeScalarView((1...255).compactMap { Unicode.Scalar(UInt32($0)) }))
    #expect(PercentEncoding.decode(PercentEncoding.encode(all)) == all)
    #expect(PercentEncoding.encode("a/b", keepsSlashes: true) == "a/b")
    #expect(PercentEncoding.encode("a/b") == "a%2Fb")
    #expect(PercentEncoding.decode("a+b%2Bc%2bd%zz%4") == "a b+c+d%zz%4")
    #expect(
      PercentEncoding.query([("b", "2"), ("a-b", "1"), ("a", "é"), ("B", "")]) == "B=&a=%C3%A9&a-b=1&b=2")
  }

  @Test func readsElements() {
    let tags = XMLTags(
      Array(
        "<?xml version='1.0'?><R xmlns=\"u\"><KeyCount>2</KeyCount><C><Key>a&amp;&lt;b&#x20ac;&#65;&no;&</Key></C><C><Key/></C></R>"
          .utf8))
    #expect(tags.all("C").map { $0["Key"] } == ["a&<b€A&no;&", ""])
    #expect(tags["KeyCount"] == "2")
    #expect(tags["None"] == nil)
    #expect(XMLTags(Array("<a><b>x</a>".utf8))["b"] == nil)
    #expect(XMLTags([0xFF, 0x3C, 0x61])["a"] == nil)
  }

  @Test(arguments: [
    "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
    "<ListBucketResult><Contents><Key>a</Key></Contents>", "<html></html>", "",
    "<ListBucketResult><Contents></Contents></ListBucketResult>",
  ])
  func halfAListing(text: String) {
    #expect(S3Listing(Array(text.utf8)) == nil)
  }

  @Test func aListingThatIsNotEncoded() throws {
    let listing = try #require(
      S3Listing(Array("<ListBucketResult><Contents><Key>a+b%41</Key></Contents></ListBucketResult>".utf8)))
    #expect(listing.keys == ["a+b%41"])
    #expect(listing.next == nil)
  }
}
