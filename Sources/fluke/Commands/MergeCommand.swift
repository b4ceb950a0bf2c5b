import ArgumentParser
import Pipeline

/// Shards to one.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Combine the shards of a run.",
    discussion: """
      All shards must be there, complete, and of one run: with the same options, bars, version, and kind of processor. \
      The results have the same bytes as if the run had been done in one go, except run.json.

      Example:
        fluke sweep --count 100 --output first --shard 1/2
        fluke sweep --count 100 --output second --shard 2/2
        fluke merge --store first --store second --output merged
      """)

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Directory of the shards, or s3://bucket/prefix; repeat it if they are in several (default: output).",
      valueName: "dir"),
    completion: .directory)
  var store: [String] = []

  @Option(
    name: [.customLong("output"), .customLong("write")],
    help: ArgumentHelp(
      "Directory of the results, or s3://bucket/prefix (default: the first --store).", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Flag(help: "Print the summary as one JSON object, with --quiet too.")
  var json = false

  @OptionGroup var skill: SkillArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    let names = store.isEmpty ? ["output"] : store
    let target = output ?? names[0]
    let sources = try names.map { NamedStore(name: $0, store: try work.store(at: $0, option: "store")) }
    try OptionUse.check(places: names + [target])
    let workplace = try work.workplace(directory: target)
    switch try Merge.run(sources, needsVerdict: skill.isDemanded, in: workplace) {
    case .sweep(let report):
      if json {
        try Console.write(
          document: try report.json(directory: target))
      } else if !work.quiet {
        try Console.write(report.text(directory: target), verdict: report.verdict)
      }
      work.tell(Notes.ofValidation(bars: report.validationBars))
      try skill.check(report.verdict)
    case .trials(let report):
      if json {
        let summary = try report.summary.json(directory: target, seconds: report.seconds)
        try Console.write(document: summary)
      } else if !work.quiet {
        try Console.write(report.text(directory: target))
      }
    case .backtest(let strategies):
      try work.say(
        Figures.count(strategies, "strategy was", "strategies were") + " merged in \(target)")
    }
  }
}
