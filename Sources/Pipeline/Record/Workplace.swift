import Artifacts
import Backtesting
import FoundationEssentials
import Kernels
import Stores

/// Where and with what a stage works: nothing of this changes an artifact, except `run.json`.
public struct Workplace: Sendable {
  /// Where artifacts are read and written.
  public let store: any ArtifactStore
  /// Threads at work, at least 1.
  public let threads: Int
  /// The BLAS library in use.
  public let library: OpenBLAS
  /// The wish to stop.
  public let interruption: Interruption
  /// Seconds on a clock that only goes forward.
  public let clock: @Sendable () -> Double
  /// The time of day, for `run.json`.
  public let now: @Sendable () -> String
  /// Told what begins, how many pieces it has (0 where they cannot be counted), and where it can be read how many are
  /// done. An empty text ends what began last.
  public let watch: @Sendable (_ work: String, _ blocks: Int, _ progress: RunProgress) -> Void

  public init(
    store: any ArtifactStore, threads: Int, library: OpenBLAS, interruption: Interruption,
    clock: @escaping @Sendable () -> Double, now: @escaping @Sendable () -> String,
    watch: @escaping @Sendable (_ work: String, _ blocks: Int, _ progress: RunProgress) -> Void
  ) {
    self.store = store
    self.threads = threads
    self.library = library
    self.interruption = interruption
    self.clock = clock
    self.now = now
    self.watch = watch
  }

  /// The version of Fluke that stands in `run.json`.
  public static let version = "0.1.0"

  /// A record of nothing yet.
  func newRecord(_ options: Configuration) -> RunRecord {
    RunRecord(
      options: options,
      versions: ["fluke": Self.version, "openblas": library.configuration],
      host: [
        "system": ProcessInfo.processInfo.operatingSystemVersionString,
        "processors": String(ProcessInfo.processInfo.activeProcessorCount),
        "kernel": ProcessorLevel.current.name,
      ],
      openBLASCore: library.core, threads: threads,
      tilePlan: RunRecord.TilePlanEntry(
        strategiesPerBlock: TilePlan.strategiesPerBlock, mostBarsPerTile: TilePlan.mostBarsPerTile,
        largestSmallProduct: TilePlan.largestSmallProduct))
  }

  /// The store's record, to be continued here.
  ///
  /// - Throws: ``ConfigurationError/stale(key:reason:stage:)`` without one or with one of another format, `JSONError` if
  ///   it cannot be read.
  func loadRecord() throws -> RunRecord {
    guard try store.head(RunRecord.key) != nil else {
      throw ConfigurationError.stale(
        key: RunRecord.key, reason: "there is none in this store", stage: Stage.generate.rawValue)
    }
    let bytes = try store.get(RunRecord.key)
    let header = try JSONDocument.decode(RecordHeader.self, from: bytes, document: RunRecord.key)
    if let command = header.commandWithoutStages {
      throw ConfigurationError.stale(
        key: RunRecord.key, reason: "it is that of `fluke \(command)`, which has no stages",
        stage: Stage.generate.rawValue)
    }
    let format = header.format
    guard format == RunRecord.currentFormat else {
      throw ConfigurationError.stale(
        key: RunRecord.key,
        reason: "it has format \(format), this version writes \(RunRecord.currentFormat)",
        stage: Stage.generate.rawValue)
    }
    var record = try JSONDocument.decode(RunRecord.self, from: bytes, document: RunRecord.key)
    try StoredOptions.check(in: RunRecord.key, at: "options") { try record.options.check() }
    let here = newRecord(record.options)
    record.versions = here.versions
    record.host = here.host
    record.openBLASCore = here.openBLASCore
    record.threads = here.threads
    record.tilePlan = here.tilePlan
    return record
  }

  /// The bytes of an artifact, as the run left them.
  ///
  /// - Throws: ``ConfigurationError/stale(key:reason:stage:)`` if the record does not vouch for them.
  func read(_ key: String, of stage: Stage, record: RunRecord) throws -> [UInt8] {
    guard let expected = record.artifacts[key] else {
      throw ConfigurationError.stale(
        key: key, reason: "it is missing, or older than what it was made from", stage: stage.rawValue)
    }
    guard try store.head(key) == expected else {
      throw ConfigurationError.stale(
        key: key, reason: "it was changed since the run that run.json records", stage: stage.rawValue)
    }
    return try store.get(key)
  }

  /// Runs `body` as `stage`: what it puts is recorded, what later stages made no longer counts, and the record is
  /// updated (but not stored).
  func perform<Result>(
    _ stage: Stage, record: inout RunRecord, _ body: (inout StageWriter) throws -> Result
  ) throws -> Result {
    let start = clock()
    var writer = StageWriter(store: store)
    let result = try body(&writer)
    record.forget(from: stage)
    record.artifacts.merge(writer.written) { $1 }
    record.stages[stage.rawValue] = RunRecord.StageEntry(
      finished: now(), seconds: ((clock() - start) * 1_000).rounded() / 1_000,
      threads: threads)
    return result
  }

  /// Stores the record.
  ///
  /// - Throws: `StoreError/vanished(key:)` where an artifact that it names is gone.
  func save(_ record: RunRecord) throws {
    try seal(try JSONDocument.encode(record), naming: record.artifacts.keys)
  }
}

/// What every record has, whatever its format and whatever was run.
private struct RecordHeader: Decodable {
  let format: Int
  private let command: String?
  private let trials: Present?

  /// Something, whatever it is.
  private struct Present: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  /// The command that made the record, where it is one that stages cannot go on from.
  var commandWithoutStages: String? { command ?? (trials == nil ? nil : "trials") }
}

/// Puts artifacts and remembers their digests.
struct StageWriter {
  let store: any ArtifactStore
  private(set) var written: [String: ArtifactSummary] = [:]

  init(store: any ArtifactStore) {
    self.store = store
  }

  /// Stores `bytes` under `key`.
  mutating func put(_ key: String, _ bytes: [UInt8]) throws {
    written[key] = try store.put(key, bytes)
  }

  /// Stores what `body` appends under `key`.
  mutating func put(_ key: String, writing body: (([UInt8]) throws -> Void) throws -> Void) throws {
    written[key] = try store.put(key, writing: body)
  }

  /// Stores `value` as JSON under `key`.
  mutating func put(_ key: String, json value: some Encodable) throws {
    try put(key, try JSONDocument.encode(value))
  }
}
