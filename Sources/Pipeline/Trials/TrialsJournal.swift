import Artifacts
import Stores
import Synchronization

/// The rows of trials while they are made: whole trials only, in their order, whichever is ready first.
///
/// They go to a file beside the artifact, such as `results/trials.partial.csv`. Its first line pins what decides the rows,
/// except how many trials there are; the lines below are those of the artifact. So an interrupted run is continued behind its
/// last whole trial, and by no other options. Where a store cannot append, rows wait in memory.
final class TrialsJournal: Sendable {
  /// The trials that an interrupted run has left whole.
  let kept: Int
  private let file: GrowingFile?
  private let writer: GrowingFile.Writer?
  private let preamble: Preamble
  private let trials: Range<Int>
  private let state: Mutex<State>

  private struct State {
    /// Rows that wait for those of an earlier trial.
    var waiting: [Int: Result<[UInt8], any Error>] = [:]
    var next: Int
    var failure: (any Error)?
    /// Where there is no file.
    var memory: [UInt8] = []
  }

  /// What stands before the rows.
  private struct Preamble {
    let pin: [UInt8]
    let header: [UInt8]
    var bytes: [UInt8] { pin + header }
  }

  /// - Parameters:
  ///   - trials: the numbers of the trials that go into it.
  ///   - key: of the file.
  ///   - resumes: whether an interrupted run is to be continued; one is never overwritten.
  /// - Throws: ``ConfigurationError/inTheWay(key:found:needed:remedy:)``, `StoreError`.
  init(
    _ configuration: TrialsConfiguration, inputs: [String: ArtifactSummary], trials: Range<Int>,
    key: String, resumes: Bool, in store: any ArtifactStore
  ) throws {
    let preamble = Preamble(
      pin: Array("# fluke trials \(try Self.digest(configuration, inputs, first: trials.lowerBound))\n".utf8),
      header: TrialsTable.header)
    self.preamble = preamble
    self.trials = trials
    let file = try store.growing(key)
    self.file = file
    let found = try file.flatMap { try Self.found($0, key, preamble, configuration, trials) }
    if let found, found.trials > 0, !resumes {
      throw ConfigurationError.inTheWay(
        key: key,
        found:
          "an interrupted run of \(Figures.count(found.trials)) whole \(found.trials == 1 ? "trial" : "trials")",
        needed: "none",
        remedy: "pass --resume to continue it, or remove the file")
    }
    kept = found?.trials ?? 0
    state = Mutex(State(next: trials.lowerBound + kept))
    writer = try file?.opened(keeping: kept > 0 ? found?.size ?? 0 : 0)
    if kept == 0 { try writer?.append(preamble.bytes) }
  }

  /// Takes the rows of a trial, or why there are none.
  func add(_ rows: Result<[UInt8], any Error>, trial: Int) {
    state.withLock { state in
      state.waiting[trial] = rows
      while state.failure == nil, let rows = state.waiting.removeValue(forKey: state.next) {
        do {
          let bytes = try rows.get()
          if let writer { try writer.append(bytes) } else { state.memory += bytes }
          state.next += 1
        } catch {
          state.failure = error
        }
      }
    }
  }

  /// Whether something went wrong, so that no more trials need be run.
  var hasFailed: Bool { state.withLock { $0.failure != nil } }

  /// - Throws: why the first trial that has no rows has none.
  func check() throws {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// The table, header and rows, in chunks; an empty one is the end.
  func table() throws -> () throws -> [UInt8] {
    guard let file else {
      var rest = [preamble.header, state.withLock { $0.memory }]
      return { rest.isEmpty ? [] : rest.removeFirst() }
    }
    return try Self.table(file, pin: preamble.pin.count)
  }

  /// Removes the file: the table has its final name.
  func remove() throws { try file?.remove() }
}

extension TrialsJournal {
  /// The journal of all trials.
  ///
  /// - Throws: as for those of a shard.
  convenience init(
    _ configuration: TrialsConfiguration, inputs: [String: ArtifactSummary], resumes: Bool,
    in store: any ArtifactStore
  ) throws {
    try self.init(
      configuration, inputs: inputs, trials: 0..<configuration.trials.count,
      key: ArtifactKeys.partialTrials, resumes: resumes, in: store)
  }

