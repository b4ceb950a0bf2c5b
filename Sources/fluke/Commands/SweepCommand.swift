import ArgumentParser
import Pipeline

/// The whole pipeline.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Generate strategies, backtest them, select the best and validate it on unseen bars.",
    discussion: """
      Without options: 500 coin flips on the built-in daily bars. With --shard only a share of the strategies is run, here
      or on another machine, and `fluke merge` makes the artifacts. A run with --resume that was killed goes on where it
      was when the same command is given again.

      Example:
        fluke sweep --family sma-cross --slow 10:250:2 --fee-bps 10
        fluke sweep --data bars.csv --family rsi --minimum-trades 20
        fluke sweep --family momentum --walk-forward 8 --cpcv 6,2 --permutations 200
        fluke sweep --signals signals.json --data prices.csv --bars-per-year 252
        fluke sweep --count 100 --output run --shard 1/2
        fluke sweep --count 100 --resume
      """)

  @Option(help: ArgumentHelp("The directory of the artifacts, or s3://bucket/prefix.", valueName: "dir"))
  var output = "output"

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @OptionGroup(title: "Bars") var data: DataArguments
  @OptionGroup(title: "Strategies") var strategies: StrategyArguments
  @OptionGroup(title: "Backtest") var backtest: BacktestArguments
  @OptionGroup(title: "Selection") var selection: SelectionArguments
  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationArguments
  @OptionGroup(title: "Statistics") var statistics: StatisticsArguments
  @OptionGroup(title: "Detection") var detection: DetectionArguments
  @OptionGroup(title: "Shards and interruption") var sharding: ShardArguments
  @OptionGroup(title: "Upload") var upload: UploadArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    var configuration = Configuration()
    data.apply(to: &configuration)
    try strategies.apply(to: &configuration)
    try backtest.apply(to: &configuration)
    try selection.apply(to: &configuration)
    try crossValidation.apply(to: &configuration)
    try statistics.apply(to: &configuration)
    detection.apply(to: &configuration)
    let workplace = try work.workplace(directory: output, directoryOption: "output")
    if let shard = try sharding.chosen() {
      try run(shard, configuration, in: workplace)
      return
    }
    // What cannot be uploaded for want of an address or of credentials is told before the work, not after it.
    let target = try upload.target(orElse: UploadTarget.classic(Console.variables), work: work)
    let report = try Sweep.run(configuration, resumes: sharding.resume, in: workplace)
    if !json && !work.quiet { try Console.write(report.text(directory: output)) }
    let uploaded = Result { try target.map { try upload.run(from: workplace.store, to: $0) } }
    if json {
      // The results are told even where they could not be uploaded.
      let document = try report.json(directory: output, upload: try? uploaded.get())
      try Console.write([String(decoding: document.dropLast(), as: UTF8.self)])
    }
    if let done = try uploaded.get(), !json {
      try work.say("  uploaded      \(done.text)")
    }
  }

  private func run(_ shard: Shard, _ configuration: Configuration, in workplace: Workplace) throws {
    guard upload.upload == nil else {
      throw ConfigurationError.notTogether(
        option: "upload", with: "--shard", remedy: "give it to `fluke upload` after `fluke merge`")
    }
    guard !json else {
      throw ConfigurationError.notTogether(
        option: "json", with: "--shard", remedy: "give it to `fluke merge`")
    }
    try work.say(
      ShardRun.sweep(configuration, shard, resumes: sharding.resume, in: workplace).text)
  }
}
