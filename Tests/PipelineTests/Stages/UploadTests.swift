import Artifacts
import Stores
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite struct UploadTests {
  struct Failure: Error {}

  /// A store in memory that notes what is done to it, and fails where it is told to.
  final class Watched: ForwardingStore {
    let store = MemoryStore()
    let log = Mutex<[String]>([])
    private let failing: String?

    init(failing: String? = nil) {
      self.failing = failing
    }

    func put(
      _ key: String, writing body: (_ append: (_ bytes: [UInt8]) throws -> Void) throws -> Void
    ) throws -> ArtifactSummary {
      if key == failing { throw Failure() }
      let summary = try store.put(key, writing: body)
      log.withLock { $0.append("put \(key)") }
      return summary
    }

    func remove(_ key: String) {
      store.remove(key)
      log.withLock { $0.append("remove \(key)") }
    }
  }

  /// A finished run of `count` artifacts, whose bytes depend on `version`.
  static func run(_ count: Int, version: Int) throws -> MemoryStore {
    let store = MemoryStore()
    var artifacts: [String: ArtifactSummary] = [:]
    for number in 0..<count {
      let key = number % 2 == 0 ? "results/\(number).csv" : "plots/\(number).png"
      artifacts[key] = try store.put(key, Array("\(number) of \(number < 3 ? 0 : version)".utf8))
    }
    try store.put(RunRecord.key, try JSONDocument.encode(["artifacts": artifacts]))
    // Nothing that the record does not name is anybody's business.
    try store.put("notes.txt", [1])
    return store
  }

  private func upload(_ source: MemoryStore, _ target: Watched, overwrites: Bool = true) throws
    -> UploadReport
  {
    try Upload.run(from: source, to: target, overwrites: overwrites, interruption: Interruption())
  }

  private func named(_ source: MemoryStore) -> [String: [UInt8]] {
    source.contents.filter { $0.key != "notes.txt" }
  }

  @Test(arguments: [0, 1, 7, 30]) func copiesWhatTheRecordNamesAndTheRecordLast(count: Int) throws {
    let source = try Self.run(count, version: 1)
    let target = Watched()
    let report = try upload(source, target)
    #expect(target.store.contents == named(source))
    #expect(target.log.withLock { $0.last } == "put run.json")
    #expect(
      report
        == UploadReport(
          uploaded: count + 1, skipped: 0, retried: 0, bytes: named(source).values.reduce(0) { $0 + $1.count }
        ))
    #expect(
      try upload(source, target) == UploadReport(uploaded: 0, skipped: count + 1, retried: 0, bytes: 0))
  }

  @Test func anEarlierSetLosesItsRecordBeforeAnythingElse() throws {
    let target = Watched()
    _ = try upload(try Self.run(6, version: 1), target)
    let later = try Self.run(6, version: 2)
    target.log.withLock { $0 = [] }
    #expect(try upload(later, target).skipped == 3)
    #expect(target.store.contents == named(later))
    #expect(target.log.withLock { [$0.first, $0.last] } == ["remove run.json", "put run.json"])
  }

  @Test(arguments: ["results/4.csv", "run.json"]) func aFailureLeavesNoRecord(key: String) throws {
    let source = try Self.run(9, version: 1)
    let target = Watched(failing: key)
    #expect(throws: Failure.self) { try upload(source, target) }
    #expect(target.store.contents["run.json"] == nil)
    for (key, bytes) in target.store.contents { #expect(source.contents[key] == bytes) }
  }

  @Test func continuesWhatWasCutShort() throws {
    let source = try Self.run(9, version: 1)
    let target = Watched()
    for key in ["results/0.csv", "plots/1.png"] { try target.store.put(key, try source.get(key)) }
    try target.store.put("results/2.csv", [7])
    #expect(try upload(source, target).skipped == 2)
    #expect(target.store.contents == named(source))
  }

  @Test func anAlteredArtifactIsNotUploaded() throws {
    let source = try Self.run(5, version: 1)
    source.alter("results/2.csv")
    let target = Watched()
    let error = #expect(throws: StoreError.self) { try upload(source, target) }
    #expect(error?.exitStatus == 65)
    #expect(target.store.contents["results/2.csv"] == nil)
    #expect(target.store.contents["run.json"] == nil)
  }

  @Test(arguments: ["altered", "missing"]) func aDamagedSourceLeavesTheTargetAsItIs(fault: String) throws {
    let target = Watched()
    _ = try upload(try Self.run(6, version: 1), target)
    let before = target.store.contents
    let source = try Self.run(6, version: 2)
    if fault == "altered" { source.alter("results/4.csv") } else { source.remove("results/4.csv") }
    #expect(throws: (any Error).self) { try upload(source, target) }
    #expect(target.store.contents == before)
  }

  /// The attack `two_uploads`.
  @Test func ofTwoUploadsAtOnceNoneLeavesARecordOverAMixture() throws {
    let first = try Self.run(6, version: 1)
    let second = try Self.run(6, version: 2)
    let target = Watched()
    // The second comes to its end while the first is about to put its record.
    let crossed = Crossing(target) { _ = try self.upload(second, target) }
    let error = #expect(throws: StoreError.self) {
      try Upload.run(from: first, to: crossed, interruption: Interruption())
    }
    #expect(error == .overtaken(key: RunRecord.key) && error?.exitStatus == 73)
    let left = target.store.contents
    #expect(left[RunRecord.key] == nil || left == named(second))
    // Repeated, the set is whole.
    _ = try upload(first, target)
    #expect(target.store.contents == named(first))
  }

  /// Who ended well with what is a mixture now, since this one was slower, need not be waited for.
  @Test func theSlowerOfTwoUploadsGoesOn() throws {
    let first = try Self.run(6, version: 1)
    let second = try Self.run(6, version: 2)
    let target = Watched()
    let crossed = Crossing(target) {
      _ = try self.upload(second, target)
      try target.store.put("results/4.csv", try first.get("results/4.csv"))
    }
    _ = try Upload.run(from: first, to: crossed, interruption: Interruption())
    #expect(target.store.contents == named(first))
  }

  /// Whose record comes first puts right what the other one has replaced meanwhile.
  @Test func theFasterOfTwoUploadsEndsWhole() throws {
    let first = try Self.run(6, version: 1)
    let target = Watched()
    let crossed = Crossing(target) { try target.store.put("results/4.csv", [7]) }
    _ = try Upload.run(from: first, to: crossed, interruption: Interruption())
    #expect(target.store.contents == named(first))
    // Not for ever.
    let restless = Crossing(target, times: .max) { try target.store.put("results/4.csv", [7]) }
    let error = #expect(throws: StoreError.self) {
      try Upload.run(
        from: try Self.run(6, version: 2), to: restless, interruption: Interruption())
    }
    #expect(error == .overtaken(key: RunRecord.key))
    #expect(target.store.contents[RunRecord.key] == nil)
  }

  @Test func whatOnlyAnEarlierSetNamesGoes() throws {
    let target = Watched()
    _ = try upload(try Self.run(9, version: 1), target)
    try target.store.put("plots/mine.png", [1])
    let later = try Self.run(4, version: 2)
    _ = try upload(later, target)
    #expect(target.store.contents == named(later).merging(["plots/mine.png": [1]]) { $1 })
  }

  /// A store in which something happens just before the record is put, so many times.
  private final class Crossing: ForwardingStore {
    let store: Watched
    private let left: Mutex<Int>
    private let meanwhile: @Sendable () throws -> Void

    init(_ target: Watched, times: Int = 1, _ meanwhile: @escaping @Sendable () throws -> Void) {
      store = target
      left = Mutex(times)
      self.meanwhile = meanwhile
    }

    func putNew(_ key: String, _ bytes: [UInt8]) throws -> Bool {
      let isDue = left.withLock { left in
        left -= 1
        return left >= 0
      }
      if isDue { try meanwhile() }
      return try store.putNew(key, bytes)
    }
  }

  @Test func aStoreIsNotUploadedToItself() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    for (key, bytes) in try Self.run(4, version: 1).contents { try store.put(key, bytes) }
    let before = try folder.files(below: ".")
    for name in ["", "/", "/."] {
      let error = #expect(throws: StoreError.self) {
        try Upload.run(
          from: store, to: DirectoryStore(root: folder.path + name), interruption: Interruption())
      }
      #expect(error?.exitStatus == 64)
    }
    #expect(try folder.files(below: ".") == before)
  }

  @Test func withoutARecordThereIsNoSet() throws {
    let error = #expect(throws: ConfigurationError.self) { try upload(MemoryStore(), Watched()) }
    #expect(
      error?.description
        == "run.json: there is none in this store, expected what `fluke sweep` makes; run that first")
  }

  @Test func aSetOfAnotherRunStaysWhereItMust() throws {
    let target = Watched()
    let first = try Self.run(6, version: 1)
    _ = try upload(first, target, overwrites: false)
    #expect(try upload(first, target, overwrites: false).uploaded == 0)
    let error = #expect(throws: StoreError.self) {
      try upload(try Self.run(6, version: 2), target, overwrites: false)
    }
    #expect(error?.exitStatus == 73)
    #expect(target.store.contents == named(first))
  }

  @Test func theWishToStop() throws {
    let interruption = Interruption()
    interruption.request()
    let target = Watched()
    #expect(throws: Interrupted()) {
      try Upload.run(from: try Self.run(6, version: 1), to: target, interruption: interruption)
    }
    #expect(target.store.contents.isEmpty)
  }

  @Test(
    arguments: [
      ([:], nil), (["USE_S3": "false", "S3_BUCKET": "b"], nil), (["S3_BUCKET": "b"], nil),
      (["USE_S3": "true", "S3_BUCKET": "bucket"], "s3://bucket"),
      (["USE_S3": "True", "S3_BUCKET": "b"], "s3://b"),
    ] as [([String: String], String?)])
  func theVariablesOfTheClassicPipeline(variables: [String: String], target: String?) throws {
    #expect(try UploadTarget.classic(variables) == target)
  }

  @Test func theClassicPipelineNeedsABucket() {
    #expect(throws: ConfigurationError.self) { try UploadTarget.classic(["USE_S3": "true"]) }
  }
}
