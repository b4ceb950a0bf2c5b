import FoundationEssentials
import TestSupport
import Testing

@testable import Stores

@Suite struct DirectoryStoreTests {
  struct Failure: Error {}

  @Test func keepsAndReturns() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: "\(folder.path)/new/deep")
    let bytes = Array("a,b\n1,2\n".utf8)
    let summary = try store.put("results/trials.csv", bytes)
    #expect(summary == ArtifactSummary(size: 8, sha256: SHA256.hexDigest(of: bytes)))
    #expect(try store.get("results/trials.csv") == bytes)
    #expect(try store.head("results/trials.csv") == summary)
    #expect(folder.contents == ["new", "new/deep", "new/deep/results", "new/deep/results/trials.csv"])
  }

  @Test func replacesAsAWhole() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    try store.put("a", [1, 2, 3])
    try store.put("a") { append in
      try append([4])
      // Until the end, readers see the earlier artifact.
      #expect(try store.get("a") == [1, 2, 3])
      #expect(try store.list(prefix: "") == ["a"])
      try append([])
      try append([5])
    }
    #expect(try store.get("a") == [4, 5])
    #expect(folder.contents == ["a"])
  }

  @Test func keepsLargeArtifacts() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let chunk = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    let summary = try store.put("large") { append in
      for _ in 0..<10 { try append(chunk) }
    }
    #expect(summary.size == 3_000_000)
    #expect(try store.get("large") == Array([[UInt8]](repeating: chunk, count: 10).joined()))
    #expect(try store.head("large") == summary)
  }

  @Test func afterAFailureTheEarlierArtifactRemains() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    try store.put("a", [1])
    #expect(throws: Failure.self) {
      try store.put("a") { append in
        try append([2])
        throw Failure()
      }
    }
    #expect(throws: Failure.self) { try store.put("b") { _ in throw Failure() } }
    #expect(try store.get("a") == [1])
    #expect(folder.contents == ["a"])
  }

  @Test func anInterruptionLeavesNothingHalfWritten() throws {
    let folder = try TemporaryFolder()
    let interruption = Interruption()
    let store = DirectoryStore(root: folder.path, interruption: interruption)
    try store.put("a", [1])
    #expect(throws: Interrupted()) {
      try store.put("a") { append in
        try append([2])
        interruption.request()
        try append([3])
      }
    }
    #expect(throws: Interrupted()) { try store.put("a") { _ in } }
    #expect(try store.get("a") == [1])
    #expect(folder.contents == ["a"])
  }

  @Test func listsByPrefixInOrder() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    for key in ["run.json", "results/b.csv", "results/a.json", "results/deep/c", "plots/x.png"] {
      try store.put(key, [])
    }
    try Data().write(to: URL(filePath: "\(folder.path)/results/.partial-1"))
    #expect(try store.list(prefix: "results/") == ["results/a.json", "results/b.csv", "results/deep/c"])
    #expect(try store.list(prefix: "results/b") == ["results/b.csv"])
    #expect(try store.list(prefix: "r") == ["results/a.json", "results/b.csv", "results/deep/c", "run.json"])
    #expect(try store.list(prefix: "").count == 5)
    #expect(try store.list(prefix: "none/") == [])
    #expect(try DirectoryStore(root: "\(folder.path)/none").list(prefix: "") == [])
  }

  @Test func whatIsNotThere() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    try store.put("folder/file", [1])
    for key in ["none", "none/none", "folder", "folder/file/below"] { #expect(try store.head(key) == nil) }
    let error = #expect(throws: StoreError.self) { try store.get("none") }
    #expect(error?.exitStatus == 66)
    #expect(
      error?.description
        == "\(folder.path)/none: cannot be read, it does not exist, expected a readable file; check the path")
    #expect(throws: StoreError.self) { try store.get("folder") }
  }

  @Test func whatCannotBeCreated() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    try store.put("file", [1])
    try store.put("folder/file", [1])
    let below = #expect(throws: StoreError.self) { try store.put("file/below", [2]) }
    #expect(below?.exitStatus == 73)
    #expect(
      below?.description
        == "\(folder.path)/file/below: cannot be created, a part of the path is a file, "
        + "expected a writable place; choose another path")
    let onFolder = #expect(throws: StoreError.self) { try store.put("folder", [2]) }
    #expect(onFolder?.exitStatus == 73)
    let long = #expect(throws: StoreError.self) { try store.put(String(repeating: "n", count: 300), [2]) }
    #expect(long?.exitStatus == 73)
    #expect(folder.contents == ["file", "folder", "folder/file"])
  }

  /// `/dev/full` takes no byte, as a full disk.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDiskIsAnInputOutputError() throws {
    let error = #expect(throws: SystemError.self) {
      try SystemFile.open(path: "/dev/full", forWriting: true).write([1])
    }
    #expect(error?.reason == "the disk is full")
    let failure = StoreError.inputOutput(path: "out/a.csv", try #require(error))
    #expect(failure.exitStatus == 74)
    #expect(
      failure.description
        == "out/a.csv: reading or writing failed, the disk is full, an earlier file is unchanged; "
        + "free space or choose another path")
  }

  @Test(arguments: [
    "", "/etc/x", "..", "a/../b", "a/..", "./a", "a//b", "a/", "a\u{0}b", ".partial-1", "a/.partial-2/b",
    String(repeating: "a/", count: 600) + "a",
  ])
  func refusesKeys(key: String) throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: "\(folder.path)/root")
    for action in [{ _ = try store.put(key, [1]) }, { _ = try store.get(key) }, { _ = try store.head(key) }] {
      let error = #expect(throws: StoreError.self) { try action() }
      #expect(error?.exitStatus == 64)
    }
    #expect(folder.contents.isEmpty)
  }

  @Test func prefixesStayInTheStore() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: "\(folder.path)/root")
    #expect(throws: StoreError.self) { try store.list(prefix: "../") }
  }

  @Test func removes() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    try store.put("folder/a", [1])
    try store.remove("folder/a")
    for key in ["folder/a", "none/none"] { try store.remove(key) }
    #expect(folder.contents == ["folder"])
    let error = #expect(throws: StoreError.self) { try store.remove("folder") }
    #expect(error?.exitStatus == 73)
  }

  @Test func keepsOnlyWhatIsExpected() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let expected = ArtifactSummary(size: 2, sha256: SHA256.hexDigest(of: [1, 2]))
    #expect(
      try store.put("a", expecting: expected) { append in for byte in [1, 2] { try append([UInt8(byte)]) } }
        == expected)
    for other in [[], [1], [1, 3], [1, 2, 3]] as [[UInt8]] {
      let error = #expect(throws: StoreError.self) {
        try store.put("a", expecting: expected) { try $0(other) }
      }
      #expect(error?.exitStatus == 65)
      #expect(try store.get("a") == [1, 2])
    }
    #expect(folder.contents == ["a"])
  }

  @Test func readsInChunks() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let bytes = [UInt8](repeating: 7, count: FileReader.chunkSize + 5)
    try store.put("a", bytes)
    let reader = try FileReader(path: "\(folder.path)/a")
    var sizes: [Int] = []
    repeat { sizes.append(try reader.next().count) } while sizes.last != 0
    #expect(sizes == [FileReader.chunkSize, 5, 0])
    var pieces: [[UInt8]] = []
    try store.get("a") { pieces.append($0) }
    #expect(pieces.map(\.count) == [FileReader.chunkSize, 5])
    #expect(Array(pieces.joined()) == bytes)
    #expect(throws: StoreError.tooLarge(path: "\(folder.path)/a", limit: 100)) {
      try FileReader.contents(ofFile: "\(folder.path)/a", limit: 100)
    }
  }

  @Test func removesAFolderWithWhatIsLeftInIt() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    for key in ["a/b/x", "a/b/y", "c"] { try store.put(key, [1]) }
    try folder.write("left by a process that was killed", as: "a/b/.partial-1")
    try store.removeAll(in: "a/b/")
    #expect(folder.contents == ["c"])
    try store.removeAll(in: "a/b/")
    // A folder that holds anything else stays.
    for key in ["a/b/x", "a/z"] { try store.put(key, [1]) }
    try store.removeAll(in: "a/b/")
    #expect(folder.contents == ["a", "a/z", "c"])
  }
}
