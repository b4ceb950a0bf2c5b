import ArgumentParser
import FoundationEssentials
import Kernels
import Pipeline
import Stores

/// With how much, and how loudly; nothing of this changes a result.
struct WorkArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Number of threads (default: one per processor).", valueName: "n"))
  var threads: Int?

  @Flag(name: .shortAndLong, help: "Print only errors.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Server of s3:// addresses (default: AWS_ENDPOINT_URL, else AWS).", valueName: "url"))
  var endpointUrl: String?

  /// Beyond this a number is a slip of the finger.
  private static let mostThreads = 1_024

  /// The workplace of a command whose artifacts are in `directory`.
  func workplace(directory: String) throws -> Workplace {
    let threads = try Self.count(threads)
    let store = try store(at: directory, option: DirectoryOption.typed)
    return Workplace(
      store: store, threads: threads, library: try OpenBLAS.prepareOrRestart(threads: threads),
      interruption: Console.interruption, clock: Console.seconds, now: Console.timeOfDay, watch: meter.watch)
  }

  /// Shows progress where somebody may be looking.
  var meter: ProgressMeter { ProgressMeter(isShown: !quiet && Terminal.error.canRewrite) }

  /// The threads that were asked for, or one a processor.
  static func count(_ threads: Int?) throws(ConfigurationError) -> Int {
    let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard (1...mostThreads).contains(count) else {
      throw .outOfRange(option: "threads", found: "\(count)", needed: "1 to \(mostThreads)")
    }
    return count
  }

  /// The store at a directory or an address, which `option` names.
  func store(at place: String, option: String, options: S3Options = S3Options()) throws -> any ArtifactStore {
    // Standard output is no place for several files.
    guard !place.isEmpty, place != "-" else {
      throw ConfigurationError.outOfRange(
        option: option, found: "\"\(place)\"", needed: "the name of a directory, or s3://bucket/prefix")
    }
    // What is nearly an address is taken for one, which says what is wrong with it.
    guard place.hasPrefix("s3:") || place.contains("://") else {
      return DirectoryStore(root: place, interruption: Console.interruption)
    }
    return try S3Store(
      location: try S3Location(place), endpointURL: endpointUrl,
      environment: AWSEnvironment(variables: Console.variables), options: options,
      connections: Upload.mostAtOnce, interruption: Console.interruption)
  }
}
