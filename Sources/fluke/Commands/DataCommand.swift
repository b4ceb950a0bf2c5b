import ArgumentParser
import Pipeline

/// Bars alone.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Inspect, check, convert or synthesize prices.",
    discussion: """
      Example:
        fluke data bars.csv
        fluke data --data synthetic:garch --bars 10000 --edge 0.001 \\
          --write garch.csv
      """)

  @Argument(
    help: ArgumentHelp("Prices, as with --data, which may be left out.", valueName: "source"),
    completion: Completions.markets)
  var source: String?

  @OptionGroup(title: "Bars") var data: DataArguments

  @Option(
    name: [.customLong("write"), .customLong("output"), .customLong("store")],
    help: ArgumentHelp(
      "Write the bars to this file, as CSV with ISO timestamps; - is standard output.", valueName: "file"),
    completion: .file())
  var write: String?

  @Flag(help: "Print the findings as one JSON object.")
  var json = false

  func run() throws {
    var configuration = Configuration()
    try data.apply(to: &configuration)
    if let source {
      if data.source.data != nil { throw UsageFault(UsageText.secondMarket(source, command: "fluke data")) }
      configuration.data.source = try MarketName.one(source, option: "data")
    }
    try OptionUse.check(configuration)
    let file = try write.map { try OutputFile($0, isAlone: !json) }
    let meter = ProgressMeter(isShown: Terminal.error.canRewrite)
    let inspection = try meter.showing("read bars") { try DataInspection(configuration.data) }
    if let file {
      try meter.showing("write bars") {
        try file.write { try inspection.write(threads: WorkArguments.count(nil), append: $0) }
      }
    }
    for note in Notes.of(configuration) { Console.note("fluke: note: \(note)") }
    if json {
      // The line's end is the console's.
      try Console.write(document: try inspection.document())
    } else if file?.isStandardOutput == true {
      // Whoever reads the bars gets nothing else.
      for line in inspection.text { Console.note(line) }
    } else {
      try Console.write(inspection.text)
    }
  }
}
