import FoundationEssentials
import TestSupport
import Testing

@testable import Stores

/// Whoever is at work in a store keeps others out, for as long as the claim lives.
@Suite struct StoreClaimTests {
  @Test func ofTwoThatWantAllOneIsRefused() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: "\(folder.path)/r")
    let claim = try store.claim("", isShared: false)
    #expect(throws: StoreError.busy(place: "\(folder.path)/r")) { try store.claim("", isShared: false) }
    #expect(throws: StoreError.busy(place: "\(folder.path)/r")) { try store.claim("", isShared: true) }
    withExtendedLifetime(claim) {}
  }

  @Test func thoseThatShareAreTogether() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let claims = [try store.claim("", isShared: true), try store.claim("", isShared: true)]
    #expect(throws: StoreError.busy(place: folder.path)) { try store.claim("", isShared: false) }
    let part = try store.claim("shards/1-of-2/", isShared: false)
    let other = try store.claim("shards/2-of-2/", isShared: false)
    #expect(throws: StoreError.busy(place: "\(folder.path)/shards/1-of-2")) {
      try store.claim("shards/1-of-2/", isShared: false)
    }
    withExtendedLifetime((claims, part, other)) {}
  }

  @Test func itEndsWithTheValueAndLeavesNoEmptyFolder() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: "\(folder.path)/new/deep")
    do {
      let empty = try store.claim("", isShared: false)
      withExtendedLifetime(empty) { #expect(folder.contents == ["new", "new/deep"]) }
    }
    #expect(folder.contents == [])
    try withExtendedLifetime(try store.claim("", isShared: false)) { _ = try store.put("a", [1]) }
    #expect(folder.contents == ["new", "new/deep", "new/deep/a"])
    #expect(try store.claim("", isShared: false) != nil)
  }

  @Test func noLinkIsFollowedBelowTheRoot() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", as: "thesis.txt")
    let root = "\(folder.path)/store"
    try FileManager.default.createDirectory(atPath: "\(root)/shards", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(root)/shards/1-of-2", withDestinationPath: folder.path)
    let store = DirectoryStore(root: root)
    #expect(throws: StoreError.cannotCreate(path: "\(root)/shards/1-of-2", .notOrdinary)) {
      try store.claim("shards/1-of-2/", isShared: false)
    }
    #expect(throws: StoreError.cannotCreate(path: "\(root)/shards/1-of-2", .notOrdinary)) {
      try store.removeAll(in: "shards/1-of-2/")
    }
    #expect(folder.contents.contains("thesis.txt"))
    // The root itself is where its owner says.
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: root)
    #expect(try DirectoryStore(root: "\(folder.path)/link").claim("", isShared: false) != nil)
    #expect(DirectoryStore(root: "\(folder.path)/link").identity == DirectoryStore(root: root).identity)
  }
}