  /// What decides the rows of a trial, as 64 hexadecimal digits.
  private static func digest(
    _ configuration: TrialsConfiguration, _ inputs: [String: ArtifactSummary], first: Int
  ) throws -> String {
    var configuration = configuration
    // Rows do not depend on how many come after them.
    configuration.trials.count = 1
    let parts = [
      try JSONDocument.encode(configuration), try JSONDocument.encode(inputs), Array(Workplace.version.utf8),
      // A run in one go begins with the first.
      first > 0 ? Array("from trial \(first)".utf8) : [],
    ]
    return SHA256.hexDigest(of: Array(parts.joined()))
  }

  private static func table(_ file: GrowingFile, pin: Int) throws -> () throws -> [UInt8] {
    let chunks = Chunks(try file.reader())
    return {
      let chunk = try chunks.next()
      defer { chunks.isFirst = false }
      return chunks.isFirst ? Array(chunk.dropFirst(pin)) : chunk
    }
  }

  /// What an interrupted run has left: whole trials, at most as many as are wanted, and the bytes up to their end.
  private static func found(
    _ file: GrowingFile, _ key: String, _ preamble: Preamble, _ configuration: TrialsConfiguration,
    _ trials: Range<Int>
  ) throws -> (trials: Int, size: Int)? {
    let chunks = Chunks(try file.reader())
    var counter = RowCounter(
      first: preamble.bytes.count, rowsPerTrial: configuration.cells.count, most: trials.count)
    var chunk = try chunks.next()
    guard !chunk.isEmpty else { return nil }
    // A torn beginning of our own is as good as none.
    guard zip(preamble.bytes, chunk).allSatisfy({ $0 == $1 }) else {
      throw ConfigurationError.inTheWay(
        key: key, found: "an interrupted run with other options, bars or version",
        needed: "one with the options of this command", remedy: "give the same options, or remove the file")
    }
    chunk.removeFirst(min(preamble.bytes.count, chunk.count))
    while !chunk.isEmpty {
      counter.count(chunk)
      chunk = try chunks.next()
    }
    guard counter.trials > 0 else { return (0, 0) }
    // What cannot be read would be found out at the end only.
    var rest = counter.size
    let table = try table(file, pin: preamble.pin.count)
    rest -= preamble.pin.count
    _ = try TrialsFigures(configuration, first: trials.lowerBound, trials: counter.trials) {
      let chunk = try table().prefix(rest)
      rest -= chunk.count
      return Array(chunk)
    }
    return (counter.trials, counter.size)
  }
}

/// Lets a closure hold a reader, which cannot be copied.
private final class Chunks {
  private let reader: FileReader?
  var isFirst = true

  init(_ reader: consuming FileReader?) {
    self.reader = reader
  }

  func next() throws -> [UInt8] { try reader?.next() ?? [] }
}

/// Counts rows that arrive in pieces. Line ends within quotes end no row.
private struct RowCounter {
  /// Whole trials so far.
  private(set) var trials = 0
  /// The bytes up to their end.
  private(set) var size: Int
  private let rowsPerTrial: Int
  private let most: Int
  private var passed: Int
  private var rows = 0
  private var isQuoted = false

  /// - Parameter first: the bytes before the first row.
  init(first: Int, rowsPerTrial: Int, most: Int) {
    size = first
    passed = first
    self.rowsPerTrial = rowsPerTrial
    self.most = most
  }

  mutating func count(_ bytes: [UInt8]) {
    for byte in bytes {
      passed += 1
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "\n"), !isQuoted, trials < most else { continue }
      rows += 1
      if rows == rowsPerTrial {
        rows = 0
        trials += 1
        size = passed
      }
    }
  }
}
