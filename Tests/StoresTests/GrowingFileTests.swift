import Glibc
import TestSupport
import Testing

@testable import Stores

@Suite struct GrowingFileTests {
  private func content(_ file: GrowingFile) throws -> [UInt8]? {
    guard let reader = try file.reader() else { return nil }
    return try reader.next() + reader.next()
  }

  @Test func growsAndIsContinued() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let file = try #require(try store.growing("results/t.csv"))
    #expect(try content(file) == nil && folder.contents.isEmpty)
    let first = try file.opened(keeping: 0)
    try first.append([1, 2, 3])
    try first.append([4, 5])
    #expect(try content(file) == [1, 2, 3, 4, 5])
    try file.opened(keeping: 4).append([6])
    #expect(try content(file) == [1, 2, 3, 4, 6])
    // Whoever still has it open writes at its end, wherever that is by now.
    try first.append([7])
    #expect(try content(file) == [1, 2, 3, 4, 6, 7])
    try file.remove()
    try file.remove()
    #expect(folder.contents == ["results"])
  }

  @Test func whatIsInTheWayIsSaid() throws {
    let folder = try TemporaryFolder()
    try folder.write("", as: "f")
    let store = DirectoryStore(root: folder.path)
    #expect(throws: StoreError.self) { try store.growing("f/t.csv")?.opened(keeping: 0) }
    #expect(throws: StoreError.self) { try store.growing("../t.csv") }
    #expect(throws: StoreError.self) { try GrowingFile(path: folder.path).opened(keeping: 0) }
  }

  /// A pipe, which would wait for whoever is at its other end, and a device, which has none.
  @Test(arguments: [true, false]) func onlyAnOrdinaryFileGrows(isPipe: Bool) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/t.csv"
    #expect(unsafe (isPipe ? mkfifo(path, 0o600) : symlink("/dev/zero", path)) == 0)
    #expect(throws: StoreError.self) { _ = try GrowingFile(path: path).reader() }
    #expect(throws: StoreError.self) { try GrowingFile(path: path).opened(keeping: 0) }
  }
}
