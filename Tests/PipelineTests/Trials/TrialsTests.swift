import Backtesting
import FoundationEssentials
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// The artifacts of trials depend on the options alone.
@Suite struct TrialsTests {
  private static let several = TrialsConfiguration.tiny(trials: 7) {
    $0.trials.sizes = [4, 20]
    $0.trials.edges = [0, 0.01]
    $0.sweep.strategies.direction = .longShort
  }

  @Test func onOneThreadAndOnThree() throws {
    let (one, three) = (MemoryStore(), MemoryStore())
    _ = try Trials.run(Self.several, in: .test(one))
    _ = try Trials.run(Self.several, in: .test(three, threads: 3))
    #expect(one.reproducible == three.reproducible)
    #expect(
      one.reproducible.keys.sorted() == [
        "plots/trials_best_sharpe.png", "plots/trials_drop.png", "plots/trials_pbo.png",
        "plots/trials_power.png",
        "results/trials.csv", "results/trials_summary.json",
      ])
  }

  @Test func theRecordVouchesForWhatIsThere() throws {
    let store = MemoryStore()
    let report = try Trials.run(Self.several, in: .test(store))
    #expect(report.record.artifacts.count == 6)
    for (key, summary) in report.record.artifacts { #expect(try store.head(key) == summary) }
    let text = try store.text("run.json")
    #expect(text.contains("\"trials\": {\n    \"count\": 7,"))
  }

  /// A file that grows and memory give the same.
  @Test func inAFolderAndInMemory() throws {
    let folder = try TemporaryFolder()
    let memory = MemoryStore()
    _ = try Trials.run(Self.several, in: .test(memory))
    _ = try Trials.run(Self.several, in: .test(DirectoryStore(root: folder.path)))
    #expect(try folder.files(below: ".") == memory.contents)
  }

  @Test func interruptedAndContinued() throws {
    let undisturbed = MemoryStore()
    _ = try Trials.run(Self.several, in: .test(undisturbed))
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    var (left, runs) = (7, 0)
    while left > 0 {
      // Stops once two more trials are done, wherever the third one is.
      let interruption = Interruption()
      let base = try Workplace.test(store, threads: 2)
      let plan = try TrialPlan(Self.several)
      let journal = try TrialsJournal(plan.configuration, inputs: [:], resumes: true, in: store)
      left = 7 - journal.kept
      for trial in journal.kept..<min(7, journal.kept + 2) {
        journal.add(
          .success(TrialsTable.lines(try plan.rows(trial: trial), hasMarketSeed: true)), trial: trial)
      }
      interruption.request()
      let stopped = Workplace(
        store: store, threads: 2, library: base.library, interruption: interruption, clock: base.clock,
        now: base.now, watch: base.watch)
      #expect(throws: Interrupted.self) { try Trials.run(Self.several, resumes: true, in: stopped) }
      #expect(folder.contents.contains("results/trials.partial.csv"))
      runs += 1
    }
    #expect(runs == 5)
    let base = try Workplace.test(store)
    #expect(throws: ConfigurationError.self) { try Trials.run(Self.several, in: base) }
    _ = try Trials.run(Self.several, resumes: true, in: base)
    #expect(try folder.files(below: ".") == undisturbed.contents)
  }

  /// The first trial that fails ends the run, whatever the others did meanwhile; what came before it is kept.
  @Test func aTrialThatFails() throws {
    struct Fault: Error, Equatable {
      let trial: Int
    }
    let folder = try TemporaryFolder()
    let store = DirectoryStore(root: folder.path)
    let configuration = TrialsConfiguration.tiny(trials: 5)
    let plan = try TrialPlan(configuration)
    let journal = try TrialsJournal(configuration, inputs: [:], resumes: false, in: store)
    func lines(_ trial: Int) throws -> [UInt8] {
      TrialsTable.lines(try plan.rows(trial: trial), hasMarketSeed: true)
    }
    journal.add(.failure(Fault(trial: 2)), trial: 2)
    journal.add(.failure(Fault(trial: 3)), trial: 3)
    journal.add(.success(try lines(1)), trial: 1)
    #expect(!journal.hasFailed)
    journal.add(.success(try lines(0)), trial: 0)
    #expect(journal.hasFailed)
    #expect(throws: Fault(trial: 2)) { try journal.check() }
    #expect(try TrialsJournal(configuration, inputs: [:], resumes: true, in: store).kept == 2)
  }
}
