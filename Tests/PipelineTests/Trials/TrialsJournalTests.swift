import FoundationEssentials
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// Rows that were interrupted are continued behind the last whole trial, wherever the file ends.
@Suite struct TrialsJournalTests {
  private static let trials = 4
  private static let partial = "results/trials.partial.csv"

  /// The bytes of a seal: a mark, 64 digits and a line end.
  private static let sealSize = 67

  private static let configuration = TrialsConfiguration.tiny(trials: trials) { $0.trials.sizes = [3, 5] }

  /// The lines of each trial; names may hold quotes and line ends.
  private static let lines = (0..<trials).map { trial in
    TrialsTable.lines(
      configuration.cells.map { cell in
        TrialRow(
          trial: trial, seeds: TrialSeeds(seed: 11, number: trial), cell: cell, winner: "a \"b\"\nc,\(trial)",
          figures: TrialFigure.allCases.indices.map { $0 == 5 ? .nan : Double(trial + 1) / Double($0 + 9) })
      }, hasMarketSeed: true)
  }

  private func journal(
    _ store: DirectoryStore, resumes: Bool = true, _ configuration: TrialsConfiguration = Self.configuration
  ) throws -> TrialsJournal {
    try TrialsJournal(configuration, inputs: [:], resumes: resumes, in: store)
  }

  private func complete(_ journal: TrialsJournal, order: (Range<Int>) -> [Int] = Array.init) throws -> [UInt8]
  {
    for trial in order(journal.kept..<Self.trials) { journal.add(.success(Self.lines[trial]), trial: trial) }
    try journal.check()
    let next = try journal.table()
    var bytes: [UInt8] = []
    while case let chunk = try next(), !chunk.isEmpty { bytes += chunk }
    return bytes
  }

  @Test func everyCut() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let whole = try complete(try journal(store, resumes: false), order: { $0.reversed() })
    #expect(whole == TrialsTable.header + Self.lines.joined())
    let file = try store.get(Self.partial)
    let beginning = file.count - Self.lines.joined().count - Self.trials * Self.sealSize
    var kept: Set<Int> = []
    for cut in 0...file.count {
      try store.put(Self.partial, Array(file[..<cut]))
      let continued = try journal(store)
      let ends = (1...Self.trials).filter {
        beginning + Self.lines[..<$0].joined().count + $0 * Self.sealSize <= cut
      }
      #expect(continued.kept == ends.count)
      #expect(try complete(continued) == whole, "cut at \(cut)")
      kept.insert(continued.kept)
    }
    #expect(kept == Set(0...Self.trials))
    #expect(try store.get(Self.partial) == file)
  }

  @Test func isNeverOverwritten() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let first = try journal(store, resumes: false)
    // Without a whole trial there is nothing to lose.
    _ = try journal(store, resumes: false)
    first.add(.success(Self.lines[0]), trial: 0)
    let error = #expect(throws: ConfigurationError.self) { try journal(store, resumes: false) }
    #expect(
      "\(error!)"
        == "results/trials.partial.csv: found an interrupted run of 1 whole trial, expected none; pass --resume "
        + "to continue it, or remove the file")
  }

  private typealias Change = @Sendable (inout TrialsConfiguration) -> Void

  private static let others: [Change] = [
    { $0.sweep.strategies.seed = 12 }, { $0.sweep.backtest.feeBasisPoints = 1 },
    { $0.trials.sizes = [3, 6] },
    { $0.trials.market = .permutation }, { $0.sweep.detection.maximumPBO = 0.4 },
  ]

  @Test(arguments: others.indices) func otherOptionsAreRefused(index: Int) throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    try journal(store).add(.success(Self.lines[0]), trial: 0)
    let bytes = try store.get(Self.partial)
    var other = Self.configuration
    Self.others[index](&other)
    let error = #expect(throws: ConfigurationError.self) { try journal(store, other) }
    #expect("\(error!)".hasPrefix("results/trials.partial.csv: found an interrupted run with other options"))
    #expect(try store.get(Self.partial) == bytes)
  }

  /// Fewer or more trials are the same trials.
  @Test func anotherNumberOfTrials() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    _ = try complete(try journal(store))
    var other = Self.configuration
    other.trials.count = 9
    #expect(try journal(store, other).kept == 4)
    other.trials.count = 2
    #expect(try journal(store, other).kept == 2)
    #expect(try journal(store).kept == 2)
  }

  /// Rows that are not as they were written are made again, and so are those behind them.
  @Test func changedBytes() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let whole = try complete(try journal(store))
    let file = try store.get(Self.partial)
    let beginning = file.count - Self.lines.joined().count - Self.trials * Self.sealSize
    for place in stride(from: beginning, to: file.count, by: 7) {
      var changed = file
      changed[place] ^= 1
      try store.put(Self.partial, changed)
      let continued = try journal(store)
      #expect(continued.kept < Self.trials, "byte \(place)")
      #expect(try complete(continued) == whole, "byte \(place)")
    }
    // A trial that is missing, and two that are in each other's place.
    let text = String(decoding: file, as: UTF8.self)
    let second = String(decoding: Self.lines[1], as: UTF8.self)
    let third = String(decoding: Self.lines[2], as: UTF8.self)
    for changed in [text.replacing(second, with: ""), text.replacing(second, with: third)] {
      try store.put(Self.partial, Array(changed.utf8))
      let continued = try journal(store)
      #expect(continued.kept == 1)
      #expect(try complete(continued) == whole)
    }
  }

  /// A seal that fits is no proof that rows are right.
  @Test func wrongRowsAreFoundBeforeWorkBegins() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let first = try journal(store)
    first.add(.success(Self.lines[0]), trial: 0)
    first.add(.success(Self.lines[2]), trial: 1)
    let error = #expect(throws: ConfigurationError.self) { try journal(store) }
    #expect(
      "\(error!)"
        == "results/trials.partial.csv: found row 4 damaged, expected every trial in its order; remove the "
        + "file to begin anew")
  }
}
