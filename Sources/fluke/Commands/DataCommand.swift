import ArgumentParser
import Pipeline
import Stores

/// Bars alone.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Inspect, check, convert or synthesize prices.",
    discussion: """
      Example:
        fluke data --data bars.csv
        fluke data --data synthetic:garch --bars 10000 --edge 0.001 \\
          --write garch.csv
      """)

  @OptionGroup(title: "Bars") var data: DataArguments

  @Option(
    name: [.customLong("write"), .customLong("output"), .customLong("store")],
    help: ArgumentHelp("Write the bars to this file, as CSV with ISO timestamps.", valueName: "file"),
    completion: .file())
  var write: String?

  @Flag(help: "Print the findings as one JSON object.")
  var json = false

  func run() throws {
    var configuration = Configuration()
    try data.apply(to: &configuration)
    try OptionUse.check(configuration)
    for note in Notes.of(configuration) { Console.note("fluke: note: \(note)") }
    if write?.isEmpty == true {
      throw ConfigurationError.outOfRange(
        option: DirectoryOption.typed, found: "\"\"", needed: "the name of a file")
    }
    let meter = ProgressMeter(isShown: Terminal.error.canRewrite)
    let inspection = try meter.showing("read bars") { try DataInspection(configuration.data) }
    if let write {
      try meter.showing("write bars") {
        try inspection.write(
          to: write, threads: WorkArguments.count(nil), interruption: Console.interruption)
      }
    }
    if json {
      // The line's end is the console's.
      try Console.write(document: try inspection.document())
    } else {
      try Console.write(inspection.text)
    }
  }
}
