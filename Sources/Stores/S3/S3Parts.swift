/// An upload in parts, which nobody sees until it is completed. S3 keeps and bills parts until they are completed or
/// given up, so ``abort()`` follows every failure.
struct S3Parts {
  /// S3 takes no more parts.
  static let mostParts = 10_000

  private let object: S3Object
  /// The server's name of this upload, from the first part on.
  private var identifier: String?
  /// What the server calls each part that it has.
  private var tags: [String] = []

  init(_ object: S3Object) {
    self.object = object
  }

  /// Sends as many parts as `bytes` has, but leaves something for the last one, and returns what is left.
  mutating func send(wholePartsOf bytes: [UInt8], _ summary: ArtifactSummary) throws -> [UInt8] {
    let partSize = object.options.partSize
    var start = 0
    while bytes.count - start > partSize {
      try send(Array(bytes[start..<(start + partSize)]), summary)
      start += partSize
    }
    return start == 0 ? bytes : Array(bytes[start...])
  }

  /// Sends the last part and makes the parts an object.
  mutating func complete(with last: [UInt8], _ summary: ArtifactSummary) throws {
    try send(last, summary)
    guard let identifier else { preconditionFailure("an upload without parts") }
    var request = object.request("POST", query: [("uploadId", identifier)])
    let parts = tags.enumerated().map { number, tag in
      "<Part><PartNumber>\(number + 1)</PartNumber><ETag>\(Self.escaped(tag))</ETag></Part>"
    }
    request.body = Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
    request.headers["content-type"] = "application/xml"
    if !object.options.overwrites { request.headers["if-none-match"] = "*" }
    // An upload that is not there any more may have been completed by an attempt whose answer was lost.
    let response = try object.client.send(request, place: object.place, expected: [404, 412]) { response in
      // S3 begins to answer before it knows the end: success may hold an error.
      let answer = XMLTags(response.body)
      return answer["ETag"] == nil ? "\(answer["Code"] ?? "nothing") in place of a completed upload" : nil
    }
    if response.status == 404 || response.status == 412 {
      try object.expectStored(summary, refusal: response)
    }
    self.identifier = nil
  }

  /// Gives up what was sent; what cannot be told to the server any more is left to the bucket's rules.
  mutating func abort() {
    guard let identifier else { return }
    self.identifier = nil
    _ = try? object.client.send(
      object.request("DELETE", query: [("uploadId", identifier)]), place: object.place, expected: [404],
      isTidying: true)
  }

  private mutating func send(_ part: [UInt8], _ summary: ArtifactSummary) throws {
    guard tags.count < Self.mostParts else {
      throw StoreError.tooLarge(path: object.place, limit: Self.mostParts * object.options.partSize)
    }
    let identifier = try self.identifier ?? begin(summary)
    self.identifier = identifier
    var request = object.request(
      "PUT", query: [("partNumber", "\(tags.count + 1)"), ("uploadId", identifier)])
    request.body = part
    let response = try object.client.send(request, place: object.place) { response in
      response.headers["etag"] == nil ? "no name for a part" : nil
    }
    tags.append(response.headers["etag"]!)
  }

  private func begin(_ summary: ArtifactSummary) throws -> String {
    var request = object.request("POST", query: [("uploads", "")])
    request.headers = object.fields(summary)
    let response = try object.client.send(request, place: object.place) { response in
      XMLTags(response.body)["UploadId"] == nil ? "no name for the upload" : nil
    }
    return XMLTags(response.body)["UploadId"]!
  }

  private static func escaped(_ tag: String) -> String {
    tag.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
