import ArgumentParser
import Pipeline

/// Shards to one.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make the artifacts of a whole run from its shards.",
    discussion: """
      All shards have to be there, whole, and of one run: with the same options, bars, version, and kind of processor.
      The artifacts have the same bytes as if the run had been done in one go, but for run.json.

      Example:
        fluke sweep --count 100 --output first --shard 1/2
        fluke sweep --count 100 --output second --shard 2/2
        fluke merge --store first --store second --output merged
      """)

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Where shards are: a directory or s3://bucket/prefix; repeat it where they are in several (default: output).",
      valueName: "dir"))
  var store: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the artifacts go: a directory or s3://bucket/prefix (default: the first store).",
      valueName: "dir"))
  var output: String?

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    let names = store.isEmpty ? ["output"] : store
    let target = output ?? names[0]
    let sources = try names.map { NamedStore(name: $0, store: try work.store(at: $0, option: "store")) }
    let workplace = try work.workplace(directory: target, directoryOption: "output")
    switch try Merge.run(sources, in: workplace) {
    case .sweep(let report):
      if json {
        try Console.write([String(decoding: try report.json(directory: target).dropLast(), as: UTF8.self)])
      } else if !work.quiet {
        try Console.write(report.text(directory: target))
      }
    case .trials(let report):
      if json {
        let summary = try report.summary.json(directory: target, seconds: report.seconds)
        try Console.write([String(decoding: summary.dropLast(), as: UTF8.self)])
      } else if !work.quiet {
        try Console.write(report.text(directory: target))
      }
    case .backtest(let strategies):
      try work.say("\(strategies) strategies were merged in \(target)")
    }
  }
}
