import ArgumentParser
import Pipeline

/// The whole pipeline.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract:
      "Backtest every combination of a rule's parameters, choose the best, and say how much of it is luck.",
    discussion: """
      The best strategy is chosen on the first part of the bars and tried on the rest. Without options there are 500 \
      strategies that buy by the flip of a coin, on daily prices of Bitcoin: they show what luck alone can do.

      Example:
        fluke sweep --family sma-cross --slow 10:250:2 --fee-bps 10
        fluke sweep --data bars.csv --family rsi --minimum-trades 20
        fluke sweep --family momentum --walk-forward 8 --cpcv 6,2
        fluke sweep --signals signals.json --data prices.csv
        fluke sweep --count 100 --output run --shard 1/2
        fluke sweep --count 100 --resume
      """)

  @OptionGroup(title: "Bars") var data: DataArguments
  @OptionGroup(title: "Strategies") var strategies: StrategyArguments
  @OptionGroup(title: "Strategies") var seed: SeedArguments
  @OptionGroup(title: "Backtest") var backtest: BacktestArguments
  @OptionGroup(title: "Selection") var selection: SelectionArguments
  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationArguments
  @OptionGroup(title: "Statistics") var statistics: StatisticsArguments
  @OptionGroup(title: "Verdict") var detection: DetectionArguments
  @OptionGroup(title: "Verdict") var skill: SkillArguments
  @OptionGroup(title: "Output") var results: OutputArguments<SweepDirectory>
  @OptionGroup(title: "Shards and interruption") var sharding: ShardArguments
  @OptionGroup(title: "Upload") var upload: UploadArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    var configuration = Configuration()
    try data.apply(to: &configuration)
    try strategies.apply(to: &configuration)
    seed.apply(to: &configuration)
    try backtest.apply(to: &configuration)
    try selection.apply(to: &configuration)
    try crossValidation.apply(to: &configuration)
    try statistics.apply(to: &configuration)
    try detection.apply(to: &configuration)
    let output = results.directory
    // What cannot be uploaded for want of an address or of credentials is told before the work, not after it.
    let place = try upload.upload ?? UploadTarget.classic(Console.variables)
    try OptionUse.check(configuration, places: [output], upload: place)
    let workplace = try work.workplace(directory: output)
    if let shard = try sharding.chosen() {
      try run(shard, configuration, in: workplace)
      work.tell(Notes.of(configuration))
      return
    }
    let target = try upload.target(orElse: place, work: work)
    let report = try Sweep.run(configuration, resumes: sharding.resume, in: workplace)
    // Not before: what is refused is told in one line.
    work.tell(Notes.of(configuration))
    if !results.json && !work.quiet {
      try Console.write(report.text(directory: output), verdict: report.verdict)
    }
    let uploaded = Result { try target.map { try upload.run(with: work, from: workplace.store, to: $0) } }
    if results.json {
      // The results are told even where they could not be uploaded.
      let document = try report.json(directory: output, upload: try? uploaded.get())
      try Console.write(document: document)
    }
    if let done = try uploaded.get(), !results.json {
      try work.say("  uploaded      \(done.text)")
    }
    work.tell(Notes.ofValidation(bars: report.validationBars))
    try skill.check(report.verdict)
  }

  private func run(_ shard: Shard, _ configuration: Configuration, in workplace: Workplace) throws {
    guard upload.upload == nil else {
      throw ConfigurationError.notTogether(
        option: "upload", with: "--shard", remedy: "give it to `fluke upload` after `fluke merge`")
    }
    guard !skill.isDemanded else {
      throw ConfigurationError.notTogether(
        option: "fail-unless-skill", with: "--shard", remedy: "give it to `fluke merge`")
    }
    guard !results.json else {
      throw ConfigurationError.notTogether(
        option: "json", with: "--shard", remedy: "give it to `fluke merge`")
    }
    try work.say(
      ShardRun.sweep(configuration, shard, resumes: sharding.resume, in: workplace).text)
  }
}
