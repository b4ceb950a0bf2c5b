import ArgumentParser
import Pipeline
import Stores

/// Bars alone.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Inspect, check, convert or synthesize bars.",
    discussion: """
      Example:
        fluke data --data bars.csv
        fluke data --data synthetic:garch --bars 10000 --edge 0.001 --write garch.csv
      """)

  @OptionGroup(title: "Bars") var data: DataArguments

  @Option(help: ArgumentHelp("Write the bars to this file, as CSV with ISO timestamps.", valueName: "file"))
  var write: String?

  func run() throws {
    var configuration = Configuration()
    data.apply(to: &configuration)
    if write?.isEmpty == true {
      throw ConfigurationError.outOfRange(option: "write", found: "\"\"", needed: "the name of a file")
    }
    let inspection = try DataInspection(configuration.data)
    if let write {
      try inspection.write(
        to: write, threads: WorkArguments.count(nil), interruption: Console.interruption)
    }
    try Console.write(inspection.text)
  }
}
