import ArgumentParser

/// The option of the one place that a command works in: its three names are one another's synonyms wherever a command
/// has no second place.
enum DirectoryOption {
  static let name: NameSpecification = [.customLong("output"), .customLong("store"), .customLong("write")]
  static let names = ["output", "store", "write"]

  /// The name by which the place was given, for messages.
  static var typed: String { Console.options.typed(among: names) ?? names[0] }
}

/// The directory of a command's results where none is named.
protocol UsualDirectory {
  static var path: String { get }
}

/// That of sweeps.
enum SweepDirectory: UsualDirectory {
  static let path = "output"
}

/// Where results go, and how they are told.
struct OutputArguments<Usual: UsualDirectory>: ParsableArguments {
  @Option(
    name: DirectoryOption.name,
    help: ArgumentHelp(
      "Directory of the results, or s3://bucket/prefix (default: \(Usual.path)).", valueName: "dir"),
    completion: .directory)
  var directory = Usual.path

  @Flag(help: "Print the summary as one JSON object, with --quiet too.")
  var json = false
}

/// Where a stage reads and writes.
struct StoreArguments: ParsableArguments {
  @Option(
    name: DirectoryOption.name,
    help: ArgumentHelp("Directory of the run, or s3://bucket/prefix (default: output).", valueName: "dir"),
    completion: .directory)
  var store = "output"
}
