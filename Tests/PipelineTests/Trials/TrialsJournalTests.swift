import FoundationEssentials
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// Rows that were interrupted are continued behind the last whole trial, wherever the file ends.
@Suite struct TrialsJournalTests {
  private static let trials = 4
  private static let partial = "results/trials.partial.csv"

  private static let configuration = TrialsConfiguration.tiny(trials: trials) { $0.trials.sizes = [3, 5] }

  /// The lines of each trial; names may hold quotes and line ends.
  private static let lines = (0..<trials).map { trial in
    TrialsTable.lines(
      configuration.cells.map { cell in
        TrialRow(
          trial: trial, seeds: TrialSeeds(seed: 11, number: trial), cell: cell, winner: "a \"b\"\nc,\(trial)",
          figures: TrialFigure.allCases.indices.map { $0 == 5 ? .nan : Double(trial) + Double($0) / 7 })
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
    let beginning = file.count - whole.count + TrialsTable.header.count
    var kept: Set<Int> = []
    for cut in 0...file.count {
      try store.put(Self.partial, Array(file[..<cut]))
      let continued = try journal(store)
      let ends = (1...Self.trials).filter { beginning + Self.lines[..<$0].joined().count <= cut }
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

  @Test func damageIsFoundBeforeWorkBegins() throws {
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    _ = try complete(try journal(store))
    var text = String(decoding: try store.get(Self.partial), as: UTF8.self)
    // Trial 1 is missing.
    text.replace(String(decoding: Self.lines[1], as: UTF8.self), with: "")
    try store.put(Self.partial, Array(text.utf8))
    let error = #expect(throws: ConfigurationError.self) { try journal(store) }
    #expect(
      "\(error!)"
        == "results/trials.partial.csv: found row 4 damaged, expected every trial in its order; remove the "
        + "file to begin anew")
  }
}
