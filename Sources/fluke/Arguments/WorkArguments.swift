import ArgumentParser
import FoundationEssentials
import Kernels
import Pipeline
import Stores

/// With how much, and how loudly; nothing of this changes a result.
struct WorkArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Threads at work (default: one a processor).", valueName: "n"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print nothing but errors, and what --json asks for.")
  var quiet = false

  /// Beyond this a number is a slip of the finger.
  private static let mostThreads = 1_024

  /// The workplace of a command whose artifacts go to `directory`, which `directoryOption` names.
  func workplace(directory: String, directoryOption: String = "store") throws -> Workplace {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard (1...Self.mostThreads).contains(threads) else {
      throw ConfigurationError.outOfRange(
        option: "threads", found: "\(threads)", needed: "1 to \(Self.mostThreads)")
    }
    guard !directory.isEmpty else {
      throw ConfigurationError.outOfRange(
        option: directoryOption, found: "\"\"", needed: "the name of a directory")
    }
    let interruption = Console.interruption
    let meter = ProgressMeter(isShown: !quiet && Console.isErrorTerminal)
    return Workplace(
      store: DirectoryStore(root: directory, interruption: interruption), threads: threads,
      library: try OpenBLAS.prepareOrRestart(threads: threads), interruption: interruption,
      clock: Console.seconds, now: Console.timeOfDay, watch: meter.watch)
  }
}

/// Where a stage reads and writes.
struct StoreArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The directory of the run's artifacts.", valueName: "dir"))
  var store: String = "output"
}
