import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A signal ends the program with status 128 + its number and leaves nothing half-written, whenever it comes.
@Suite struct SignalTests {
  /// When the signal is sent.
  enum Moment: CaseIterable, Sendable {
    case atOnce
    case onceBarsAreStored
    case onceStrategiesAreStored
    case onceAFileIsInTheMaking
    case oncePerformanceIsStored
    case oncePlotsAreDrawn

    /// Whether it has come, by the paths of the run.
    func hasCome(_ contents: [String]) -> Bool {
      switch self {
      case .atOnce: true
      case .onceBarsAreStored: contents.contains { $0.hasPrefix("output/raw/btc") }
      case .onceStrategiesAreStored: contents.contains { $0.hasSuffix("strategies_latest.json") }
      case .onceAFileIsInTheMaking: contents.contains { $0.contains(".partial-") }
      case .oncePerformanceIsStored: contents.contains { $0.hasSuffix("training_performance.csv") }
      case .oncePlotsAreDrawn: contents.contains { $0.hasSuffix("win_rate_histogram.png") }
      }
    }
  }

  /// What is left is told, and it depends on the moment.
  private static let lines = [
    "fluke: interrupted; files that were finished before are kept\n",
    "fluke: interrupted; bars and strategies are kept, results are not complete; a run begun with --resume can be "
      + "continued\n",
  ]

  @Test(arguments: Moment.allCases, [SIGINT, SIGTERM]) func endsTheProgram(moment: Moment, signal: Int32)
    throws
  {
    let folder = try TemporaryFolder()
    let program = try Program(["sweep", "--threads", "1", "--count", "20000"], in: folder.path)
    // Bounded by the end of the program.
    while program.isRunning && !moment.hasCome(folder.contents) {}
    program.send(signal: signal)
    let ending = try program.wait()
    // The last moments may come too late for the signal.
    #expect(ending.status == 128 + signal || ending.status == 0)
    #expect(ending.status == 0 || ending.output.isEmpty || moment == .oncePlotsAreDrawn)
    // A process that has not begun yet has no handler.
    if moment != .atOnce && ending.status != 0 {
      #expect(Self.lines.contains(ending.error), "\(ending.error)")
    }
    #expect(!folder.contents.contains { $0.contains(".partial-") })
    for (name, bytes) in try folder.files(below: ".") where name.hasSuffix(".png") {
      #expect(bytes.suffix(8).prefix(4) == Array("IEND".utf8)[...])
    }
  }

  @Test func leavesTheEarlierRunAsItIs() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run(["sweep", "-q", "--count", "5"], in: folder.path).status == 0)
    let before = try folder.files(below: "output")
    let program = try Program(
      ["sweep", "--family", "sma-cross", "--fast", "1:5000", "--slow", "2:5000"], in: folder.path)
    // Enumerating this grid takes many times longer than the program's start.
    var polls = 0
    while program.isRunning && polls < 20_000 { polls += 1 }
    program.send(signal: SIGINT)
    #expect(try program.wait().status == 130)
    #expect(try folder.files(below: "output") == before)
  }
}
