import FoundationEssentials
import TestSupport
import Testing

@testable import Stores

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Only ordinary files are replaced.
@Suite struct SpecialFileTests {
  private func replace(_ path: String, _ text: String) throws {
    try AtomicFile.replace(path: path, interruption: Interruption()) { try $0(Array(text.utf8)) }
  }

  private func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  @Test func throughLinksTheFileAtTheirEndIsWritten() throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("old", as: "target")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/second", withDestinationPath: "target")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/first", withDestinationPath: "\(folder.path)/second")
    try replace("\(folder.path)/first", "new")
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
    #expect(isLink("\(folder.path)/first") && isLink("\(folder.path)/second"))
    // A link may lead to what is not there yet.
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/dangling", withDestinationPath: "later")
    try replace("\(folder.path)/dangling", "made")
    #expect(try String(contentsOfFile: "\(folder.path)/later", encoding: .utf8) == "made")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/round", withDestinationPath: "round")
    #expect(throws: StoreError.self) { try replace("\(folder.path)/round", "x") }
  }

  @Test func theModeOfAnEarlierFileStays() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", as: "private")
    for mode: mode_t in [0o600, 0o640, 0o444] {
      #expect(unsafe chmod(path, mode) == 0)
      try replace(path, "new \(mode)")
      var status = stat()
      #expect(unsafe stat(path, &status) == 0 && status.st_mode & 0o7777 == mode)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "new \(mode)")
    }
  }

  @Test func devicesArePlacesToWriteTo() throws {
    try replace("/dev/null", "gone")
    var status = stat()
    #expect(unsafe stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    let full = SystemError(code: ENOSPC)
    #expect(throws: StoreError.inputOutput(path: "/dev/full", full)) { try replace("/dev/full", "x") }
  }

  @Test func aStoreTakesOrdinaryFilesAlone() throws {
    let folder = try TemporaryFolder()
    let victim = try folder.write("mine", as: "victim")
    let store = DirectoryStore(root: "\(folder.path)/store")
    try store.put("results/a", [1])
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/store/results/b", withDestinationPath: victim)
    #expect(throws: StoreError.self) { try store.put("results/b", [2]) }
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == "mine")
    // What never ends is not read.
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/store/results/c", withDestinationPath: "/dev/zero")
    #expect(throws: StoreError.self) { try store.get("results/c") }
    #expect(throws: StoreError.self) { try store.head("results/c") }
    #expect(!store.isThere("results/c") && store.isThere("results/a"))
    #expect(try store.list(prefix: "results/").contains("results/c") == false)
  }

  /// A folder of the store that is a link leads out of it.
  @Test func noFolderOfAStoreIsALink() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/outside", withIntermediateDirectories: true)
    try folder.write("mine", as: "outside/bars.csv")
    let store = DirectoryStore(root: "\(folder.path)/store")
    try store.put("results/deep/a", [1])
    for place in ["raw", "results/more"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/store/\(place)", withDestinationPath: "\(folder.path)/outside")
      let key = "\(place)/bars.csv"
      let path = "\(folder.path)/store/\(key)"
      #expect(throws: StoreError.cannotCreate(path: path, .notOrdinary)) { try store.put(key, [2]) }
      #expect(throws: StoreError.cannotCreate(path: path, .notOrdinary)) { try store.remove(key) }
      #expect(throws: StoreError.cannotCreate(path: path, .notOrdinary)) { try store.growing(key) }
      #expect(throws: StoreError.cannotOpen(path: path, .notOrdinary)) { try store.get(key) }
      #expect(throws: StoreError.cannotOpen(path: path, .notOrdinary)) { try store.head(key) }
      #expect(!store.isThere(key))
      #expect(try store.list(prefix: "\(place)/").isEmpty)
    }
    #expect(try store.get("results/deep/a") == [1])
    #expect(try folder.files(below: "outside") == ["bars.csv": Array("mine".utf8)])
    // The file itself neither.
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/store/results/growing", withDestinationPath: "\(folder.path)/outside/bars.csv")
    #expect(throws: StoreError.self) { try store.growing("results/growing")?.opened(keeping: 0) }
    #expect(try folder.files(below: "outside") == ["bars.csv": Array("mine".utf8)])
  }
}
