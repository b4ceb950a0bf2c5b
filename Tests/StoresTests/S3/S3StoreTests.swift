import Synchronization
import TestSupport
import Testing

@testable import Stores

@Suite struct S3StoreTests {
  struct Failure: Error {}

  static let keys = [
    "run.json", "results/best strategy.csv", "a+b", "a&b=c", "100%", "%41", "Müller/π/東京/😀.png",
    "semi;colon,at@#?",
    "<tag>'quote\"",
  ]

  @Test(arguments: keys) func keepsAndReturns(key: String) throws {
    let server = FakeS3()
    let store = try S3Store.test(server)
    let bytes = Array("bytes of \(key)".utf8)
    let summary = try store.put(key, bytes)
    #expect(summary == ArtifactSummary(size: bytes.count, sha256: SHA256.hexDigest(of: bytes)))
    #expect(server.objects["a prefix/\(key)"]?.bytes == bytes)
    #expect(try store.get(key) == bytes)
    #expect(try store.head(key) == summary)
    #expect(try store.list(prefix: "") == [key])
    try store.remove(key)
    try store.remove(key)
    #expect(try store.head(key) == nil)
    #expect(try store.list(prefix: "") == [])
    let missing = #expect(throws: StoreError.self) { try store.get(key) }
    #expect(missing?.exitStatus == 66)
    #expect(store.retries == 0)
  }

  @Test(arguments: [
    ("results/a.csv", "text/csv"), ("run.json", "application/json"), ("plots/a.b.png", "image/png"),
    ("a", "application/octet-stream"),
  ])
  func tellsTheContentType(key: String, type: String) throws {
    let server = FakeS3()
    try S3Store.test(server).put(key, [1])
    #expect(server.objects["a prefix/\(key)"]?.headers["content-type"] == type)
  }

  @Test(
    arguments: [
      (S3Options.Encryption.byDefault, nil, nil), (.aes256, "AES256", nil),
      (.keyManagement(key: nil), "aws:kms", nil), (.keyManagement(key: "k"), "aws:kms", "k"),
    ] as [(S3Options.Encryption, String?, String?)])
  func asksForEncryption(encryption: S3Options.Encryption, how: String?, key: String?) throws {
    for size in [1, 20] {
      let server = FakeS3()
      var options = S3Options()
      options.encryption = encryption
      options.partSize = 10
      try S3Store.test(server, options: options).put("a", [UInt8](repeating: 1, count: size))
      let headers = try #require(server.objects["a prefix/a"]?.headers)
      #expect(headers["x-amz-server-side-encryption"] == how)
      #expect(headers["x-amz-server-side-encryption-aws-kms-key-id"] == key)
    }
  }

  /// Around the size of a part, with and without the digest known beforehand, in pieces of several sizes.
  @Test(arguments: [0, 1, 99, 100, 101, 199, 200, 201, 1_000, 1_003], [7, 100, 2_000])
  func goesInParts(size: Int, piece: Int) throws {
    let server = FakeS3()
    var options = S3Options()
    options.partSize = 100
    let store = try S3Store.test(server, options: options)
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let expected = ArtifactSummary(size: size, sha256: SHA256.hexDigest(of: bytes))
    func body(_ append: ([UInt8]) throws -> Void) throws {
      for start in stride(from: 0, to: size, by: piece) {
        try append(Array(bytes[start..<min(start + piece, size)]))
      }
    }
    #expect(try store.put("unknown", writing: body) == expected)
    #expect(try store.put("known", expecting: expected, writing: body) == expected)
    for key in ["unknown", "known"] {
      #expect(try store.get(key) == bytes)
      #expect(try store.head(key) == expected)
    }
    #expect(server.state.withLock { $0.uploads.isEmpty })
    let parts = server.requests.count { $0.query.contains { $0.name == "partNumber" } }
    #expect(parts == (size > 100 ? 2 * ((size + 99) / 100) : 0))
  }

