import Artifacts
import Stores
import Synchronization

/// The rows of trials while they are made: whole trials only, in their order, whichever is ready first.
///
/// They go to a file beside the artifact, such as `results/trials.partial.csv`. Its first line pins what decides the rows,
/// except how many trials there are; the lines below are those of the artifact, and after those of each trial there is a
/// ``TrialSeal``. So an interrupted run is continued behind its last trial that is whole and as it was written, and by no
/// other options. Where a store cannot append, rows wait in memory.
final class TrialsJournal: Sendable {
  /// The trials that an interrupted run has left whole.
  let kept: Int
  private let file: GrowingFile?
  private let writer: GrowingFile.Writer?
  private let preamble: Preamble
  private let rowsPerTrial: Int
  private let state: Mutex<State>

  private struct State {
    var seal: TrialSeal
    /// Rows that wait for those of an earlier trial.
    var waiting: [Int: Result<[UInt8], any Error>] = [:]
    var next: Int
    var failure: (any Error)?
    /// Where there is no file.
    var memory: [UInt8] = []
  }

  /// What stands before the rows.
  fileprivate struct Preamble {
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
    rowsPerTrial = configuration.cells.count
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
    state = Mutex(
      State(seal: found?.seal ?? TrialSeal(pin: preamble.pin), next: trials.lowerBound + kept))
    writer = try file?.opened(keeping: found?.size ?? 0)
    if kept == 0 { try writer?.append(preamble.bytes) }
  }

  /// Takes the rows of a trial, or why there are none.
  func add(_ rows: Result<[UInt8], any Error>, trial: Int) {
    state.withLock { state in
      state.waiting[trial] = rows
      while state.failure == nil, let rows = state.waiting.removeValue(forKey: state.next) {
        do {
          let bytes = try rows.get()
          if let writer {
            try writer.append(bytes + state.seal.line(after: bytes))
          } else {
            state.memory += bytes
          }
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
    return try JournalReader(file, preamble, rowsPerTrial: rowsPerTrial).table()
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
      // Rows of other figures are no rows of this run.
      Array(TrialFigure.allCases.map(\.rawValue).joined(separator: ",").utf8),
      // A run in one go begins with the first.
      first > 0 ? Array("from trial \(first)".utf8) : [],
    ]
    return SHA256.hexDigest(of: Array(parts.joined()))
  }

  /// What an interrupted run has left: whole trials, at most as many as are wanted, the bytes up to their end, and the
  /// seal there.
  private static func found(
    _ file: GrowingFile, _ key: String, _ preamble: Preamble, _ configuration: TrialsConfiguration,
    _ trials: Range<Int>
  ) throws -> (trials: Int, size: Int, seal: TrialSeal)? {
    let beginning = try file.reader()?.next() ?? []
    guard !beginning.isEmpty else { return nil }
    // A torn beginning of our own is as good as none.
    guard zip(preamble.bytes, beginning).allSatisfy({ $0 == $1 }) else {
      throw ConfigurationError.inTheWay(
        key: key, found: "an interrupted run with other options, bars or version",
        needed: "one with the options of this command", remedy: "give the same options, or remove the file")
    }
    func reader() throws -> JournalReader {
      try JournalReader(file, preamble, rowsPerTrial: configuration.cells.count, most: trials.count)
    }
    let journal = try reader()
    while !(try journal.chunk()).isEmpty {}
    guard journal.trials > 0 else { return (0, 0, journal.seal) }
    // A seal says that rows are as they were written, not that they are right; that would be found out at the end only.
    do {
      _ = try TrialsFigures(
        configuration, first: trials.lowerBound, trials: journal.trials, refill: try reader().table())
    } catch let damage as TrialsFigures.Damage {
      throw ConfigurationError.inTheWay(
        key: key, found: "row \(damage.row) damaged", needed: "every trial in its order",
        remedy: "remove the file to begin anew")
    }
    return (journal.trials, journal.size, journal.seal)
  }
}

/// The line that ends the rows of a trial: the checksum of all lines before it.
struct TrialSeal: Equatable {
  private var digest: String

  /// The one before the first trial.
  init(pin: [UInt8]) { digest = SHA256.hexDigest(of: pin) }

  /// Goes on behind the rows of the next trial, and says what line follows them.
  mutating func line(after rows: [UInt8]) -> [UInt8] {
    digest = SHA256.hexDigest(of: Array(digest.utf8) + rows)
    return Array("# \(digest)\n".utf8)
  }
}

/// The rows of a journal's trials, up to the first that is torn or is not what its seal says.
private final class JournalReader {
  /// No row is longer, in bytes.
  private static let longestRow = 1 << 20
  /// About the bytes of a chunk.
  private static let chunkSize = 1 << 16

  /// Trials so far.
  private(set) var trials = 0
  /// The bytes up to their end.
  private(set) var size: Int
  /// Behind the last of them.
  private(set) var seal: TrialSeal
  private let rowsPerTrial: Int
  private let most: Int
  private let header: [UInt8]
  private let file: FileReader?
  private var bytes: [UInt8] = []
  private var place = 0

  /// - Parameter most: where to end, if not before.
  init(
    _ file: GrowingFile, _ preamble: TrialsJournal.Preamble, rowsPerTrial: Int, most: Int = .max
  ) throws {
    seal = TrialSeal(pin: preamble.pin)
    size = preamble.bytes.count
    header = preamble.header
    self.rowsPerTrial = rowsPerTrial
    self.most = most
    self.file = try file.reader()
    _ = try take(size)
  }

  /// Begins to hand out the table, header and rows, in chunks of which an empty one is the end.
  func table() -> () throws -> [UInt8] {
    var first = [header]
    return { try first.popLast() ?? self.chunk() }
  }

  /// The rows of some trials, without seals; empty at the end.
  func chunk() throws -> [UInt8] {
    var rows: [UInt8] = []
    while rows.count < Self.chunkSize, trials < most, let next = try trial() { rows += next }
    return rows
  }

  private func trial() throws -> [UInt8]? {
    guard let rows = try takeRows() else { return nil }
    var next = seal
    let line = next.line(after: rows)
    guard try take(line.count) == line else { return nil }
    seal = next
    trials += 1
    size += rows.count + line.count
    return rows
  }

  /// Line ends within quotes end no row.
  private func takeRows() throws -> [UInt8]? {
    var rows: [UInt8] = []
    var (left, isQuoted) = (rowsPerTrial, false)
    while left > 0 {
      guard rows.count <= rowsPerTrial * Self.longestRow, try fill() else { return nil }
      let start = place
      while place < bytes.count, left > 0 {
        let byte = bytes[place]
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        if byte == UInt8(ascii: "\n"), !isQuoted { left -= 1 }
        place += 1
      }
      rows += bytes[start..<place]
    }
    return rows
  }

  /// The next bytes; fewer at the end.
  private func take(_ count: Int) throws -> [UInt8] {
    var taken: [UInt8] = []
    while taken.count < count, try fill() {
      let end = min(bytes.count, place + count - taken.count)
      taken += bytes[place..<end]
      place = end
    }
    return taken
  }

  /// Whether there are more bytes.
  private func fill() throws -> Bool {
    if place < bytes.count { return true }
    bytes = try file?.next() ?? []
    place = 0
    return !bytes.isEmpty
  }
}