  @Test(arguments: [false, true]) func aFailureGivesThePartsUp(isKnown: Bool) throws {
    let server = FakeS3(objects: ["a prefix/a": [9]])
    var options = S3Options()
    options.partSize = 10
    let store = try S3Store.test(server, options: options)
    let bytes = [UInt8](repeating: 1, count: 25)
    let expected = ArtifactSummary(size: 25, sha256: SHA256.hexDigest(of: bytes))
    func body(_ append: ([UInt8]) throws -> Void) throws {
      try append(bytes)
      throw Failure()
    }
    #expect(throws: Failure.self) {
      if isKnown {
        try store.put("a", expecting: expected, writing: body)
      } else {
        try store.put("a", writing: body)
      }
    }
    #expect(server.state.withLock { $0.uploads.isEmpty })
    #expect(server.objects.mapValues(\.bytes) == ["a prefix/a": [9]])
  }

  @Test(arguments: [5, 15, 35]) func refusesOtherBytesThanExpected(size: Int) throws {
    let server = FakeS3()
    var options = S3Options()
    options.partSize = 10
    let store = try S3Store.test(server, options: options)
    let expected = ArtifactSummary(
      size: size, sha256: SHA256.hexDigest(of: [UInt8](repeating: 1, count: size)))
    let error = #expect(throws: StoreError.self) {
      try store.put("a", expecting: expected) { try $0([UInt8](repeating: 2, count: size)) }
    }
    #expect(error?.exitStatus == 65)
    #expect(server.objects.isEmpty)
    #expect(server.state.withLock { $0.uploads.isEmpty })
  }

  @Test func listsAllPages() throws {
    let keys = (0..<2_345).map { "results/\($0).csv" }
    let server = FakeS3(
      objects: Dictionary(uniqueKeysWithValues: (keys + ["run.json"]).map { ("a prefix/\($0)", [1]) })
        .merging(["a prefix": [1], "a prefixed/x": [1], "other": [1]]) { $1 })
    let store = try S3Store.test(server)
    #expect(try store.list(prefix: "") == (keys + ["run.json"]).sorted())
    #expect(try store.list(prefix: "results/234") == keys.filter { $0.hasPrefix("results/234") }.sorted())
    server.state.withLock { $0.pageSize = 100 }
    #expect(try store.list(prefix: "results/") == keys.sorted())
  }

  /// Objects that consoles make for folders are no artifacts.
  @Test func folderMarkers() throws {
    let store = try S3Store.test(
      FakeS3(objects: ["a prefix/": [], "a prefix/shards/1-of-2/": [], "a prefix/shards/1-of-2/a.bin": [1]]))
    #expect(try store.list(prefix: "shards/") == ["shards/1-of-2/a.bin"])
    #expect(try store.list(prefix: "") == ["shards/1-of-2/a.bin"])
  }

  @Test func knowsObjectsOfOthers() throws {
    let store = try S3Store.test(FakeS3(objects: ["a prefix/a": [1, 2, 3]]))
    #expect(try store.head("a") == ArtifactSummary(size: 3, sha256: SHA256.hexDigest(of: [1, 2, 3])))
    #expect(try store.get("a") == [1, 2, 3])
  }

  @Test func overwritesOnlyWhereAllowed() throws {
    let server = FakeS3()
    var options = S3Options()
    options.overwrites = false
    let store = try S3Store.test(server, options: options)
    try store.put("a", [1])
    // The same bytes are no conflict: an answer may have been lost.
    try store.put("a", [1])
    let error = #expect(throws: StoreError.self) { try store.put("a", [2]) }
    #expect(error?.exitStatus == 73)
    #expect(try store.get("a") == [1])
    try S3Store.test(server).put("a", [2])
    #expect(try store.get("a") == [2])
  }

  @Test func damageThatStaysIsTold() throws {
    let server = FakeS3()
    let store = try S3Store.test(server)
    try store.put("a", [1, 2, 3])
    server.state.withLock { $0.objects["a prefix/a"]!.bytes[1] = 7 }
    let error = #expect(throws: StoreError.self) { try store.get("a") }
    #expect(error?.exitStatus == 65)
    #expect(store.retries == 7)
  }

  @Test func anInterruptionGivesThePartsUp() throws {
    let server = FakeS3()
    let interruption = Interruption()
    var options = S3Options()
    options.partSize = 10
    let store = try S3Store.test(server, options: options, interruption: interruption)
    let bytes = [UInt8](repeating: 1, count: 25)
    let expected = ArtifactSummary(size: 50, sha256: SHA256.hexDigest(of: bytes + bytes))
    #expect(throws: Interrupted()) {
      try store.put("a", expecting: expected) { append in
        try append(bytes)
        interruption.request()
        try append(bytes)
      }
    }
    #expect(server.objects.isEmpty)
    #expect(server.state.withLock { $0.uploads.isEmpty })
  }

  /// Whatever happens to three requests in ten, every object ends whole, and what it holds is what was put.
  @Test(arguments: 0..<40) func survivesFaults(seed: Int) throws {
    let generator = Mutex(SeededGenerator(seed: UInt64(seed)))
    let server = FakeS3 { _ in
      generator.withLock { generator in
        generator.uniform() < 0.3 ? FakeS3.Fault.allCases.randomElement(using: &generator) : nil
      }
    }
    var options = S3Options()
    options.partSize = 64
    options.overwrites = seed % 2 == 0
    let store = try S3Store.test(server, options: options, attempts: 40)
    var expected: [String: [UInt8]] = [:]
    for (number, key) in Self.keys.enumerated() {
      let bytes = (0..<(number * 40)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ seed) }
      expected[key] = bytes
      let summary = try store.put(key, bytes)
      #expect(try store.head(key) == summary)
      #expect(try store.get(key) == bytes)
    }
    #expect(try store.list(prefix: "") == Self.keys.sorted())
    #expect(
      server.objects.mapValues(\.bytes)
        == Dictionary(uniqueKeysWithValues: expected.map { ("a prefix/\($0)", $1) }))
    #expect(store.retries > 0)
  }

  @Test(arguments: ["", "/etc/x", "..", "a//b", "a/", String(repeating: "k", count: 1_020)])
  func refusesKeys(key: String) throws {
    let server = FakeS3()
    let store = try S3Store.test(server)
    for action in [{ _ = try store.put(key, [1]) }, { _ = try store.get(key) }, { try store.remove(key) }] {
      let error = #expect(throws: StoreError.self) { try action() }
      #expect(error?.exitStatus == 64)
    }
    #expect(server.requests.isEmpty)
  }
}
